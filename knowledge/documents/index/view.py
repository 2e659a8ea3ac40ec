"""What one audience may see of a snapshot; nothing that is hidden from it takes part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.index.lexical import Lexical


@dataclass(frozen=True, kw_only=True)
class View:
    """The chunks that are visible (`visible` is None where all are), and their words.

    `vocabularies` are the words of the documents of each readable audience, a line a word.
    """

    visible: NDArray[np.bool_] | None
    lexical: Lexical
    vocabularies: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Returns the words that stand in visible documents, as they are written, folded."""
        return frozenset().union(*(vocabulary.split() for vocabulary in self.vocabularies))

    @property
    def empty(self) -> bool:
        """Tells whether there is nothing to see."""
        return not self.lexical.count

    def hide(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Returns the scores with those of hidden chunks below every other."""
        if self.visible is None:
            return scores
        return np.where(self.visible, scores, np.float32(-np.inf))
