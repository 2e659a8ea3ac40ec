"""An answer without a model: the pieces of the passages that answer, put so that they read.

A direct answer comes first, then at most a few sentences more, or one list, table or piece of code.
Everything said stands in a passage; only white space, links' targets and list marks change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.answer import Part
from knowledge.answering.blocks import Block, blocks_of
from knowledge.answering.citing import Sources
from knowledge.answering.kinds import wants_many
from knowledge.answering.listing import listed
from knowledge.answering.reading import antecedents, points_back, sends_on
from knowledge.answering.scoring import Candidate, scored
from knowledge.answering.words import sameness, stems
from knowledge.passages import Passage

PASSAGES = 7
"""How many passages are read, best first."""
SENTENCES = 3
"""How many pieces an answer has at most."""
NEAR = 0.7
"""The share of the best piece's score from which another is worth saying."""
NEXT = 1.15
"""What the sentence just behind the best one is worth: it goes on with the same thought."""
ASIDE = 0.85
"""What a list, table or code is worth behind a sentence, unless the question asks for several things."""
BESIDE = 0.95
"""The share from which the sentence just before the best one is said first."""
HANDED = 0.85
"""The share of its score that a question in the text hands on to the sentence behind it."""
ELSEWHERE = 0.9
"""What a piece of another passage than the best one's is worth."""
SURE = 0.8
"""The share of the question that the best piece says, with what stands around it, to be sure of it."""
SURE_OF_LIST = 0.65
"""The same for a list, table or code, which seldom says in its own words what it is about."""
BEYOND = 0.95
"""The share of a sure best piece's score from which a piece of another passage is added."""
BEHIND = 0.8
"""The same for a piece of its own passage, by what each says by itself."""
UNSURE = 0.5
"""The same where the best piece is not sure."""
SAME = 0.8
"""The share of common words from which two pieces say the same."""
UNREADABLE = 0.45
"""What a piece is worth that opens with a word whose antecedent is missing."""
LABELLED = 0.85
"""The same where its heading can stand before it and say what it is about."""


def compose(
    question: str, passages: Sequence[Passage], sources: Sources, *, said: Sequence[str] = ()
) -> Iterator[Part]:
    """Yields the parts of an answer, the direct one first; nothing that `said` says already."""
    blocks = [block for passage in passages[:PASSAGES] for block in blocks_of(passage)]
    ranked = _readable(blocks, scored(question, blocks))
    chosen = _chosen(question, ranked, [frozenset(stems(text)) for text in said])
    for run in _runs(chosen):
        if run[0].block.layout == "sentence":
            yield _sentences(blocks, run, chosen, sources)
        else:
            yield listed(question, run[0].block, ranked, sources)


def _runs(chosen: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yields what is said together: a sentence, and those right behind it that point back to it."""
    run: list[Candidate] = []
    for candidate in chosen:
        behind = run and run[-1].block is candidate.block and run[-1].order + 1 == candidate.order
        if behind and candidate.block.layout == "sentence" and points_back(candidate.unit.text):
            run.append(candidate)
            continue
        if run:
            yield run
        run = [candidate]
    if run:
        yield run


def _readable(blocks: Sequence[Block], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Ranks anew what can't stand by itself: questions hand their score on, the rest loses."""
    handed = {c.order + 1: c.score * HANDED for c in ranked if _asks(c)}
    found = [
        replace(c, score=max(c.score, handed.get(c.order, 0.0)) * _readability(blocks, c)) for c in ranked
    ]
    return sorted(found, key=lambda c: (-c.score, c.order))


def _readability(blocks: Sequence[Block], candidate: Candidate) -> float:
    """Returns what a piece is worth as it reads: less if what it points back to is missing."""
    if _asks(candidate) or sends_on(candidate.unit.text):
        return UNREADABLE
    if candidate.block.layout != "sentence":
        return 1.0
    if antecedents(blocks, candidate.block, candidate.unit) is not None:
        return 1.0
    return LABELLED if candidate.block.passage.heading else UNREADABLE


def _asks(candidate: Candidate) -> bool:
    return candidate.block.layout == "sentence" and candidate.unit.text.endswith("?")


def _chosen(question: str, ranked: Sequence[Candidate], said: Sequence[frozenset[str]]) -> list[Candidate]:
    fresh = [c for c in ranked if not any(_same(c.stems, known) for known in said)]
    if not fresh:
        return []
    best, *others = fresh
    chosen = [best]
    for other in sorted(others, key=lambda c: -_worth(question, c, best)):
        if len(chosen) == SENTENCES or _worth(question, other, best) < NEAR * best.score:
            break
        if _near(other, best) and _fits(other, chosen):
            chosen.append(other)
    return _in_order(chosen, best)


def _worth(question: str, candidate: Candidate, best: Candidate) -> float:
    worth = candidate.score
    if candidate.block.passage.id != best.block.passage.id:
        worth *= ELSEWHERE
    if candidate.block.layout != "sentence" and not wants_many(question):
        worth *= ASIDE
    if candidate.block is best.block and candidate.order == best.order + 1:
        worth *= NEXT
    return worth


def _near(other: Candidate, best: Candidate) -> bool:
    """Tells whether a piece is near enough to the question to be said behind the best one."""
    beside = other.block.passage.id == best.block.passage.id
    if best.covers >= (SURE if best.block.layout == "sentence" else SURE_OF_LIST):
        return other.own >= BEHIND * best.own if beside else other.score >= BEYOND * best.score
    return other.own >= UNSURE * best.own


def _fits(other: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tells whether a piece adds to those chosen: new, readable after them, at most one list."""
    best = chosen[0]
    if any(_same(other.stems, c.stems) for c in chosen):
        return False
    if other.block.layout != "sentence":
        return all(c.block.layout == "sentence" for c in chosen)
    if other.block is best.block and other.order < best.order:
        return other.order == best.order - 1 and other.score >= BESIDE * best.score
    if not points_back(other.unit.text):
        return True
    return any(c.block is other.block and c.order == other.order - 1 for c in chosen)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return sameness(one, other) >= SAME


def _in_order(chosen: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """Puts the best piece's paragraph first, then its passage, then the others; lists last."""
    places = {c.block.passage.id: place for place, c in enumerate(reversed(chosen))}

    def place(candidate: Candidate) -> tuple[bool, bool, int, int]:
        listed = candidate.block.layout != "sentence" and candidate is not best
        elsewhere = candidate.block is not best.block
        return (listed, elsewhere, -places[candidate.block.passage.id], candidate.order)

    return sorted(chosen, key=place)


def _sentences(
    blocks: Sequence[Block], run: Sequence[Candidate], chosen: Sequence[Candidate], sources: Sources
) -> Part:
    first, passage = run[0], run[0].block.passage
    needed = antecedents(blocks, first.block, first.unit)
    there = {c.unit.start for c in chosen if c.block.passage.id == passage.id}
    units = [unit for unit in needed or () if unit.start not in there] + [c.unit for c in run]
    number = sources.cite(passage, units[0].start, units[-1].end)
    label = f"**{passage.heading[-1]}:** " if needed is None and passage.heading else ""
    return Part(text=label + " ".join(unit.text for unit in units), citations=(number,))
