"""The switch: how new versions of documents come to count, all of a group at once or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from knowledge.documents.catalogue import Catalogue, Listed
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.sentence_vectors import drop_sentence_vectors, put_sentence_vectors
from knowledge.documents.index.store import ChunkStore


class Switch:
    """Writes to both stores, then to the rows.

    With `held`, the rows wait for `finish` and then take the place of all there were: that is how
    one embedding's index gives way to another's, of which a reader must never see half.
    """

    def __init__(
        self,
        engine: Engine,
        store: ChunkStore,
        catalogue: Catalogue,
        *,
        workspace_id: str,
        embedding: str,
        held: bool,
    ) -> None:
        self._engine = engine
        self._store = store
        self._catalogue = catalogue
        self._workspace_id = workspace_id
        self._embedding = embedding
        self._held: list[Listed] | None = [] if held else None

    @property
    def holds(self) -> bool:
        """Tells whether nothing counts before `finish`."""
        return self._held is not None

    def clean(self) -> None:
        """Deletes what no row refers to: the remains of a killed run, or what this one replaced."""
        rows = self._catalogue.documents_for(None)
        keep = {row.document.id: row.document.version for row in rows}
        self._store.drop(keep)
        with self._engine.begin() as connection:
            drop_sentence_vectors(connection, workspace_id=self._workspace_id, keep=keep)

    def has_lost_chunks(self) -> bool:
        """Tells, of a clean store, whether it has fewer chunks than the rows say."""
        return self._store.count() != sum(row.chunks for row in self._catalogue.documents_for(None))

    def put(self, embedded: Sequence[EmbeddedDocument], rows: Sequence[Listed]) -> None:
        """Writes a group's chunks and vectors, then switches its rows over."""
        self._store.put(embedded)
        with self._engine.begin() as connection:
            put_sentence_vectors(connection, workspace_id=self._workspace_id, embedded=embedded)
        self.update(rows)

    def update(self, rows: Sequence[Listed]) -> None:
        """Switches rows over whose chunks are in the stores already."""
        if self._held is not None:
            self._held += rows
            return
        with self._engine.begin() as connection:
            self._catalogue.replace(connection, rows, embedding=self._embedding)

    def finish(self, gone: Sequence[str]) -> None:
        """Takes out the documents with the ids in `gone`, switches what is held, and cleans up."""
        with self._engine.begin() as connection:
            if self._held is None:
                self._catalogue.remove(connection, gone, embedding=self._embedding)
            else:
                self._catalogue.replace_all(connection, self._held, embedding=self._embedding)
        self.clean()
