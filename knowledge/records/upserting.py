"""Rows written on their natural keys, so that a step that is repeated after a crash changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def add_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Adds a row unless there is one with its key; tells whether it was added."""
    statement = _insert(connection, table).values(**values).on_conflict_do_nothing()
    key = next(iter(table.primary_key.columns))
    return connection.execute(statement.returning(key)).first() is not None


def put(
    connection: Connection, table: Table, values: Mapping[str, Any], *, keeping: Sequence[str] = ()
) -> None:
    """Adds a row, or changes the one with its key; `keeping` names columns that keep their first value."""
    keys = [column.name for column in table.primary_key.columns]
    changed = {name: value for name, value in values.items() if name not in {*keys, *keeping}}
    statement = _insert(connection, table).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _insert(connection: Connection, table: Table) -> Any:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table)
