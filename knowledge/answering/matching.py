"""How a question's words match units of text: BM25 over the units, with what stands around each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.answering.words import stems

CONTEXT = 0.4
"""What a question's word counts where it stands in the headings, lead-in or table head only."""
SATURATION = 1.2
LENGTH = 0.4
"""BM25's k1 and b."""
TYPO = 85
"""The likeness, in percent, from which an unknown word counts as a typing error of a known one."""
SHORTEST_TYPO = 5


@dataclass(frozen=True, kw_only=True)
class Matching:
    """What each word of a question tells (by stem): the rarer among the units, the more."""

    weights: dict[str, float]
    mean: float

    @property
    def asked(self) -> frozenset[str]:
        """Returns the stems of the question, typing errors put right."""
        return frozenset(self.weights)

    def strength(self, said: Sequence[str], around: frozenset[str]) -> float:
        """Returns BM25 of a unit's stems; a word that stands only around it counts in part."""
        counts = Counter(said)
        damp = SATURATION * (1 - LENGTH + LENGTH * len(said) / self.mean)
        total = 0.0
        for stem, weight in self.weights.items():
            often = max(float(counts[stem]), CONTEXT if stem in around else 0.0)
            total += weight * often * (SATURATION + 1) / (often + damp)
        return total

    def coverage(self, text: str) -> float:
        """Returns which share of the question's weight stands in a text."""
        there = frozenset(stems(text))
        total = sum(self.weights.values())
        return sum(weight for stem, weight in self.weights.items() if stem in there) / total if total else 0.0


def match(question: str, said: Sequence[Sequence[str]], around: Iterable[frozenset[str]]) -> Matching:
    """Weighs a question's words by the units (their stems) and by what stands around them."""
    counts = Counter(stem for unit in said for stem in set(unit))
    known = set(counts).union(*around)
    meant = {_meant(stem, known) for stem in stems(question)}
    return Matching(
        weights={
            stem: math.log(1 + (len(said) - counts[stem] + 0.5) / (counts[stem] + 0.5)) for stem in meant
        },
        mean=max(1.0, sum(map(len, said)) / max(len(said), 1)),
    )


def _meant(stem: str, known: set[str]) -> str:
    if stem in known or len(stem) < SHORTEST_TYPO:
        return stem
    nearest = process.extractOne(stem, known, scorer=fuzz.ratio, score_cutoff=TYPO)
    return nearest[0] if nearest else stem
