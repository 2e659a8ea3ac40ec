"""Whether a piece of text reads well on its own, and what has to stand before it if not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.blocks import Block, Unit

FURTHEST = 2
"""How many sentences back an antecedent is looked for."""

_POINTS_BACK = re.compile(
    r"""^[\W_]*(?:
        (?:this|these|those|it|its|they|them|their|theirs|he|she|his|such|both|however|but|and|so|then|instead|otherwise
           |also|therefore|thus|hence|nor|yet|neither|either|moreover|furthermore|similarly|conversely|here)\b
        | that\b(?!\s+(?:the|a|an)\b)
        | her\b | there\b(?!\s+(?:is|are|was|were|must|should|may|can)\b)
        | the\s+(?:former|latter|same|other|others|rest)\b
        | (?:one|all|some|many|most|none|each|any|two|three)\s+of\s+(?:these|those|them)\b
        | (?:in|at|for|from|by|with|on|after|before|during|to|of|where|if|when|once|until|because|since)\s+
          (?:this|that|these|those|such|it|they|he|she|both)\b
        | the\s+\w+\s+(?:itself|themselves)\b
        | (?:for\s+example|for\s+instance|in\s+addition|as\s+a\s+result|in\s+contrast)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def points_back(text: str) -> bool:
    """Tells whether a sentence opens with something that only the text before it explains."""
    return _POINTS_BACK.match(text) is not None


def antecedents(blocks: Sequence[Block], block: Block, unit: Unit) -> list[Unit] | None:
    """Returns the sentences that must stand before `unit`, in order; None where they can't be had.

    They are looked for in the same passage, up to the nearest sentence that stands by itself.
    """
    before = _before(blocks, block, unit)
    needed: list[Unit] = []
    first = unit
    while points_back(first.text):
        if not before or len(needed) == FURTHEST:
            return None
        first = before.pop()
        needed.insert(0, first)
    return needed


def _before(blocks: Sequence[Block], block: Block, unit: Unit) -> list[Unit]:
    """Returns the sentences of the passage before `unit`, back to the nearest list, table or code."""
    sentences: list[Unit] = []
    for other in blocks:
        if other.passage.id != block.passage.id or other.units[0].start > unit.start:
            continue
        if other.layout == "sentence":
            sentences += [u for u in other.units if u.start < unit.start]
        elif other is not block:
            sentences = []
    return sentences
