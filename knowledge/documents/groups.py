"""Groups: documents that are embedded together, so that texts of like length share a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.documents.document import Chunk, Document
from knowledge.documents.embeddings.embedding import Embedding, Vectors
from knowledge.documents.index.embedded import EmbeddedDocument

GROUP_CHUNKS = 384
"""How many chunks make a group: enough to sort by length, few enough to lose little in a crash."""
SLICE_TEXTS = 512
SLICE_LETTERS = 60_000
"""So much is given to the embedding at once, so that a long group tells every few seconds how far it is."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A document with its chunks, to be embedded."""

    document: Document
    content_hash: str
    chunks: tuple[Chunk, ...]

    def texts(self) -> tuple[list[str], list[str]]:
        """Returns what is embedded of it: the chunks with their places, and the bare sentences."""
        chunks = [chunk.embedded_text(self.document.title) for chunk in self.chunks]
        sentences = [chunk.text[start:end] for chunk in self.chunks for start, end in chunk.sentences]
        return chunks, sentences


def embed_group(
    group: Sequence[Cut], embedding: Embedding, *, tick: Callable[[float], None]
) -> tuple[list[EmbeddedDocument], int]:
    """Embeds a group; returns its documents and how many texts were embedded, equal ones once.

    `tick` is told from time to time which share of the group is done, 0 to 1.
    """
    texts = [cut.texts() for cut in group]
    distinct = sorted(
        {text for pair in texts for part in pair for text in part}, key=lambda text: (len(text), text)
    )
    vectors = _embed(distinct, embedding, tick)
    place = {text: at for at, text in enumerate(distinct)}

    def rows(part: Sequence[str]) -> Vectors:
        return vectors[[place[text] for text in part]]

    embedded = [
        EmbeddedDocument(
            document_id=cut.document.id,
            version=cut.document.version,
            chunks=cut.chunks,
            vectors=rows(chunks),
            sentence_vectors=rows(sentences),
        )
        for cut, (chunks, sentences) in zip(group, texts, strict=True)
    ]
    return embedded, len(distinct)


def _embed(texts: Sequence[str], embedding: Embedding, tick: Callable[[float], None]) -> Vectors:
    """Embeds texts sorted by length, a slice at a time; the longest ones take most of the time."""
    vectors = np.empty((len(texts), embedding.dimensions), dtype=np.float32)
    letters, done = sum(map(len, texts)) or 1, 0
    start = 0
    for part in _slices(texts):
        vectors[start : start + len(part)] = embedding.embed(part)
        start += len(part)
        done += sum(map(len, part))
        tick(done / letters)
    return vectors


def _slices(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cuts texts that are sorted by length into runs, each text at least alone."""
    start = 0
    while start < len(texts):
        longest = len(texts[min(start + SLICE_TEXTS, len(texts)) - 1])
        end = start + max(1, min(SLICE_TEXTS, SLICE_LETTERS // max(longest, 1)))
        yield texts[start:end]
        start = end
