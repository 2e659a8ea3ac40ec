"""A snapshot without an ingest, for tests and benchmarks: from texts in memory to a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.documents.document import Chunk, Document
from knowledge.documents.embeddings import Embedding
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.sentence_vectors import compact
from knowledge.documents.index.snapshot import Snapshot, load_snapshot
from knowledge.documents.index.snapshot_writer import SnapshotParts, write_snapshot
from knowledge.documents.index.store import StoredChunk


def embed_document(document: Document, chunks: Sequence[Chunk], embedding: Embedding) -> EmbeddedDocument:
    """Returns the chunks with the vectors that ingest would make of them."""
    sentences = [chunk.text[start:end] for chunk in chunks for start, end in chunk.sentences]
    return EmbeddedDocument(
        document_id=document.id,
        version=document.version,
        chunks=tuple(chunks),
        vectors=embedding.embed([chunk.embedded_text(document.title) for chunk in chunks]),
        sentence_vectors=embedding.embed(sentences),
    )


def make_snapshot(
    folder: Path, contents: Mapping[Document, Sequence[Chunk]], embedding: Embedding, *, generation: int = 1
) -> Snapshot:
    """Writes a snapshot of the documents and their chunks into a new folder and maps it."""
    embedded = [embed_document(document, chunks, embedding) for document, chunks in contents.items()]
    return write_embedded(folder, list(contents), embedded, embedding, generation=generation)


def write_embedded(
    folder: Path,
    documents: Sequence[Document],
    embedded: Sequence[EmbeddedDocument],
    embedding: Embedding,
    *,
    generation: int = 1,
) -> Snapshot:
    """Writes a snapshot of what is embedded already."""
    vectors = {found.document_id: found.sentence_vectors for found in embedded}
    chunks = (
        StoredChunk(document_id=found.document_id, version=found.version, chunk=chunk, vector=vector)
        for found in embedded
        for chunk, vector in zip(found.chunks, found.vectors, strict=True)
    )
    folder.mkdir(parents=True)
    parts = SnapshotParts(
        generation=generation,
        embedding=embedding.name,
        dimensions=embedding.dimensions,
        documents=documents,
        counts=[len(found.chunks) for found in embedded],
        chunks=chunks,
        sentence_vectors=lambda document: compact(vectors[document.id]),
    )
    write_snapshot(folder, parts)
    return load_snapshot(folder)


def one_chunk(text: str, *, heading: tuple[str, ...] = (), ordinal: int = 0) -> Chunk:
    """Returns a chunk whose sentences are its lines."""
    ends = np.cumsum([len(line) + 1 for line in text.split("\n")]).tolist()
    starts = [0, *ends[:-1]]
    spans = tuple((start, end - 1) for start, end in zip(starts, ends, strict=True) if end - 1 > start)
    return Chunk(ordinal=ordinal, text=text, heading=heading, sentences=spans)
