"""How well each unit answers the question: half by its meaning, half by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.blocks import Block, Unit
from knowledge.answering.kinds import Kind, hinted, kind_of, shows
from knowledge.answering.matching import match
from knowledge.answering.words import stems

DENSE = 0.5
"""The share of meaning; the rest goes to the words. Half and half won on SQuAD."""
LED = 0.9
"""The share of its lead-in's meaning and words that each item of a list, row of a table or code has."""
PASSAGE = 0.25
"""What the passage's own score adds: the whole of it for the best passage."""
PLACE = 0.3
"""What it adds that title and headings cover the question: the whole of it where they cover every word."""
NAMED = 0.4
"""Added where the key of an item, row or definition (`**Accountable:** …`) covers the whole question."""
SHOWN = 0.08
"""Added where a unit has what the question asks for: a role, a date, a number."""
STEP = 0.2
"""Added to a numbered item where the question is how to do something."""
DENIED = 0.1
"""Taken off where somebody is asked for and the unit says who it is not."""
EARLY = 0.03
"""Added to a passage's first unit, fading with the position: what matters is said first."""

_KEY = re.compile(
    r"^\W*(?:(?:an?|the)\s)?([^:;.,|]{2,60}?)(?:[:;|]|\s+(?:is|are|means|stands for)\b)", re.IGNORECASE
)

_DENIES = re.compile(r"\b(?:not|never|nobody|no one|neither|n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A unit with its score, about 0 to 1.8, higher is better; `stems` are of what it says.

    `own` leaves out what its passage and lead-in bring: it tells the items of a list apart.
    """

    block: Block
    unit: Unit
    order: int
    score: float
    own: float
    stems: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A unit or lead-in, with its stems and those of what stands around it."""

    unit: Unit
    stems: tuple[str, ...]
    around: frozenset[str]


def scored(question: str, blocks: Sequence[Block]) -> list[Candidate]:
    """Returns every unit of the blocks as a candidate, best first."""
    lines = [_lines(block) for block in blocks]
    every = [line for some in lines for line in some]
    matching = match(hinted(question), [line.stems for line in every], (line.around for line in every))
    merits = iter(_merits(every, [matching.strength(line.stems, line.around) for line in every]))
    top = max((block.passage.score for block in blocks), default=0.0) or 1.0
    kind = kind_of(question)
    found: list[Candidate] = []
    for block, some in zip(blocks, lines, strict=True):
        led = LED * next(merits) if block.intro else 0.0
        place = PASSAGE * block.passage.score / top + PLACE * matching.coverage(_place(block))
        for position, line in enumerate(some[1:] if block.intro else some):
            merit = next(merits)
            cues = _cues(kind, block, line.unit) + EARLY / (1 + position)
            cues += NAMED * matching.coverage(key_of(kind, matching.asked, block, line.unit))
            found.append(
                Candidate(
                    block=block,
                    unit=line.unit,
                    order=len(found),
                    score=max(merit, led) + place + cues,
                    own=merit + cues,
                    stems=frozenset(line.stems),
                )
            )
    return sorted(found, key=lambda c: (-c.score, c.order))


def key_of(kind: Kind, asked: frozenset[str], block: Block, unit: Unit) -> str:
    """Returns the key that the unit opens with if the question (its stems) is about it, or nothing.

    An item's or row's key answers any question about one thing; a sentence's only "what is …?".
    """
    if kind in {"list", "procedure"} or (block.layout == "sentence" and kind != "definition"):
        return ""
    key = _KEY.match(unit.text)
    known = frozenset(stems(key.group(1))) if key else frozenset()
    return key.group(1) if key and known and known <= asked else ""


def _lines(block: Block) -> list[_Line]:
    """Returns the block's lead-in, if it has one, and its units."""
    place, led = frozenset(stems(_place(block))), frozenset(stems(f"{block.intro_text} {block.head_text}"))
    intro = (
        [_Line(unit=block.intro, stems=tuple(stems(block.intro_text)), around=place)] if block.intro else []
    )
    return intro + [_Line(unit=u, stems=tuple(stems(u.text)), around=place | led) for u in block.units]


def _place(block: Block) -> str:
    return " ".join((block.passage.title, *block.passage.heading))


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


def _cues(kind: Kind, block: Block, unit: Unit) -> float:
    listed = kind == "list" and block.layout in {"list", "table"}
    step = kind == "procedure" and block.layout == "list" and block.passage.text[unit.start].isdigit()
    denied = kind == "person" and _DENIES.search(unit.text) is not None
    shown = SHOWN if listed or shows(kind, unit.text) else STEP if step else 0.0
    return shown - (DENIED if denied else 0.0)
