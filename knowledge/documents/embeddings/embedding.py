"""The port to whatever turns a text into a vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, float32: a float64 one would upcast whatever it is multiplied with."""


class Embedding(Protocol):
    """Turns texts into vectors whose dot product is their likeness.

    `name` is what the index remembers; two embeddings with one name give the same vectors.
    `window` is how many tokens, by `count_tokens`, an embedded text may have: what is longer is cut.
    """

    @property
    def name(self) -> str:
        """Returns the name that `MUSTER_EMBEDDING` knows it by."""
        ...

    @property
    def dimensions(self) -> int:
        """Returns how many numbers a vector has."""
        ...

    @property
    def window(self) -> int:
        """Returns how many tokens of a text count; the rest is cut."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Returns a float32 matrix (texts, dimensions), a row a text in the order given, unit length.

        Callers need not batch or sort. Safe to call from several threads at once.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """Returns how much of the window the text takes, without marks that are added to each text."""
        ...

    def knows(self, word: str) -> bool:
        """Tells whether a lower-case word is one it learnt whole, and so hardly a typing mistake."""
        ...
