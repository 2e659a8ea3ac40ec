"""The team in the database: read whole, written entry by entry, each with its change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Table, bindparam, delete, insert, select

from knowledge.registers.changes import Via, changes
from knowledge.registers.decisions import decisions
from knowledge.registers.forms import from_form, to_form
from knowledge.registers.generation import Turn, keep_last_change
from knowledge.registers.initiatives import initiatives
from knowledge.registers.models import models
from knowledge.registers.people import people
from knowledge.registers.responsibilities import responsibilities
from knowledge.registers.rituals import rituals
from knowledge.registers.roles import roles
from knowledge.registers.team import Entry, Team

TABLES: dict[str, Table] = {
    "person": people,
    "role": roles,
    "initiative": initiatives,
    "model": models,
    "responsibility": responsibilities,
    "decision": decisions,
    "ritual": rituals,
}


@dataclass(frozen=True, kw_only=True)
class Edit:
    """An entry before and after: None before for an added one, None after for a removed one."""

    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """Returns the entry as it is now, or as it was before it went."""
        entry = self.after or self.before
        if entry is None:
            msg = "an edit needs an entry before or after"
            raise ValueError(msg)
        return entry


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who changes something, through what, when and why."""

    who: str
    via: Via
    at: datetime
    why: str = ""


def load_team(connection: Connection, workspace_id: str) -> Team:
    """Reads every register of a workspace."""
    return Team.of(entry for kind in TABLES for entry in _load(connection, workspace_id, kind))


def _load(connection: Connection, workspace_id: str, kind: str) -> Iterable[Entry]:
    table = TABLES[kind]
    rows = connection.execute(
        select(table).where(table.c.workspace_id == workspace_id).order_by(table.c.key)
    ).mappings()
    for row in rows:
        yield from_form(kind, {k: v for k, v in row.items() if k not in {"workspace_id", "key"}})


def write(
    connection: Connection, workspace_id: str, edits: Sequence[Edit], *, turn: Turn, signature: Signature
) -> None:
    """Writes entries and their changes; the caller holds the turn and the transaction."""
    for kind, table in TABLES.items():
        of_kind = [edit for edit in edits if edit.entry.kind == kind]
        if not of_kind:
            continue
        _clear(connection, workspace_id, table, of_kind)
        rows = [_to_row(workspace_id, edit.after) for edit in of_kind if edit.after is not None]
        if rows:
            connection.execute(insert(table), rows)
    numbered = list(enumerate(edits, start=turn.last_change + 1))
    if numbered:
        rows = [_to_change(workspace_id, number, edit, signature) for number, edit in numbered]
        connection.execute(insert(changes), rows)
        keep_last_change(connection, workspace_id, numbered[-1][0])


def _clear(connection: Connection, workspace_id: str, table: Table, edits: Sequence[Edit]) -> None:
    keys = [{"gone": edit.before.key} for edit in edits if edit.before is not None]
    if keys:
        gone = delete(table).where(table.c.workspace_id == workspace_id, table.c.key == bindparam("gone"))
        connection.execute(gone, keys)


def _to_row(workspace_id: str, entry: Entry) -> dict[str, Any]:
    form = to_form(entry)
    row: dict[str, Any] = {"workspace_id": workspace_id, "key": entry.key}
    for column in TABLES[entry.kind].c:
        if column.name not in row:
            is_json = isinstance(column.type, JSON)
            row[column.name] = form[column.name] if is_json else getattr(entry, column.name)
    return row


def _to_change(workspace_id: str, number: int, edit: Edit, signature: Signature) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "number": number,
        "at": signature.at,
        "who": signature.who,
        "via": signature.via,
        "kind": edit.entry.kind,
        "key": edit.entry.key,
        "before": to_form(edit.before) if edit.before is not None else None,
        "after": to_form(edit.after) if edit.after is not None else None,
        "why": signature.why,
    }
