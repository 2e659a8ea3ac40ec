"""The audience that a folder was ingested for: remembered, so that forgetting to say it widens nothing.

`muster ingest ~/hr --audience "#hr"` and, a week later, `muster ingest ~/hr`: what is new in the
folder is for #hr as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from sqlalchemy import JSON, Column, Connection, ForeignKey, String, Table, Text, select

from core.db import metadata

document_roots = Table(
    "document_roots",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("root", Text, primary_key=True),
    Column("audience", JSON, nullable=False),
    comment="Who reads what stands under a path and names no audience itself; a row an --audience.",
)

Audiences = Mapping[str, frozenset[str]]


def remember_audience(
    connection: Connection, *, workspace_id: str, roots: Iterable[str], audience: frozenset[str]
) -> None:
    """Keeps the audience (empty: everyone) for all that stands under the roots."""
    table = document_roots
    for root in roots:
        mine = (table.c.workspace_id == workspace_id, table.c.root == root)
        connection.execute(table.delete().where(*mine))
        connection.execute(
            table.insert().values(workspace_id=workspace_id, root=root, audience=sorted(audience))
        )


def remembered_audiences(connection: Connection, *, workspace_id: str) -> Audiences:
    """Returns the audiences by root."""
    table = document_roots
    rows = connection.execute(
        select(table.c.root, table.c.audience).where(table.c.workspace_id == workspace_id)
    )
    return {row.root: frozenset(row.audience) for row in rows}


def audience_at(location: str, audiences: Audiences) -> frozenset[str]:
    """Returns the audience of the nearest root above a location; empty, everyone, where there is none."""
    if location in audiences or "://" in location:
        return audiences.get(location, frozenset())
    for parent in PurePosixPath(location).parents:
        if str(parent) in audiences:
            return audiences[str(parent)]
    return frozenset()


def is_under(location: str, root: str) -> bool:
    """Tells whether a location is a root or stands below it; below an address stands nothing.

    `https://wiki/team` is a page, and `https://wiki/team/rates` another that nobody asked to take out.
    """
    return location == root or ("://" not in root and location.startswith(root.rstrip("/") + "/"))
