"""BM25 over the chunks, computed from postings for exactly the chunks that an asker may read.

Libraries for BM25 store finished scores, and these rest on the document frequencies and the mean
length of the whole corpus: a hidden document would move what is shown. Here both are counted over
the visible chunks at each question, which costs a fraction of a millisecond.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K1 = 1.5
B = 0.75


@dataclass(frozen=True, kw_only=True)
class Postings:
    """Which chunks hold which term, how often.

    Term number t stands in chunks `chunks[offsets[t]:offsets[t + 1]]` (int32, ascending), with
    `counts` (float32) beside them. `lengths` is each chunk's sum of counts.
    """

    numbers: Mapping[str, int]
    offsets: NDArray[np.int64]
    chunks: NDArray[np.int32]
    counts: NDArray[np.float32]
    lengths: NDArray[np.float32]

    def of(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Returns the chunks that hold the term, and how often; empty for one that none holds."""
        number = self.numbers.get(term)
        if number is None:
            return self.chunks[:0], self.counts[:0]
        part = slice(self.offsets[number], self.offsets[number + 1])
        return self.chunks[part], self.counts[part]


def build_postings(texts: Iterable[Mapping[str, float]]) -> Postings:
    """Turns each chunk's terms and weights into postings."""
    numbers: dict[str, int] = {}
    term_numbers: list[NDArray[np.int32]] = []
    counts: list[NDArray[np.float32]] = []
    lengths: list[float] = []
    for weights in texts:
        term_numbers.append(
            np.fromiter((numbers.setdefault(term, len(numbers)) for term in weights), np.int32, len(weights))
        )
        counts.append(np.fromiter(weights.values(), np.float32, len(weights)))
        lengths.append(float(sum(weights.values())))
    sizes = [len(found) for found in term_numbers]
    chunk_numbers = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    flat = np.concatenate([np.empty(0, np.int32), *term_numbers])
    order = np.argsort(flat, kind="stable")
    offsets = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(np.bincount(flat, minlength=len(numbers)), out=offsets[1:])
    return Postings(
        numbers=numbers,
        offsets=offsets,
        chunks=chunk_numbers[order],
        counts=np.concatenate([np.empty(0, np.float32), *counts])[order],
        lengths=np.array(lengths, dtype=np.float32),
    )


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a question's words found: each chunk's BM25 score, and the weight of its terms there.

    `total` is the weight of all the question's terms: the most that a chunk can cover, and just
    above the most that it can score.
    """

    scores: NDArray[np.float32]
    covered: NDArray[np.float32]
    total: float


@dataclass(frozen=True, kw_only=True)
class Lexical:
    """BM25 for one audience: `visible` is None where it reads everything, else a mask of chunks."""

    postings: Postings
    visible: NDArray[np.bool_] | None
    count: int
    damping: NDArray[np.float32]

    def match(self, terms: Sequence[str]) -> Match:
        """Compares a question's terms with every chunk; hidden chunks score 0.

        A term that no visible chunk holds weighs more than any other, so a question about something
        else is covered badly.
        """
        scores = np.zeros(len(self.damping), dtype=np.float32)
        covered = np.zeros(len(self.damping), dtype=np.float32)
        total = 0.0
        for term, times in Counter(terms).items():
            chunks, counts = self._holders(term)
            weight = times * self.idf(len(chunks))
            total += weight
            covered[chunks] += weight
            scores[chunks] += weight * (counts / (counts + self.damping[chunks]))
        return Match(scores=scores, covered=covered, total=total)

    def holders(self, term: str) -> int:
        """Returns in how many visible chunks the term stands."""
        return len(self._holders(term)[0])

    def idf(self, holders: int) -> float:
        """Returns what a term weighs that so many visible chunks hold."""
        return float(np.log1p((self.count - holders + 0.5) / (holders + 0.5)))

    def _holders(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        chunks, counts = self.postings.of(term)
        if self.visible is None:
            return chunks, counts
        seen = self.visible[chunks]
        return chunks[seen], counts[seen]


def lexical_for(postings: Postings, visible: NDArray[np.bool_] | None) -> Lexical:
    """Prepares BM25 for those who may read the visible chunks (None: everything)."""
    lengths = postings.lengths
    seen = lengths if visible is None else lengths[visible]
    mean = float(seen.mean()) if len(seen) else 1.0
    damping = K1 * (1 - B + B * lengths / max(mean, 1e-6))
    return Lexical(postings=postings, visible=visible, count=len(seen), damping=damping.astype(np.float32))
