"""Whether a piece of text reads well on its own, and what has to stand before it if not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # blocks asks here whether a lead-in points back
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
        | (?:one|ones|another|others)\s+(?:that|which|who|without|with|has|is|may|must|goes|arrives)\b
        | (?:a|the)\s+(?:second|third|fourth)\s+(?:one|is|was|may|must|also|brings|needs|means)\b
        | the\s+(?:first|second|third|last|next)\s+(?:column|row|line|table|list)\b
        | \w+\s+ones\b | every(?:thing|one|body)\s+else\b
        | (?:for\s+example|for\s+instance|in\s+addition|as\s+a\s+result|in\s+contrast)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


_SENDS_ON = re.compile(r"^\W*(?:see|next)\b", re.IGNORECASE)
_LEADS_AHEAD = re.compile(r"^[\W_]*th(?:is|ese)\s+\w", re.IGNORECASE)


def leads_ahead(text: str) -> bool:
    """Tells whether a lead-in may point to what follows it where it seems to point back: "these limits:"."""
    return _LEADS_AHEAD.match(text) is not None


def sends_on(text: str) -> bool:
    """Tells whether a sentence only says where to read on: "See …", "Next, draw the …"."""
    return _SENDS_ON.match(text) is not None


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
