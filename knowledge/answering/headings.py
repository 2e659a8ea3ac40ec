"""What a passage's title and headings say about a question, and which pieces they speak for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, islice

from knowledge.answering.blocks import Block
from knowledge.answering.kinds import Kind, denies, kind_of, wants_many
from knowledge.answering.matching import Matching
from knowledge.answering.words import stems

BY_CHANCE = 0.25
"""How much of the question a heading has in common with it by chance."""

MOSTLY = 0.5
"""How much they have to have in common for the way of asking to bring them nearer."""
OTHERWISE = 0.4
"""What a heading is worth that asks about the same in another way."""

_WORDED: frozenset[Kind] = frozenset({"person", "rhythm", "time", "number", "procedure", "reason"})

Opening = tuple[str, int]
"""A passage's id and where in it a unit starts."""


def place_of(block: Block) -> frozenset[str]:
    """Returns the stems of the title and headings that the block stands under."""
    return _stems_of(block.passage.place)


def nearness(question: str, matching: Matching, block: Block) -> float:
    """Returns how nearly a passage's heading asks the question itself, 0 to 1.

    The heading must be about little else, and together with the title about most of the question. One
    that asks in the same way ("when", "how", with a "not") comes halfway nearer, one that asks in
    another way moves off.
    """
    last = block.passage.heading[-1] if block.passage.heading else block.passage.title
    heading = _stems_of(last)
    if not heading:
        return 0.0
    asked = sum(matching.named(stem) for stem in heading) / len(heading)
    common = asked * matching.coverage(place_of(block))
    near = max(0.0, common - BY_CHANCE) / (1 - BY_CHANCE)
    kinds = {kind_of(last), kind_of(question)}
    if kinds <= _WORDED and len(kinds) > 1:
        return OTHERWISE * near
    alike = kinds <= _WORDED or (denies(last) and denies(question))
    return (1 + near) / 2 if alike and common > MOSTLY else near


def openings(question: str, blocks: Sequence[Block]) -> frozenset[Opening]:
    """Returns what a heading speaks for: its passage's first sentence and the list or table there.

    Where several things are asked for, the list takes the place of the sentence before it.
    """
    found: set[Opening] = set()
    for _, some in groupby(blocks, key=lambda block: block.passage.id):
        first = list(islice(some, 2))
        if wants_many(question) and first[-1].layout != "sentence":
            first = first[-1:]
        for place, block in enumerate(first):
            units = block.units[:1] if block.layout == "sentence" else block.units
            if place == 0 or block.layout != "sentence":
                found.update((block.passage.id, unit.start) for unit in units)
    return frozenset(found)


@lru_cache(maxsize=1024)
def _stems_of(words: str) -> frozenset[str]:
    return frozenset(stems(words))
