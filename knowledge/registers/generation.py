"""The registers' generation: one number a workspace that moves with every change, and is also the lock."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from core.db import metadata

register_generations = Table(
    "register_generations",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("last_change", Integer, nullable=False),
    comment="How often a workspace's registers changed, and the number of its last change.",
)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The right to write: the `generation` that this write makes, and the last number that a change has."""

    generation: int
    last_change: int


def read_generation(connection: Connection, workspace_id: str) -> int:
    """Returns the number of the registers' last change of state; 0 before the first."""
    query = select(register_generations.c.generation).where(
        register_generations.c.workspace_id == workspace_id
    )
    return connection.scalar(query) or 0


def take_turn(connection: Connection, workspace_id: str) -> Turn:
    """Moves the generation on and holds its row until the transaction ends: writers come one by one.

    Call it before reading what the write depends on; nothing that others write can come between.
    """
    table = register_generations
    step = (
        update(table)
        .where(table.c.workspace_id == workspace_id)
        .values(generation=table.c.generation + 1)
        .returning(table.c.generation, table.c.last_change)
    )
    row = connection.execute(step).one_or_none()
    if row is None:
        _begin(connection, workspace_id)
        row = connection.execute(step).one()
    return Turn(generation=row.generation, last_change=row.last_change)


def _begin(connection: Connection, workspace_id: str) -> None:
    first = insert(register_generations).values(workspace_id=workspace_id, generation=0, last_change=0)
    try:
        with connection.begin_nested():
            connection.execute(first)
    except IntegrityError:
        return  # somebody else began at the same moment


def keep_last_change(connection: Connection, workspace_id: str, number: int) -> None:
    """Remembers the last number that was given to a change."""
    table = register_generations
    connection.execute(update(table).where(table.c.workspace_id == workspace_id).values(last_change=number))
