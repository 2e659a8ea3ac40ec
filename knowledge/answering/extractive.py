"""An answer without a model: the pieces of the passages that answer, put so that they read.

A direct answer comes first, then at most a few sentences more, or one list, table or piece of code.
Everything said stands in a passage; only white space, links' targets and list marks change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.answer import Part
from knowledge.answering import tidy
from knowledge.answering.blocks import Block, Unit, blocks_of
from knowledge.answering.citing import Sources
from knowledge.answering.kinds import kind_of, wants_many
from knowledge.answering.reading import antecedents, points_back
from knowledge.answering.scoring import Candidate, key_of, scored
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
SAME = 0.8
"""The share of common words from which two pieces say the same."""
DISTINCT = 0.75
"""The share of a list's best item's score from which another item is shown, where not all are."""
LONGEST_LIST = 12
SHORT_LIST = 4
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
    for candidate in chosen:
        if candidate.block.layout == "sentence":
            yield _sentence(blocks, candidate, chosen, sources)
        else:
            yield _list(question, candidate.block, ranked, sources)


def _readable(blocks: Sequence[Block], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Ranks anew what can't stand by itself: questions hand their score on, the rest loses."""
    handed = {c.order + 1: c.score * HANDED for c in ranked if _asks(c)}
    found = [
        replace(c, score=max(c.score, handed.get(c.order, 0.0)) * _readability(blocks, c)) for c in ranked
    ]
    return sorted(found, key=lambda c: (-c.score, c.order))


def _readability(blocks: Sequence[Block], candidate: Candidate) -> float:
    """Returns what a piece is worth as it reads: less if what it points back to is missing."""
    if _asks(candidate):
        return UNREADABLE
    if (
        candidate.block.layout != "sentence"
        or antecedents(blocks, candidate.block, candidate.unit) is not None
    ):
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
        if _fits(other, chosen):
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


def _sentence(
    blocks: Sequence[Block], candidate: Candidate, chosen: Sequence[Candidate], sources: Sources
) -> Part:
    passage = candidate.block.passage
    needed = antecedents(blocks, candidate.block, candidate.unit)
    there = {c.unit.start for c in chosen if c.block.passage.id == passage.id}
    units = [unit for unit in needed or () if unit.start not in there] + [candidate.unit]
    number = sources.cite(passage, units[0].start, units[-1].end)
    label = f"**{passage.heading[-1]}:** " if needed is None and passage.heading else ""
    return Part(text=label + " ".join(unit.text for unit in units), citations=(number,))


def _list(question: str, block: Block, ranked: Sequence[Candidate], sources: Sources) -> Part:
    units = _items(question, block, ranked)
    start = block.intro.start if block.intro else units[0].start
    number = sources.cite(block.passage, start, units[-1].end)
    text = block.passage.text
    pieces = [text[unit.start : unit.end] for unit in units]
    body = "\n".join(tidy.item(piece) if block.layout == "list" else piece.strip() for piece in pieces)
    if block.layout == "table":
        body = "\n".join((block.head_text, *(tidy.line(piece) for piece in pieces)))
    return Part(text=f"{_lead(block)}\n\n{body}", citations=(number,), layout=block.layout)


def _lead(block: Block) -> str:
    intro = block.intro_text
    return (
        intro
        if intro and not points_back(intro)
        else f"**{block.passage.place}:**" + (f" {intro}" if intro else "")
    )


def _items(question: str, block: Block, ranked: Sequence[Candidate]) -> list[Unit]:
    """Returns the items or rows to show, in order: all of a list that is asked for, else those that match."""
    scores = {c.unit.start: c.own for c in ranked if c.block is block}
    whole = not _singled_out(question, block)
    if block.layout == "list" and not _keyed(question, block):
        whole = whole or wants_many(question) or len(block.units) <= SHORT_LIST
    if whole and len(block.units) <= LONGEST_LIST:
        return list(block.units)
    floor = 0.0 if whole else DISTINCT * max(scores.values())
    best = sorted(block.units, key=lambda unit: -scores[unit.start])[:LONGEST_LIST]
    return sorted((unit for unit in best if scores[unit.start] >= floor), key=lambda unit: unit.start)


def _keyed(question: str, block: Block) -> bool:
    kind, asked = kind_of(question), frozenset(stems(question))
    return any(key_of(kind, asked, block, unit) for unit in block.units)


def _singled_out(question: str, block: Block) -> bool:
    """Tells whether a word of the question stands in some of the items but not in most."""
    said = [frozenset(stems(unit.text)) for unit in block.units]
    counts = [sum(stem in unit for unit in said) for stem in set(stems(question))]
    return any(0 < count <= max(1, len(said) // 2) for count in counts)
