"""Proposals: what somebody who may not edit would change, until whoever is accountable says yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, Column, Connection, ForeignKey, Index, String, Table, Text, select, update

from core.db import UtcDateTime, metadata

State = Literal["open", "accepted", "declined"]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A change that waits: `before` is what the proposer saw (None: an added row), `after` what they want.

    `by` is who proposes; `asked` are the ids of people any of whom may accept. `after` is None to remove.
    """

    id: str
    at: datetime
    by: str
    kind: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str
    asked: tuple[str, ...]
    state: State = "open"
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""


proposals = Table(
    "proposals",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("key", String(700), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("why", Text, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("answered_by", String(200), nullable=False),
    Column("answered_at", UtcDateTime),
    Column("answer", Text, nullable=False),
    Index("ix_proposals_workspace_id_state", "workspace_id", "state"),
    comment="Changes that wait for somebody's yes, and those that had their answer.",
)


def read_proposals(connection: Connection, workspace_id: str, *, state: State = "open") -> list[Proposal]:
    """Returns the proposals in a state, oldest first."""
    query = select(proposals).where(proposals.c.workspace_id == workspace_id, proposals.c.state == state)
    rows = connection.execute(query.order_by(proposals.c.at, proposals.c.id)).mappings()
    return [_read(row) for row in rows]


def read_proposal(connection: Connection, workspace_id: str, proposal_id: str) -> Proposal | None:
    """Returns one proposal, locked until the transaction ends where the database can."""
    query = select(proposals).where(proposals.c.workspace_id == workspace_id, proposals.c.id == proposal_id)
    row = connection.execute(query.with_for_update()).mappings().one_or_none()
    return _read(row) if row else None


def answer_proposal(
    connection: Connection,
    workspace_id: str,
    proposal_id: str,
    *,
    state: State,
    by: str,
    at: datetime,
    why: str,
) -> None:
    """Notes what became of a proposal."""
    connection.execute(
        update(proposals)
        .where(proposals.c.workspace_id == workspace_id, proposals.c.id == proposal_id)
        .values(state=state, answered_by=by, answered_at=at, answer=why)
    )


def _read(row: Mapping[Any, Any]) -> Proposal:
    values = {name: row[name] for name in Proposal.__dataclass_fields__}
    return Proposal(**(values | {"asked": tuple(values["asked"])}))
