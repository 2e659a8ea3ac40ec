"""Markdown: taken as it is."""

from __future__ import annotations

from knowledge.documents.front_matter import split_front_matter
from knowledge.documents.loaders.encoding import decode
from knowledge.documents.loaders.loaded import Loaded


def load(content: bytes, *, charset: str = "", base: str = "") -> Loaded:  # noqa: ARG001
    """Returns the text without its front matter."""
    facts, text = split_front_matter(decode(content, charset=charset))
    return Loaded(text=text, facts=facts)
