"""The order of the chunks for a question: likeness of meaning and of words, fused.

All chunks are compared by their own vectors and by BM25; the best hundred are compared again with
the vectors of their sentences, for an answer often stands in one sentence of a long chunk. Each of
the two likenesses is divided by its best, so that they can be added. The weights were chosen with
benchmarks/retrieval.py over Cranfield, CISI and SQuAD together, where little depends on them: a tenth
more or less moves nDCG@10 by less than 0.01.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.confidence import Signals
from knowledge.documents.index.snapshot import Snapshot
from knowledge.documents.index.view import View

MEANING = 0.6
"""The share of meaning in a score; the rest is words."""
SENTENCE = 0.4
"""The share of the best sentence in the likeness of meaning; the rest is the chunk as a whole."""
CANDIDATES = 100
FRONT = 5
"""How many of the best say whether the documents know the topic."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """The best chunks, best first: their numbers, scores (0 to 1) and sentences' likenesses."""

    chunks: tuple[int, ...]
    scores: tuple[float, ...]
    sentences: tuple[Scores, ...]
    signals: Signals


def rank(snapshot: Snapshot, view: View, *, vector: Scores, terms: Sequence[str], limit: int) -> Ranking:
    """Orders the visible chunks by a question's vector (d) and terms; at most `limit`."""
    meaning = view.hide(_likeness(snapshot.vectors, vector))
    match = view.lexical.match(terms)
    wording = match.scores / np.float32(max(float(match.scores.max()), 1e-6))
    candidates = _candidates(_fuse(meaning, wording), min(view.lexical.count, max(CANDIDATES, limit)))
    sentences = _Sentences.of(snapshot, candidates, vector)
    best_sentence = sentences.best(instead=meaning[candidates])
    refined = (1 - SENTENCE) * meaning[candidates] + SENTENCE * best_sentence
    scores = _fuse(refined, wording[candidates])
    order = np.argsort(-scores, kind="stable")
    front = order[:FRONT]
    total = max(match.total, 1e-6)
    return Ranking(
        chunks=tuple(candidates[order[:limit]].tolist()),
        scores=tuple(np.clip(scores[order[:limit]], 0, 1).tolist()),
        sentences=tuple(sentences.of_candidate(at) for at in order[:limit].tolist()),
        signals=Signals(
            chunk=float(meaning.max()),
            sentence=float(best_sentence[front].max()),
            strength=float(match.scores.max()) / total,
            coverage=float(match.covered[candidates[front]].max()) / total,
        ),
    )


def _likeness(rows: Scores, vector: Scores) -> Scores:
    """Returns each row's product with the vector.

    By einsum, which starts no threads: BLAS's fight with those of the inference engine for the cores,
    and the question takes twice as long.
    """
    products: Scores = np.einsum("ij,j->i", rows, vector)
    return products


def _fuse(meaning: Scores, wording: Scores) -> Scores:
    """Adds the two likenesses, that of meaning as a share of its best."""
    best = max(float(meaning.max()), 1e-6)
    fused: Scores = MEANING * (meaning / np.float32(best)) + (1 - MEANING) * wording
    return fused


def _candidates(scores: Scores, count: int) -> NDArray[np.int64]:
    """Returns the numbers of the `count` best, in the order of their numbers."""
    if count >= len(scores):
        return np.arange(len(scores))
    return np.sort(np.argpartition(-scores, count)[:count])


@dataclass(frozen=True, kw_only=True)
class _Sentences:
    """The likenesses of the candidates' sentences, candidate after candidate."""

    likeness: Scores
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, snapshot: Snapshot, candidates: NDArray[np.int64], vector: Scores) -> _Sentences:
        first = snapshot.sentence_offsets[candidates]
        sizes = snapshot.sentence_offsets[candidates + 1] - first
        starts = np.concatenate([[0], np.cumsum(sizes)])
        rows = np.arange(starts[-1]) + np.repeat(first - starts[:-1], sizes)
        likeness = _likeness(snapshot.sentences[rows].astype(np.float32), vector)
        return cls(likeness=likeness * snapshot.sentence_scale[rows], starts=starts)

    def of_candidate(self, at: int) -> Scores:
        return self.likeness[self.starts[at] : self.starts[at + 1]]

    def best(self, instead: Scores) -> Scores:
        """Returns each candidate's best; `instead` stands in for those without sentences."""
        best = instead.copy()
        filled = np.flatnonzero(np.diff(self.starts))
        if len(filled):
            best[filled] = np.maximum.reduceat(self.likeness, self.starts[:-1][filled])
        return best
