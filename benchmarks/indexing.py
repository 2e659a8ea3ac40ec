"""Makes snapshots of a collection's texts with Muster's own chunker and embedding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmarks.public_collections import Text
from knowledge.documents.blocks import parse_blocks
from knowledge.documents.chunking import chunk_text, fitting_title
from knowledge.documents.document import Chunk, Document
from knowledge.documents.embeddings import Embedding, Vectors
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.fakes import write_embedded
from knowledge.documents.index.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """Documents with their chunks and vectors, in one order."""

    documents: tuple[Document, ...]
    embedded: tuple[EmbeddedDocument, ...]

    @property
    def texts(self) -> list[str]:
        """What was embedded for each chunk."""
        found = zip(self.documents, self.embedded, strict=True)
        return [
            chunk.embedded_text(document.title) for document, embedded in found for chunk in embedded.chunks
        ]

    @property
    def vectors(self) -> Vectors:
        """A row a chunk."""
        return np.concatenate([embedded.vectors for embedded in self.embedded])

    @property
    def ids(self) -> list[str]:
        """The document of each chunk."""
        return [embedded.document_id for embedded in self.embedded for _ in embedded.chunks]

    def only(self, ids: frozenset[str]) -> Indexed:
        """Returns the part with these documents; nothing is embedded again."""
        return Indexed(
            documents=tuple(document for document in self.documents if document.id in ids),
            embedded=tuple(embedded for embedded in self.embedded if embedded.document_id in ids),
        )

    def write(self, folder: Path, *, embedding: Embedding) -> Snapshot:
        """Writes a snapshot into a new folder and maps it."""
        return write_embedded(folder, self.documents, self.embedded, embedding)


def index_texts(texts: Sequence[Text], embedding: Embedding, *, cache: Path | None) -> Indexed:
    """Chunks and embeds the texts; `cache` keeps vectors between runs. Empty texts are left out."""
    documents, chunks = [], []
    for text in texts:
        if text.text.strip():
            title = fitting_title(text.title, window=embedding.window, count_tokens=embedding.count_tokens)
            documents.append(Document(id=text.id, source=text.id, root="", version="1", title=title))
            chunks.append(_chunks(text.text.strip() + "\n", title, embedding))
    found = list(zip(documents, chunks, strict=True))
    whole = [chunk.embedded_text(document.title) for document, some in found for chunk in some]
    sentences = [chunk.text[start:end] for some in chunks for chunk in some for start, end in chunk.sentences]
    vectors = _split(embed_cached(whole, embedding, cache=cache), [len(some) for some in chunks])
    counts = [sum(len(chunk.sentences) for chunk in some) for some in chunks]
    near = _split(embed_cached(sentences, embedding, cache=cache), counts)
    return Indexed(
        documents=tuple(documents),
        embedded=tuple(
            EmbeddedDocument(
                document_id=document.id,
                version="1",
                chunks=some,
                vectors=rows,
                sentence_vectors=sentence_rows,
            )
            for (document, some), rows, sentence_rows in zip(found, vectors, near, strict=True)
        ),
    )


def embed_cached(texts: list[str], embedding: Embedding, *, cache: Path | None) -> Vectors:
    if cache is None:
        return embedding.embed(texts)
    digest = sha256("\0".join([embedding.name, *texts]).encode()).hexdigest()[:24]
    path = cache / f"{digest}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        np.save(path, embedding.embed(texts))
    found: Vectors = np.load(path)
    return found


def _chunks(text: str, title: str, embedding: Embedding) -> tuple[Chunk, ...]:
    blocks = parse_blocks(text)
    window = embedding.window
    return chunk_text(text, blocks, title=title, window=window, count_tokens=embedding.count_tokens)


def _split(rows: Vectors, sizes: list[int]) -> list[Vectors]:
    return np.split(rows, np.cumsum(sizes)[:-1])
