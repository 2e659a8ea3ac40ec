"""Whom the documents of a workspace are for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, Text, cast, select

from knowledge.documents.document import documents
from knowledge.passages import Audience


@dataclass(frozen=True, kw_only=True)
class Restricted:
    """A document that is not for everyone, and the names it is for."""

    source: str
    audience: frozenset[str]


def restricted_documents(engine: Engine, workspace_id: str) -> tuple[Restricted, ...]:
    """Returns the documents that are not for everyone."""
    query = select(documents.c.source, documents.c.audience).where(
        documents.c.workspace_id == workspace_id, cast(documents.c.audience, Text) != "[]"
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Restricted(source=row.source, audience=frozenset(row.audience)) for row in rows if row.audience
    )


def present_audiences(engine: Engine, workspace_id: str) -> dict[str, frozenset[str]]:
    """Returns whom each document is for at this moment, by its id."""
    query = select(documents.c.id, documents.c.audience).where(documents.c.workspace_id == workspace_id)
    with engine.connect() as connection:
        return {row.id: frozenset(row.audience) for row in connection.execute(query)}


def closed_to(restricted: tuple[Restricted, ...], audience: Audience) -> frozenset[str]:
    """Returns the sources of those that `audience` may not read."""
    return frozenset(each.source for each in restricted if not audience.may_read(each.audience))


def names_of(restricted: tuple[Restricted, ...]) -> frozenset[str]:
    """Returns every name that some document is for."""
    return frozenset().union(*(each.audience for each in restricted))


@dataclass(frozen=True, kw_only=True)
class Known:
    """A document as a list shows it."""

    title: str
    kind: str
    owner: str
    source: str
    link: str


def readable_documents(engine: Engine, workspace_id: str, audience: Audience) -> tuple[Known, ...]:
    """Returns the documents that `audience` may read, by kind and title; the others leave no trace."""
    columns = documents.c
    query = (
        select(columns.title, columns.kind, columns.owner, columns.source, columns.link, columns.audience)
        .where(columns.workspace_id == workspace_id)
        .order_by(columns.kind, columns.title)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Known(title=row.title, kind=row.kind, owner=row.owner, source=row.source, link=row.link)
        for row in rows
        if audience.may_read(frozenset(row.audience))
    )
