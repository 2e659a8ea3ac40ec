"""Plain text: paragraphs, which Markdown would take for code where they are indented."""

from __future__ import annotations

import re
import textwrap

from knowledge.documents.front_matter import split_front_matter
from knowledge.documents.loaders.encoding import decode
from knowledge.documents.loaders.loaded import Loaded

_BLANK_LINES = re.compile(r"(\n(?:[ \t\f]*\n)+)")
_ITEM = re.compile(r"[ \t]*([-*+•]|\d{1,3}[.)])[ \t]+\S")


def load(content: bytes, *, charset: str = "", base: str = "") -> Loaded:  # noqa: ARG001
    """Returns the text, with paragraphs moved to the margin."""
    facts, text = split_front_matter(decode(content, charset=charset))
    return Loaded(text=at_the_margin(text), facts=facts)


def at_the_margin(text: str) -> str:
    """Takes the indentation off paragraphs; the lines of one keep theirs against each other."""
    return "".join(_moved(block) for block in _BLANK_LINES.split(text.expandtabs(4).strip("\n")))


def _moved(block: str) -> str:
    if not block.startswith(" ") or _ITEM.match(block):
        return block
    first, *rest = textwrap.dedent(block).split("\n")
    return "\n".join((first.lstrip(), *rest))
