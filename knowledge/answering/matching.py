"""How a question's words match units of text: BM25 over the units, with what stands around each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.answering.words import stems

CONTEXT = 0.4
"""What a question's word counts where it stands in the headings only."""
LED = 0.7
"""The same where it stands in the lead-in or table head, which are read together with the unit."""
SATURATION = 1.2
LENGTH = 0.4
"""BM25's k1 and b."""
TYPO = 85
"""The likeness, in percent, from which an unknown word counts as a typing error of a known one."""
SHORTEST_TYPO = 5
KIN = 0.6
"""What a word of the same family counts: `delivery` where `deliver` is asked for."""
SHORTEST_ROOT = 5
LONGEST_ENDING = 3


@dataclass(frozen=True, kw_only=True)
class Matching:
    """What each word of a question tells (by stem): the rarer among the units, the more.

    `kin` are the stems among the units that differ from one of the question's by an ending only.
    """

    weights: dict[str, float]
    kin: dict[str, frozenset[str]]
    mean: float

    @property
    def asked(self) -> frozenset[str]:
        """Returns the stems of the question, typing errors put right."""
        return frozenset(self.weights)

    def strength(
        self, said: Sequence[str], around: frozenset[str], led: frozenset[str] = frozenset()
    ) -> float:
        """Returns BM25 of a unit's stems.

        A word that stands only `around` the unit, or in what `led` to it, counts in part.
        """
        counts = Counter(said)
        damp = SATURATION * (1 - LENGTH + LENGTH * len(said) / self.mean)
        total = 0.0
        for stem, weight in self.weights.items():
            often = max(
                float(counts[stem]), CONTEXT * self._share(stem, around), LED * self._share(stem, led)
            )
            if not counts[stem] and not self.kin[stem].isdisjoint(counts):
                often = KIN
            total += weight * often * (SATURATION + 1) / (often + damp)
        return total

    def coverage(self, there: frozenset[str]) -> float:
        """Returns which share of the question's weight stands among some stems, 0 to 1."""
        total = sum(self.weights.values())
        found = sum(weight * self._share(stem, there) for stem, weight in self.weights.items())
        return found / total if total else 0.0

    def named(self, stem: str) -> bool:
        """Tells whether the question has a stem or one of its family."""
        return stem in self.weights or any(stem in kin for kin in self.kin.values())

    def _share(self, stem: str, there: frozenset[str]) -> float:
        if stem in there:
            return 1.0
        return 0.0 if self.kin[stem].isdisjoint(there) else KIN


def match(question: str, said: Sequence[Sequence[str]], around: Iterable[frozenset[str]]) -> Matching:
    """Weighs a question's words by the units (their stems) and by what stands around them."""
    counts = Counter(stem for unit in said for stem in set(unit))
    known = set(counts).union(*around)
    meant = {_meant(stem, known) for stem in stems(question)}
    return Matching(
        weights={
            stem: math.log(1 + (len(said) - counts[stem] + 0.5) / (counts[stem] + 0.5)) for stem in meant
        },
        kin={stem: frozenset(_kin(stem, known)) for stem in meant},
        mean=max(1.0, sum(map(len, said)) / max(len(said), 1)),
    )


def _kin(stem: str, known: set[str]) -> Iterator[str]:
    """Yields the known stems that differ by an ending only."""
    root = stem[:SHORTEST_ROOT]
    for other in known:
        if not other.startswith(root):
            continue
        shorter, longer = sorted((stem, other), key=len)
        ending = len(longer) - len(shorter)
        if 0 < ending <= LONGEST_ENDING and len(shorter) >= SHORTEST_ROOT and longer.startswith(shorter):
            yield other


def _meant(stem: str, known: set[str]) -> str:
    if stem in known or len(stem) < SHORTEST_TYPO:
        return stem
    nearest = process.extractOne(stem, sorted(known), scorer=fuzz.ratio, score_cutoff=TYPO)
    return nearest[0] if nearest else stem
