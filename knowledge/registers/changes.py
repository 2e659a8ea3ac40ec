"""Changes: the one table in which every edit of a register stays, from what to what, by whom and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, Column, Connection, ForeignKey, Index, Integer, String, Table, Text, select

from core.db import UtcDateTime, metadata

Via = Literal["slack", "yaml", "cli"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One edit of one entry. `before` is None for an added entry, `after` for a removed one.

    `who` is a person's id, or whatever the editor goes by. `number` grows with each change of a workspace.
    """

    number: int
    at: datetime
    who: str
    via: Via
    kind: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str = ""

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """Returns what differs, by field: from what, to what."""
        before, after = self.before or {}, self.after or {}
        names = dict.fromkeys([*before, *after])
        return {n: (before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)}


changes = Table(
    "changes",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(200), nullable=False),
    Column("via", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("key", String(700), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("why", Text, nullable=False),
    Index("ix_changes_workspace_id_kind_key", "workspace_id", "kind", "key"),
    comment="Every edit of a register; rows are only ever added.",
)


def read_changes(
    connection: Connection, workspace_id: str, *, kind: str = "", key: str = "", limit: int = 50
) -> list[Change]:
    """Returns the newest changes first, of one register or one entry where named."""
    query = select(changes).where(changes.c.workspace_id == workspace_id)
    if kind:
        query = query.where(changes.c.kind == kind)
    if key:
        query = query.where(changes.c.key == key)
    rows = connection.execute(query.order_by(changes.c.number.desc()).limit(limit)).mappings()
    return [Change(**{name: row[name] for name in Change.__dataclass_fields__}) for row in rows]
