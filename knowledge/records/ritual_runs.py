"""The runs of rituals: what each slot did, which were missed, which ritual rests, how far we looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    Column,
    Date,
    Engine,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    select,
    update,
)

from core.clock import Clock
from core.db import UtcDateTime, metadata
from knowledge.records.upserting import add_once, put

State = Literal["started", "said", "silent", "missed", "failed"]
"""Started and not yet done; said something; had nothing to say; was too late; could not be done."""

ritual_runs = Table(
    "ritual_runs",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(400), primary_key=True),
    Column("ritual", String(200), nullable=False),
    Column("phase", String(40), nullable=False),
    Column("day", Date, nullable=False),
    Column("person", String(100), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("messages", Integer, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("remark", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_ritual_runs_workspace_id_due_at", "workspace_id", "due_at"),
    Index("ix_ritual_runs_workspace_id_ritual_day", "workspace_id", "ritual", "day"),
    comment="One row a slot that was run or missed.",
)

ritual_states = Table(
    "ritual_states",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("ritual", String(200), primary_key=True),
    Column("active_since", UtcDateTime, nullable=False),
    Column("paused_at", UtcDateTime),
    Column("paused_by", String(100), nullable=False, default="", server_default=""),
    comment="Since when a ritual counts, and whether it is paused.",
)

ritual_watermarks = Table(
    "ritual_watermarks",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("seen_until", UtcDateTime, nullable=False),
    comment="Until when due slots were looked for.",
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A slot and what became of it; `remark` is a few words for people, `messages` how many were said.

    `rounds` is above 0 where more is to be said once the first words stand: how often that is still tried.
    """

    key: str
    ritual: str
    phase: str
    day: date
    due_at: datetime
    person: str = ""
    state: State = "started"
    messages: int = 0
    rounds: int = 0
    remark: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RitualState:
    """Since when a ritual counts; `paused_at` is None where it runs."""

    ritual: str
    active_since: datetime
    paused_at: datetime | None = None
    paused_by: str = ""


class RitualRuns:
    """The runs and states of one workspace's rituals."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str) -> None:
        self._engine = engine
        self._clock = clock
        self._workspace_id = workspace_id

    def begin(self, runs: Iterable[Run]) -> None:
        """Notes slots as started or missed; those that are known keep what became of them."""
        now = self._clock.now()
        with self._engine.begin() as connection:
            for run in runs:
                add_once(connection, ritual_runs, self._row(run, now))

    def end(self, run: Run) -> None:
        """Notes what became of a slot."""
        with self._engine.begin() as connection:
            put(connection, ritual_runs, self._row(run, self._clock.now()))

    def get(self, key: str) -> Run | None:
        """Returns what is known of a slot."""
        query = select(ritual_runs).where(*self._mine(ritual_runs), ritual_runs.c.key == key)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _run(row) if row else None

    def known_since(self, at: datetime) -> frozenset[str]:
        """Returns the keys of all slots due since `at` that were run or missed."""
        query = select(ritual_runs.c.key).where(*self._mine(ritual_runs), ritual_runs.c.due_at >= at)
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))

    def unfinished(self) -> Sequence[Run]:
        """Returns the runs that have more to say, oldest first."""
        query = select(ritual_runs).where(*self._mine(ritual_runs), ritual_runs.c.rounds > 0)
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query.order_by(ritual_runs.c.due_at))]

    def history(self, ritual: str = "", *, limit: int = 50) -> Sequence[Run]:
        """Returns the latest runs first, of one ritual where named."""
        query = select(ritual_runs).where(*self._mine(ritual_runs))
        if ritual:
            query = query.where(ritual_runs.c.ritual == ritual)
        query = query.order_by(ritual_runs.c.due_at.desc(), ritual_runs.c.key).limit(limit)
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query)]

    def states(self) -> dict[str, RitualState]:
        """Returns the states by the rituals' names."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(ritual_states).where(*self._mine(ritual_states))).all()
        return {row.ritual: _state(row) for row in rows}

    def activate(self, ritual: str, since: datetime) -> RitualState:
        """Lets a ritual count from `since` on; one that counts already keeps its day."""
        values = {"workspace_id": self._workspace_id, "ritual": ritual, "active_since": since}
        with self._engine.begin() as connection:
            add_once(connection, ritual_states, values)
        return self.states()[ritual]

    def pause(self, ritual: str, by: str) -> None:
        """Lets a ritual rest; what falls due meanwhile never happens."""
        now = self._clock.now()
        values = {"workspace_id": self._workspace_id, "ritual": ritual, "active_since": now}
        with self._engine.begin() as connection:
            add_once(connection, ritual_states, values)
            change = update(ritual_states).where(
                *self._mine(ritual_states),
                ritual_states.c.ritual == ritual,
                ritual_states.c.paused_at.is_(None),
            )
            connection.execute(change.values(paused_at=now, paused_by=by))

    def resume(self, ritual: str) -> None:
        """Lets a ritual go on from now."""
        change = update(ritual_states).where(
            *self._mine(ritual_states),
            ritual_states.c.ritual == ritual,
            ritual_states.c.paused_at.is_not(None),
        )
        with self._engine.begin() as connection:
            connection.execute(change.values(paused_at=None, paused_by="", active_since=self._clock.now()))

    def seen_until(self) -> datetime | None:
        """Returns until when due slots were looked for; None before the first time."""
        query = select(ritual_watermarks.c.seen_until).where(*self._mine(ritual_watermarks))
        with self._engine.connect() as connection:
            return connection.scalar(query)

    def see(self, until: datetime) -> None:
        """Notes that what is due up to `until` was started; the mark never goes back."""
        with self._engine.begin() as connection:
            values = {"workspace_id": self._workspace_id, "seen_until": until}
            if not add_once(connection, ritual_watermarks, values):
                connection.execute(
                    update(ritual_watermarks)
                    .where(*self._mine(ritual_watermarks), ritual_watermarks.c.seen_until < until)
                    .values(seen_until=until)
                )

    def _mine(self, table: Table) -> tuple[Any]:
        return (table.c.workspace_id == self._workspace_id,)

    def _row(self, run: Run, now: datetime) -> dict[str, Any]:
        values = {name: getattr(run, name) for name in Run.__dataclass_fields__}
        return values | {"workspace_id": self._workspace_id, "at": now}


def _run(row: Row[Any]) -> Run:
    return Run(**{name: getattr(row, name) for name in Run.__dataclass_fields__})


def _state(row: Row[Any]) -> RitualState:
    return RitualState(**{name: getattr(row, name) for name in RitualState.__dataclass_fields__})
