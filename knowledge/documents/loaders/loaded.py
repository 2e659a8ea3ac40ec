"""What every loader gives: a document's text as Markdown and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.documents.facts import NO_FACTS, Facts


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A document out of its file.

    `text` is Markdown with line feeds at its line ends, its front matter taken off. `title` is what the
    format itself names as title (a page's `<title>`), for a document without a first heading.
    """

    text: str
    facts: Facts = NO_FACTS
    title: str = ""
