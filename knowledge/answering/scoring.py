"""How well each unit answers the question: half by its meaning, half by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.answering.blocks import Block, Unit
from knowledge.answering.cues import cues, key_of, speaks_for
from knowledge.answering.headings import Opening, nearness, openings, place_of
from knowledge.answering.kinds import hinted
from knowledge.answering.matching import Matching, match
from knowledge.answering.words import stems

DENSE = 0.5
"""The share of meaning; the rest goes to the words. Half and half won on SQuAD."""
LED = 0.95
"""The share of its lead-in's meaning and words that each item of a list, row of a table or code has."""
PASSAGE = 0.5
"""What the passage's own score adds: the whole of it for the best passage."""
PLACE = 0.3
"""What it adds that title and headings cover the question: the whole of it where they cover every word."""
ASKED = 0.35
"""Added to what opens a passage whose heading asks the question itself: the whole where it asks all of it."""
NAMED = 0.4
"""Added where the key of an item, row or definition (`**Accountable:** …`) covers the whole question."""
EARLY = 0.03
"""Added to a passage's first unit, fading with the position: what matters is said first."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A unit with its score, about 0 to 1.8, higher is better; `stems` are of what it says.

    `own` leaves out what its passage and lead-in bring: it tells the items of a list apart. `adds` is
    the share of the question, 0 to 1, that it says and its headings and lead-in don't; `around` the
    share that those say. `led` says that its lead-in answers better than it does by itself.
    """

    block: Block
    unit: Unit
    order: int
    score: float
    own: float
    adds: float
    around: float
    led: bool
    stems: frozenset[str]

    @property
    def covers(self) -> float:
        """Returns the share of the question that it says with what stands around it, 0 to 1."""
        return self.around + self.adds


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A unit or lead-in, with its stems and those of what stands around it."""

    unit: Unit
    stems: tuple[str, ...]
    around: frozenset[str]
    led: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Measure:
    """What the units of one question's passages are measured with; `top` is the best passage's score."""

    question: str
    matching: Matching
    openings: frozenset[Opening]
    top: float


def scored(question: str, blocks: Sequence[Block]) -> list[Candidate]:
    """Returns every unit of the blocks as a candidate, best first."""
    lines = [_lines(block) for block in blocks]
    every = [line for some in lines for line in some]
    matching = match(hinted(question), [line.stems for line in every], (line.around for line in every))
    merits = iter(_merits(every, [matching.strength(line.stems, line.around, line.led) for line in every]))
    measure = _Measure(
        question=question,
        matching=matching,
        openings=openings(question, blocks),
        top=max((block.passage.score for block in blocks), default=0.0) or 1.0,
    )
    found: list[Candidate] = []
    for block, some in zip(blocks, lines, strict=True):
        found += _candidates(measure, block, some, list(islice(merits, len(some))), first=len(found))
    return sorted(found, key=lambda c: (-c.score, c.order))


def _candidates(
    measure: _Measure, block: Block, lines: Sequence[_Line], merits: Sequence[float], *, first: int
) -> Iterator[Candidate]:
    """Yields a block's units, numbered from `first`; `lines` begin with its lead-in if it has one."""
    matching, leads = measure.matching, 1 if block.intro else 0
    led = LED * merits[0] if leads else 0.0
    place = PASSAGE * block.passage.score / measure.top + PLACE * matching.coverage(place_of(block))
    asked = ASKED * nearness(measure.question, matching, block)
    for position, (line, merit) in enumerate(zip(lines[leads:], merits[leads:], strict=True)):
        form = (
            cues(measure.question, block, line.unit) + EARLY / (1 + position) + _named(measure, block, line)
        )
        best = max(merit, led) if speaks_for(measure.question, block, line.unit) else merit
        opens = (block.passage.id, line.unit.start) in measure.openings
        around = matching.coverage(line.around)
        yield Candidate(
            block=block,
            unit=line.unit,
            order=first + position,
            score=best + place + form + (asked * _opens(matching, block, line) if opens else 0.0),
            own=merit + form,
            adds=matching.coverage(line.around.union(line.stems)) - around,
            around=around,
            led=best > merit,
            stems=frozenset(line.stems),
        )


def _opens(matching: Matching, block: Block, line: _Line) -> float:
    """Returns how far a heading speaks for what opens its passage: for a sentence, by what both say."""
    return 1.0 if block.layout != "sentence" else (1 + matching.coverage(frozenset(line.stems))) / 2


def _named(measure: _Measure, block: Block, line: _Line) -> float:
    """Returns what a unit is worth for a key that the question names."""
    key = frozenset(stems(key_of(measure.question, block, line.unit)))
    return NAMED * measure.matching.coverage(key) if key <= measure.matching.asked else 0.0


def _lines(block: Block) -> list[_Line]:
    """Returns the block's lead-in, if it has one, and its units."""
    place, led = place_of(block), frozenset(stems(f"{block.intro_text} {block.head_text}"))
    intro = [_line(block.intro, place, frozenset())] if block.intro else []
    return intro + [_line(unit, place | led, led) for unit in block.units]


def _line(unit: Unit, around: frozenset[str], led: frozenset[str]) -> _Line:
    return _Line(unit=unit, stems=tuple(stems(unit.text)), around=around, led=led)


def _merits(lines: Sequence[_Line], strengths: list[float]) -> list[float]:
    """Returns meaning and words of each line together, each scaled to 0 to 1 over all lines.

    Where a likeness was not computed the words decide alone.
    """
    top = max(strengths, default=0.0)
    words = [strength / top if top > 0 else 0.0 for strength in strengths]
    known = [line.unit.similarity for line in lines if line.unit.similarity is not None]
    low, high = max(min(known, default=0.0), 0.0), max(known, default=0.0)
    merits = []
    for line, word in zip(lines, words, strict=True):
        near = line.unit.similarity
        dense = word if near is None or high <= low else max(near - low, 0.0) / (high - low)
        merits.append(DENSE * dense + (1 - DENSE) * word)
    return merits
