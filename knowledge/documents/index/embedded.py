"""A document with its vectors: what ingest makes and both stores take."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.documents.document import Chunk
from knowledge.documents.embeddings.embedding import Vectors


@dataclass(frozen=True, kw_only=True)
class EmbeddedDocument:
    """The chunks of one version of a document and what the embedding made of them.

    `chunks` are numbered 0, 1, 2, …. `vectors` has a row a chunk (of `Chunk.embedded_text`),
    `sentence_vectors` a row a sentence (of the bare `text[start:end]`), over all chunks in order.
    """

    document_id: str
    version: str
    chunks: tuple[Chunk, ...]
    vectors: Vectors
    sentence_vectors: Vectors

    def __post_init__(self) -> None:
        sentences = sum(len(chunk.sentences) for chunk in self.chunks)
        if len(self.vectors) != len(self.chunks) or len(self.sentence_vectors) != sentences:
            msg = (
                f"document {self.document_id!r} has {len(self.chunks)} chunks and {sentences} sentences, "
                f"but {len(self.vectors)} and {len(self.sentence_vectors)} vectors"
            )
            raise ValueError(msg)
        if [chunk.ordinal for chunk in self.chunks] != list(range(len(self.chunks))):
            msg = f"the chunks of document {self.document_id!r} are not numbered 0, 1, 2, …"
            raise ValueError(msg)
