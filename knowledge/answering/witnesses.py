"""What a claim rests on: the statements of its passages that are about the same thing as it is.

A number that stands somewhere in a passage proves nothing: "two people sign off" is no better for a
"two weeks" further down. So each clause of a claim is held against the statements most like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answering.blocks import Block, Unit, blocks_of
from knowledge.answering.figures import is_number
from knowledge.answering.reading import antecedents
from knowledge.answering.words import content_words, sameness, stemmed
from knowledge.passages import Passage

ALIKE = 0.8
"""The share of the best likeness from which another statement is as good a witness."""
FEWEST = 2
"""A clause with fewer topics than this says nothing without the rest of its sentence."""

_JOINT = re.compile(r"[;:]\s+|,\s+(?!\d)|\s+[–—]\s+|\s+(?:and|but|while|whereas)\s+(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence, item or row, with what makes it understood: lead-in, table head, what it points to."""

    text: str
    topics: frozenset[str]


def clauses(claim: str) -> list[str]:
    """Returns the parts of a sentence that may each rest on a statement of its own."""
    return [clause for clause in _JOINT.split(claim) if clause.strip()]


def statements(passages: Sequence[Passage]) -> list[Statement]:
    """Returns everything that passages state."""
    return [
        Statement(text=text, topics=topics(text))
        for passage in passages
        for text in _stated(blocks_of(passage))
    ]


def witnesses(
    clause: str, claim: str, stated: Sequence[Statement], *, names: frozenset[str]
) -> list[Statement]:
    """Returns the statements that are about a clause; all of them where nothing tells.

    What is said decides, not of whom: `names` (as stems) are what the clause is to be checked for.
    """
    own, whole = topics(clause) - names, topics(claim)
    said = next((found for found in (own, whole - names) if len(found) >= FEWEST), whole)
    likeness = [sameness(said, statement.topics) * len(said & statement.topics) for statement in stated]
    top = max(likeness, default=0.0)
    if not top:
        return list(stated)
    return [statement for statement, like in zip(stated, likeness, strict=True) if like >= ALIKE * top]


def topics(text: str) -> frozenset[str]:
    """Returns the stems of what a text is about; how many there are is not part of it."""
    return frozenset(stemmed([word for word in content_words(text) if not is_number(word)]))


def _stated(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for unit in block.units:
            yield "\n".join(filter(None, _with_context(blocks, block, unit)))


def _with_context(blocks: Sequence[Block], block: Block, unit: Unit) -> list[str]:
    before = antecedents(blocks, block, unit) if block.layout == "sentence" else None
    return [*(one.text for one in before or []), block.intro_text, block.head_text, unit.text]
