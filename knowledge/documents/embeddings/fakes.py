"""A stand-in for an embedding: fast, the same on every machine, and it knows likeness by words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from knowledge.documents.embeddings.embedding import Vectors

_WORD = re.compile(r"\w+")


class HashingEmbedding:
    """Counts words and their beginnings into hashed places, so texts that share words are near.

    `texts` collects all that was embedded, call by call, for tests that claim nothing was.
    """

    def __init__(self, *, name: str = "hashing", dimensions: int = 64, window: int = 254) -> None:
        self.name = name
        self.dimensions = dimensions
        self.window = window
        self.texts: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Returns a row a text; a text without words is a vector all the same."""
        self.texts.append(list(texts))
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _WORD.findall(text.lower())[: self.window]:
                row[self._place(word)] += 1.0
                row[self._place(word[:4])] += 0.5
            row[0] += 0.01
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def count_tokens(self, text: str) -> int:
        """Returns the number of words."""
        return len(_WORD.findall(text))

    def knows(self, word: str) -> bool:  # noqa: ARG002
        """Knows no word whole: it learnt none."""
        return False

    def _place(self, word: str) -> int:
        return zlib.crc32(word.encode()) % self.dimensions
