"""An answer: sentences that each rest on passages, and the quotes that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from knowledge.passages import Passage, Question

Mode = Literal["model", "extractive"]
Layout = Literal["sentence", "list", "table", "code"]


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A numbered source of an answer: `quote` stands verbatim in `passage.text`."""

    number: int
    passage: Passage
    quote: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of an answer that stands by itself: a sentence, a list, a table, code.

    `text` is Markdown without citation marks; `citations` are numbers of `Answer.citations`, at
    least one. A list keeps its items, a table its header.
    """

    text: str
    citations: tuple[int, ...]
    layout: Layout = "sentence"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What Muster says to a question, and what it rests on.

    `found` is False where the documents do not answer; then `parts` is empty, `nearest` are the
    passages that came closest (one a document) and `ask` whom to ask instead, may be empty.
    `weak` says that the evidence is thin and must be worded so. `notice` is a sentence for the
    reader about how the answer came about ("The model did not answer in time; …"), or empty.
    `passages` are the ten best retrieved, best first, whether cited or not. `prompt_digests` are
    those of the prompts that a model was given, in order, none where none was asked. `understood` is
    what was searched for: the question itself, or a follow-up put together with what came before it.
    """

    question: Question
    understood: str = ""
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    found: bool = False
    weak: bool = False
    mode: Mode = "extractive"
    notice: str = ""
    nearest: tuple[Passage, ...] = ()
    ask: str = ""
    prompt_digests: tuple[str, ...] = ()
    elapsed_ms: float = field(default=0.0, compare=False)


Listener = Callable[[Part, tuple[Citation, ...]], None]
"""Called with each part as soon as it is complete and checked, and the citations it uses."""
