"""The sentences' vectors in SQL: a byte a number, one row a version of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Integer, LargeBinary, String, Table, select

from core.db import metadata
from knowledge.documents.embeddings.embedding import Vectors
from knowledge.documents.index.embedded import EmbeddedDocument

sentence_vectors = Table(
    "sentence_vectors",
    metadata,
    Column("workspace_id", String(64), primary_key=True),
    Column("document_id", String(64), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("dimensions", Integer, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
    comment="Directions of sentences, int8; the chunks' own vectors are in Chroma.",
)

STEPS = 127


def compact(vectors: Vectors) -> NDArray[np.int8]:
    """Returns each row scaled to fill a byte: its direction is kept to 0.9999, its length is not."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-12)
    steps: NDArray[np.int8] = np.rint(vectors * (STEPS / largest)).astype(np.int8)
    return steps


def put_sentence_vectors(
    connection: Connection, *, workspace_id: str, embedded: Sequence[EmbeddedDocument]
) -> None:
    """Writes the documents' sentence vectors; writing them again changes nothing."""
    table = sentence_vectors
    for document in embedded:
        key = {
            "workspace_id": workspace_id,
            "document_id": document.document_id,
            "version": document.version,
        }
        connection.execute(table.delete().where(*(table.c[name] == value for name, value in key.items())))
        rows = compact(document.sentence_vectors)
        connection.execute(table.insert().values(**key, dimensions=rows.shape[1], vectors=rows.tobytes()))


def sentence_vectors_of(
    connection: Connection, *, workspace_id: str, document_id: str, version: str
) -> NDArray[np.int8] | None:
    """Returns a row a sentence of that version, in the document's order, or None where there is none."""
    table = sentence_vectors
    columns = (table.c.dimensions, table.c.vectors)
    key = (table.c.workspace_id, table.c.document_id, table.c.version)
    wanted = zip(key, (workspace_id, document_id, version), strict=True)
    row = connection.execute(
        select(*columns).where(*(column == value for column, value in wanted))
    ).one_or_none()
    if row is None:
        return None
    return np.frombuffer(row.vectors, dtype=np.int8).reshape(-1, row.dimensions)


def drop_sentence_vectors(connection: Connection, *, workspace_id: str, keep: Mapping[str, str]) -> int:
    """Deletes every row but those of `keep` (document id -> version); returns how many went."""
    table = sentence_vectors
    mine = table.c.workspace_id == workspace_id
    found = connection.execute(select(table.c.document_id, table.c.version).where(mine)).all()
    gone = [(row.document_id, row.version) for row in found if keep.get(row.document_id) != row.version]
    for document_id, version in gone:
        connection.execute(
            table.delete().where(mine, table.c.document_id == document_id, table.c.version == version)
        )
    return len(gone)
