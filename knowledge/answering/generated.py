"""An answer in a model's words: each sentence is checked against its passages before it is shown."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from core.errors import MusterError
from core.llm import ChatModel, Finish
from core.llm_errors import root_of
from knowledge.answer import Part
from knowledge.answering.checks import Claim, best_quote, checked, harmless
from knowledge.answering.citing import Sources
from knowledge.answering.pieces import Piece, Pieces
from knowledge.answering.thinking import Spoken
from knowledge.passages import Passage
from prompts import load

PROMPT = "answer"
NOT_FOUND = "NOT FOUND"
CUT: dict[Finish, str] = {
    "length": "The model reached its length limit before it was done.",
    "content_filter": "The model's server withheld its answer.",
    "cut_off": "The model's answer broke off.",
}
LONGEST = 12_000
"""Characters after which an answer is no answer any more; thinking is not counted."""
ENDLESS = "The model's answer did not come to an end."

_log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Outcome:
    """How a model's answer ended: `trouble` is a sentence, or empty; filled while it is streamed."""

    trouble: str = ""
    denied: bool = False
    parts: list[Part] = field(default_factory=list)
    dropped: int = 0


def generate(
    question: str,
    passages: Sequence[Passage],
    model: ChatModel,
    sources: Sources,
    outcome: Outcome,
    *,
    within_s: float,
) -> Iterator[Part]:
    """Yields each sentence or list of a model's answer once it is complete and has passed the checks.

    Never raises for the model's sake: what went wrong stands in `outcome`, and in the log.
    """
    messages = load(PROMPT).messages(question=escape(question), passages=numbered(passages))
    writing = _Writing(passages=passages, sources=sources, outcome=outcome)
    try:
        for delta in model.stream(messages, within_s=within_s):
            yield from writing.hear(delta.text)
            if delta.finish in CUT:
                outcome.trouble = CUT[delta.finish]
            if writing.length > LONGEST:
                outcome.trouble = ENDLESS
                break
    except MusterError as error:
        outcome.trouble = str(error)
        _log.warning("event=model_failed error=%s cause=%r", type(error).__name__, root_of(error))
    if not outcome.trouble:
        yield from writing.end()
    yield from writing.close()
    _conclude(outcome)


def numbered(passages: Sequence[Passage]) -> str:
    """Returns the passages as numbered data; escaped, so that no text in them can close its tag."""
    return "\n".join(
        f'<passage number="{number}" place={quoteattr(passage.place)}>\n{escape(passage.text)}\n</passage>'
        for number, passage in enumerate(passages, start=1)
    )


def _conclude(outcome: Outcome) -> None:
    """Names the trouble with an answer that ended well but left nothing to show."""
    if not outcome.parts and not outcome.denied and not outcome.trouble:
        held = "The model's answer did not hold against the documents."
        outcome.trouble = held if outcome.dropped else "The model gave an empty answer."
    if outcome.trouble:
        _log.warning("event=model_answer_incomplete trouble=%r shown=%d", outcome.trouble, len(outcome.parts))
    elif outcome.dropped:
        _log.info("event=model_sentences_dropped dropped=%d shown=%d", outcome.dropped, len(outcome.parts))


@dataclass(kw_only=True)
class _Writing:
    """What is being put together: the list that is open, and the line that led in to it.

    `length` counts the characters of the answer so far.
    """

    passages: Sequence[Passage]
    sources: Sources
    outcome: Outcome
    spoken: Spoken = field(default_factory=Spoken)
    pieces: Pieces = field(default_factory=Pieces)
    length: int = 0
    lead: str = ""
    items: list[Claim] = field(default_factory=list)

    def hear(self, text: str) -> Iterator[Part]:
        """Yields the parts that a piece of the stream completes."""
        said = self.spoken.feed(text)
        self.length += len(said)
        for piece in self.pieces.feed(said):
            yield from self.part_of(piece)

    def end(self) -> Iterator[Part]:
        """Yields the parts of what is still held, of a stream that ended well."""
        for piece in (*self.pieces.feed(self.spoken.rest()), *self.pieces.rest()):
            yield from self.part_of(piece)

    def part_of(self, piece: Piece) -> Iterator[Part]:
        """Yields the parts that a piece completes: a sentence, or the list that it ends."""
        if NOT_FOUND in piece.text:
            self.outcome.denied = not self.outcome.parts and not self.items
            return
        if not piece.item:
            yield from self.close()
        if not piece.item and piece.text.rstrip("* ").endswith(":"):
            self.lead = piece.text
            return
        claim = checked(piece.text, self.passages)
        if isinstance(claim, str):
            self.outcome.dropped += 1
            _log.info("event=model_sentence_dropped reason=%r", claim)
        elif piece.item:
            self.items.append(claim)
        else:
            yield self._shown(Part(text=claim.text, citations=self._cite(claim)))

    def close(self) -> Iterator[Part]:
        """Yields the open list, if any of its items passed, with its lead-in if that passes too."""
        lead, items = self.lead, self.items
        self.lead, self.items = "", []
        if not items:
            return
        numbers = tuple(dict.fromkeys(number for item in items for number in item.numbers))
        opening = self._opening(lead, numbers) if lead else ""
        cited = tuple(dict.fromkeys(number for item in items for number in self._cite(item)))
        body = "\n".join(f"- {item.text}" for item in items)
        yield self._shown(Part(text=f"{opening}{body}", citations=cited, layout="list"))

    def _opening(self, lead: str, numbers: Sequence[int]) -> str:
        claim = checked(lead.rstrip() + "".join(f"[{number}]" for number in numbers), self.passages)
        return f"{harmless(claim.text)}\n\n" if isinstance(claim, Claim) else ""

    def _cite(self, claim: Claim) -> tuple[int, ...]:
        borne = [self.passages[number - 1] for number in claim.numbers]
        return tuple(self.sources.cite(passage, *best_quote(claim.text, passage)) for passage in borne)

    def _shown(self, part: Part) -> Part:
        self.outcome.parts.append(part)
        return part
