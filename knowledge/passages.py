"""The values that pass between those who ask and those who know, and the port between them.

Documents, registers and records all answer through `PassageSource`; what they give is a list of
`Passage`, whichever kind of knowledge it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

DEFAULT_WORKSPACE = "default"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Which names an asker goes by: their own, their user groups', their channels'.

    Names are written as people write them: `#ml-platform`, `@leads`, `@ana`. An audience without
    names reads what everyone may read.
    """

    names: frozenset[str] = frozenset()

    def may_read(self, allowed: frozenset[str]) -> bool:
        """Tells whether something for `allowed` (empty: for everyone) is for this audience."""
        return not allowed or not allowed.isdisjoint(self.names)


EVERYONE = Audience()


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One exchange of a conversation: what was asked, what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody wants to know, with what decides what they may hear.

    `history` holds the conversation before it, oldest first. `asker` is who asks, as their home
    system names them (a Slack user id, a name at the terminal), empty where nobody is known.
    """

    text: str
    workspace_id: str = DEFAULT_WORKSPACE
    asker: str = ""
    audience: Audience = EVERYONE
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Span:
    """A sentence of a passage: `text[start:end]`, and its likeness to the question.

    `similarity` is the cosine of the two embeddings, -1 to 1, or None where it was not computed.
    """

    start: int
    end: int
    similarity: float | None = None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of knowledge that can be quoted: Markdown text with where it stands.

    `source` is the document's path or address as ingested, or the name of a register or record.
    `heading` is the path of headings above the text, outermost first, without the title.
    `score` orders the passages of one result, best first, 0 to 1. `confidence` is the probability,
    0 to 1, that the source the passage comes from knows anything about the question's topic.
    `review_due` is the day after which the document counts as overdue for review.
    """

    id: str
    source: str
    title: str
    text: str
    heading: tuple[str, ...] = ()
    kind: str = "document"
    owner: str = ""
    link: str = ""
    reviewed: date | None = None
    review_due: date | None = None
    score: float = 0.0
    confidence: float = 0.0
    sentences: tuple[Span, ...] = ()

    @property
    def place(self) -> str:
        """Returns title and headings as one line: `Release review › Who signs`."""
        return " › ".join((self.title, *self.heading))


class PassageSource(Protocol):
    """Something that knows: documents, a register, records."""

    def search(self, question: Question, *, limit: int = 10) -> Sequence[Passage]:
        """Returns what bears on the question and its audience may read, best first.

        The audience is applied before ranking, so that nothing hidden moves what is shown.
        """
        ...
