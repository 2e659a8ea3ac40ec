"""The documents as a source of passages: a question in, what bears on it out, best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.documents.confidence import coefficients_for, confidence
from knowledge.documents.embeddings import Embedding
from knowledge.documents.index.snapshot import Snapshot
from knowledge.documents.index.words import terms
from knowledge.documents.ranking import Ranking, Scores, rank
from knowledge.documents.spelling import correct
from knowledge.passages import Passage, PassageSource, Question, Span


@dataclass(frozen=True)
class Documents(PassageSource):
    """A workspace's documents, ranked in memory from the snapshot of their index.

    `snapshot_of` gives a workspace's present snapshot, or None where nothing was ingested. Searching
    from several threads at once is fine: a snapshot never changes, and a newer one replaces it whole.
    """

    snapshot_of: Callable[[str], Snapshot | None]
    embedding: Embedding

    def search(self, question: Question, *, limit: int = 10) -> Sequence[Passage]:
        """Returns at most `limit` passages that the question's audience may read, best first.

        All carry one `confidence`. Several may be of one document. What is hidden moves nothing.
        """
        snapshot = self.snapshot_of(question.workspace_id)
        if snapshot is None or limit < 1:
            return []
        view = snapshot.view(question.audience)
        if view.empty:
            return []
        text = correct(question.text, view, self.embedding.knows)
        vector = self.embedding.embed([text])[0]
        ranking = rank(snapshot, view, vector=vector, terms=terms(text), limit=limit)
        return self._passages(snapshot, ranking)

    def _passages(self, snapshot: Snapshot, ranking: Ranking) -> list[Passage]:
        sure = confidence(ranking.signals, coefficients_for(self.embedding.name))
        found = zip(ranking.chunks, ranking.scores, ranking.sentences, strict=True)
        return [
            _passage(snapshot, chunk, score=score, likeness=likeness, sure=sure)
            for chunk, score, likeness in found
        ]


def _passage(snapshot: Snapshot, chunk: int, *, score: float, likeness: Scores, sure: float) -> Passage:
    number = int(snapshot.chunk_document[chunk])
    document = snapshot.document(number)
    first = int(np.searchsorted(snapshot.chunk_document, number))
    return Passage(
        id=f"{document.id}:{document.version}:{chunk - first}",
        source=document.source,
        title=document.title,
        text=snapshot.texts[chunk],
        heading=snapshot.heading(chunk),
        kind=document.kind,
        owner=document.owner,
        link=document.link,
        reviewed=document.reviewed,
        review_due=document.review_due,
        score=score,
        confidence=sure,
        sentences=_sentences(snapshot, chunk, likeness),
    )


def _sentences(snapshot: Snapshot, chunk: int, likeness: Scores) -> tuple[Span, ...]:
    part = slice(snapshot.sentence_offsets[chunk], snapshot.sentence_offsets[chunk + 1])
    spans = zip(snapshot.spans[part].tolist(), likeness.tolist(), strict=True)
    return tuple(Span(start=start, end=end, similarity=near) for (start, end), near in spans)
