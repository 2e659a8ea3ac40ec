"""Whether what was retrieved answers at all, and what to offer where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.passages import Passage

FOUND = 0.5
"""The confidence from which the passages are taken to answer."""
SURE = 0.75
"""The confidence from which nothing is said about thin evidence."""
NEAREST = 3
"""How many documents are offered where none answers."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the retrieved passages are worth together.

    `passages` are those to answer from, `nearest` the best of each document, best first.
    """

    passages: tuple[Passage, ...]
    nearest: tuple[Passage, ...]
    found: bool
    weak: bool

    @property
    def ask(self) -> str:
        """Returns whom to ask: the owner of the nearest document that has one, or nothing."""
        return next((passage.owner for passage in self.nearest if passage.owner), "")


def weigh(passages: Sequence[Passage]) -> Evidence:
    """Judges passages, best first, by the confidence of the sources they come from.

    A source that knows nothing of the topic is not quoted beside one that does.
    """
    surest = max((passage.confidence for passage in passages), default=0.0)
    known = tuple(passage for passage in passages if passage.confidence >= FOUND)
    nearest = {passage.source: passage for passage in reversed(passages)}
    ordered = sorted(nearest.values(), key=passages.index)
    return Evidence(
        passages=known,
        nearest=tuple(ordered[:NEAREST]),
        found=bool(known),
        weak=surest < SURE,
    )
