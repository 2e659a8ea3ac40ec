"""The way from a question to an answer: understand, search, judge, compose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.clock import Clock
from core.llm import ChatModel
from core.text import storable
from knowledge.answer import Answer, Listener, Part
from knowledge.answering import generated
from knowledge.answering.citing import Sources
from knowledge.answering.evidence import Evidence, weigh
from knowledge.answering.extractive import compose
from knowledge.answering.follow_ups import understood
from knowledge.answering.generated import Outcome, generate
from knowledge.answering.rewriting import Rewriting, rewritten
from knowledge.passages import Passage, PassageSource, Question
from prompts import load

LIMIT = 10
"""How many passages an answer keeps; a model is given as many as the extractive answer reads."""
GIVEN = 7
REWRITE_SHARE = 0.3
"""The share of the deadline that understanding a follow-up may take."""


@dataclass(frozen=True, kw_only=True)
class Answerer:
    """Answers questions from what its sources know; keeps nothing between two questions.

    Without a `model`, or where it fails, the answer is quoted from the passages. `deadline_s` is
    for all that a model does for one answer.
    """

    sources: Sequence[PassageSource]
    model: ChatModel | None
    clock: Clock
    deadline_s: float = 30.0

    def answer(self, question: Question, on_part: Listener | None = None) -> Answer:
        """Returns the answer; `on_part` hears each part as soon as it may be shown.

        A model's failure never raises. What a source raises does.
        """
        started = self.clock.now()
        question = replace(question, text=storable(question.text), asker=storable(question.asker))
        rewriting = self._meant(question)
        meant = storable(rewriting.text)
        passages = self._search(replace(question, text=meant, history=()))
        evidence = weigh(passages)
        digests = (rewriting.prompt_digest,) if rewriting.prompt_digest else ()
        blank = Answer(question=question, understood=meant, passages=passages, prompt_digests=digests)
        if evidence.found:
            left_s = self.deadline_s - (self.clock.now() - started).total_seconds()
            answer = self._composed(blank, evidence, on_part, max(left_s, 0.0))
        else:
            answer = _not_found(blank, evidence)
        return replace(answer, elapsed_ms=(self.clock.now() - started) / timedelta(milliseconds=1))

    def _meant(self, question: Question) -> Rewriting:
        if self.model is None:
            return Rewriting(text=understood(question))
        return rewritten(question, self.model, within_s=self.deadline_s * REWRITE_SHARE)

    def _search(self, question: Question) -> tuple[Passage, ...]:
        """Returns the best passages of all sources together, by their scores."""
        found = [passage for source in self.sources for passage in source.search(question, limit=LIMIT)]
        return tuple(sorted(found, key=lambda passage: -passage.score)[:LIMIT])

    def _composed(self, blank: Answer, evidence: Evidence, on_part: Listener | None, left_s: float) -> Answer:
        sources, outcome = Sources(), Outcome()
        parts = []
        for part in self._parts(blank.understood, evidence, sources, outcome, left_s):
            parts.append(part)
            if on_part is not None:
                on_part(part, sources.citations(part.citations))
        if self.model is not None:
            digest = load(generated.PROMPT).digest
            blank = replace(blank, prompt_digests=(*blank.prompt_digests, digest))
        if not parts:
            return _not_found(replace(blank, mode="model" if outcome.denied else "extractive"), evidence)
        return replace(
            blank,
            parts=tuple(parts),
            citations=sources.citations(),
            found=True,
            weak=evidence.weak,
            mode="model" if outcome.parts else "extractive",
            notice=_notice(outcome),
            nearest=evidence.nearest,
            ask=evidence.ask,
        )

    def _parts(
        self, text: str, evidence: Evidence, sources: Sources, outcome: Outcome, left_s: float
    ) -> Iterator[Part]:
        """Yields the model's parts, and the extractive ones where there is no model or it failed."""
        if self.model is not None:
            given = evidence.passages[:GIVEN]
            yield from generate(text, given, self.model, sources, outcome, within_s=left_s)
            if not outcome.trouble:
                return
        said = [part.text for part in outcome.parts]
        yield from compose(text, evidence.passages, sources, said=said)


def _not_found(blank: Answer, evidence: Evidence) -> Answer:
    return replace(blank, found=False, nearest=evidence.nearest, ask=evidence.ask)


def _notice(outcome: Outcome) -> str:
    if not outcome.trouble:
        return ""
    meaning = "the rest is" if outcome.parts else "this answer is"
    return f"{outcome.trouble.rstrip('.')}, so {meaning} quoted from the documents."
