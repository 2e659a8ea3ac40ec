"""The catalogue: the rows of `documents`, which say what answers.

A row is the switch: a version's chunks count from the moment that its row says so, and no longer
once the row says another or is gone. Each change moves the workspace to its next generation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from core.db import workspaces
from core.errors import InputError, NotFoundError
from knowledge.documents.document import Document, documents
from knowledge.documents.index.document_row import document_of
from knowledge.documents.index.generation import advance
from knowledge.documents.roots import is_under
from knowledge.documents.sources import document_id, location_of
from knowledge.passages import EVERYONE, Audience

_AT_ONCE = 500
"""Databases limit how many values one statement may carry."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A document as the catalogue has it.

    `content_hash` is the digest of its bytes and of all that decides how they are read: where that
    is the same, nothing about the document is new.
    """

    document: Document
    content_hash: str
    chunks: int
    ingested_at: datetime


class Catalogue:
    """The documents of one workspace."""

    def __init__(self, engine: Engine, *, workspace_id: str) -> None:
        self._engine = engine
        self._workspace_id = workspace_id

    def documents_for(self, audience: Audience | None = EVERYONE) -> list[Listed]:
        """Returns what the audience may read (None: everything), by source."""
        query = select(documents).where(documents.c.workspace_id == self._workspace_id)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(documents.c.source, documents.c.id)).all()
        listed = map(_listed, rows)
        return [one for one in listed if audience is None or audience.may_read(one.document.audience)]

    def get(self, name: str, audience: Audience | None = EVERYONE) -> Listed:
        """Returns the document with that path, address, id or title, or the one whose path ends so.

        Raises `NotFoundError` where there is none that the audience may read, `InputError` where
        there are several.
        """
        found = _named(self.documents_for(audience), name)
        if len(found) > 1:
            sources = ", ".join(one.document.source for one in found)
            raise InputError(
                f"Several documents are called {name!r}: {sources}.", cure="Name one by its path."
            )
        if not found:
            raise NotFoundError(f"There is no document {name!r}.", cure="See: muster documents list")
        return found[0]

    def under(self, name: str) -> list[Listed]:
        """Returns all documents that came from a folder, or else the one with that name."""
        folder = location_of(name)
        found = [
            one
            for one in self.documents_for(None)
            if is_under(one.document.root, folder) or is_under(one.document.source, name.rstrip("/"))
        ]
        return found or [self.get(name, audience=None)]

    def replace(self, connection: Connection, rows: Sequence[Listed], *, embedding: str) -> None:
        """Puts rows in place of those with the same ids: the switch, in the caller's transaction."""
        if rows:
            self._delete(connection, [row.document.id for row in rows])
            connection.execute(documents.insert(), [self._values(row) for row in rows])
            advance(connection, workspace_id=self._workspace_id, embedding=embedding)

    def remove(self, connection: Connection, ids: Sequence[str], *, embedding: str) -> None:
        """Takes rows out, in the caller's transaction; their chunks count no more from then on."""
        if ids:
            self._delete(connection, ids)
            advance(connection, workspace_id=self._workspace_id, embedding=embedding)

    def replace_all(self, connection: Connection, rows: Sequence[Listed], *, embedding: str) -> None:
        """Puts rows in place of all there are, in the caller's transaction."""
        connection.execute(documents.delete().where(documents.c.workspace_id == self._workspace_id))
        if rows:
            connection.execute(documents.insert(), [self._values(row) for row in rows])
        advance(connection, workspace_id=self._workspace_id, embedding=embedding)

    def open_workspace(self, now: datetime) -> None:
        """Makes the workspace's own row where there is none. To be called under the writer's lock."""
        with self._engine.begin() as connection:
            mine = workspaces.c.id == self._workspace_id
            if connection.execute(select(workspaces.c.id).where(mine)).one_or_none() is None:
                connection.execute(workspaces.insert().values(id=self._workspace_id, created_at=now))

    def _delete(self, connection: Connection, ids: Sequence[str]) -> None:
        mine = documents.c.workspace_id == self._workspace_id
        for some in _batches(ids):
            connection.execute(documents.delete().where(mine, documents.c.id.in_(some)))

    def _values(self, row: Listed) -> dict[str, Any]:
        document = row.document
        every = document.review_every
        return {
            "workspace_id": self._workspace_id,
            "id": document.id,
            "source": document.source,
            "root": document.root,
            "version": document.version,
            "content_hash": row.content_hash,
            "title": document.title,
            "kind": document.kind,
            "owner": document.owner,
            "audience": sorted(document.audience),
            "reviewed": document.reviewed,
            "review_every_days": every.days if every else None,
            "link": document.link,
            "chunks": row.chunks,
            "ingested_at": row.ingested_at,
        }


def _named(listed: Sequence[Listed], name: str) -> list[Listed]:
    """Returns what a name means: an id or path before the end of a path, and that before a title."""
    ids = {name, document_id(location_of(name))}
    end = "/" + name.removeprefix("./").lstrip("/")
    exact = [one for one in listed if one.document.id in ids or one.document.source == name]
    ending = [one for one in listed if one.document.source.endswith(end)]
    titled = [one for one in listed if one.document.title.casefold() == name.casefold()]
    return exact[:1] or ending or titled


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        document=document_of(row),
        content_hash=row.content_hash,
        chunks=row.chunks,
        ingested_at=row.ingested_at,
    )


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
