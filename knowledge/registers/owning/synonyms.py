"""What people say for what registers say: words and phrases with the concepts that they stand for.

They stand in `synonyms.txt`, with a line on its form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from knowledge.registers.owning.words import roots, words

HINT = 0.4
"""What a concept counts that a phrase only hints at."""
SHARED = 0.8
"""What each of several concepts counts that one word may mean: "fix" tells less than "repair"."""

Meanings = Mapping[tuple[str, ...], Mapping[str, float]]


@cache
def meanings() -> Meanings:
    """Returns concepts with weights, 0 to 1, by the roots of the words or phrase that mean them."""
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for left, phrases in _lines():
        concepts = _concepts(left)
        for phrase in phrases:
            known = found.setdefault(roots(phrase), {})
            for concept, weight in concepts.items():
                known[concept] = max(weight, known.get(concept, 0.0))
    return {key: _shared(key, concepts) for key, concepts in found.items()}


@cache
def spelt() -> Mapping[str, str]:
    """Returns the words of all phrases as they are spelt, with their roots."""
    return {word: roots(word)[0] for _, phrases in _lines() for phrase in phrases for word in words(phrase)}


@cache
def longest_phrase() -> int:
    """Returns how many words the longest phrase has."""
    return max(map(len, meanings()))


def _shared(key: tuple[str, ...], concepts: dict[str, float]) -> dict[str, float]:
    """Lowers what a lone word tells that stands in several lines; a phrase says what it says."""
    if len(key) > 1 or len(concepts) == 1:
        return concepts
    return {concept: weight if (concept,) == key else weight * SHARED for concept, weight in concepts.items()}


def _lines() -> Iterator[tuple[str, list[str]]]:
    text = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            left, _, right = line.partition(":")
            yield left, right.split(",")


def _concepts(text: str) -> dict[str, float]:
    return {roots(name)[0]: HINT if name.endswith("?") else 1.0 for name in text.split()}
