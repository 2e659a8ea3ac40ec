"""Words as they are compared: split, lower case, without stop words, stemmed."""

from __future__ import annotations

import re

from knowledge.documents.index.words import STOP_WORDS as COMMON
from knowledge.documents.index.words import stems as _stemmed

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")

_SHAPING = """
    also anyone else etc ever every everyone get gets got happen happens know let's like many may mean means
    might mine much must need needs one ones onto per shall somebody someone something tell upon use used via
    goes whats whos hows want whatever whether within without would yes explain give
"""
STOP_WORDS = COMMON.union(_SHAPING.split())
"""Words that carry no topic: the index's, and those that only shape a question."""


def words(text: str) -> list[str]:
    """Returns the words of a text in order, lower case, numbers whole, without possessives."""
    return [_bare(match.group().lower()) for match in WORD.finditer(text)]


def content_words(text: str) -> list[str]:
    """Returns the words that carry a topic, in order, as written but lower case."""
    return [word for word in words(text) if word not in STOP_WORDS]


def stems(text: str) -> list[str]:
    """Returns the stems of the content words, in order, with repetitions."""
    return stemmed(content_words(text))


def stemmed(given: list[str]) -> list[str]:
    """Returns each word's stem, in order: `signed`, `signing` and `signs` are one."""
    return _stemmed(given)


def sameness(one: frozenset[str], other: frozenset[str]) -> float:
    """Returns which share of the smaller set stands in the larger, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word
