"""What was said, is being said, and could not be said: the rows that delivery stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Engine, ForeignKey, Index, Integer, Row, String, Table, Text, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.clock import Clock
from core.db import UtcDateTime, metadata

State = Literal["wanted", "sending", "streaming", "sent", "failed"]

deliveries = Table(
    "deliveries",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("wanted_digest", String(64), nullable=False, default=""),
    Column("shown_digest", String(64), nullable=False, default=""),
    Column("channel", String(32), nullable=False, default=""),
    Column("thread_ts", String(32), nullable=False, default=""),
    Column("ts", String(32), nullable=False, default=""),
    Column("error", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_deliveries_workspace_id_channel_ts", "workspace_id", "channel", "ts"),
    comment="One row a thing said in Slack: where it stands, or why it does not.",
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of the log. `revision` counts the wordings that were wanted, from 1."""

    key: str
    state: State
    revision: int
    wanted_digest: str
    shown_digest: str
    channel: str
    thread_ts: str
    ts: str
    error: str
    attempts: int


class DeliveryLog:
    """Reads and writes the rows of one workspace, each change in a transaction of its own."""

    def __init__(self, engine: Engine, workspace_id: str, clock: Clock) -> None:
        self._engine = engine
        self._workspace_id = workspace_id
        self._clock = clock

    def want(self, key: str, digest: str) -> Entry:
        """Notes that `key` shall be said with the wording of `digest`; the same again changes nothing."""
        now = self._clock.now()
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        fresh = insert(deliveries).values(
            workspace_id=self._workspace_id,
            key=key,
            state="wanted",
            revision=1,
            wanted_digest=digest,
            begun_at=now,
            changed_at=now,
        )
        other = fresh.on_conflict_do_update(
            index_elements=["workspace_id", "key"],
            set_={"wanted_digest": digest, "revision": deliveries.c.revision + 1, "changed_at": now},
            where=deliveries.c.wanted_digest != digest,
        )
        with self._engine.begin() as connection:
            connection.execute(other)
            row = connection.execute(self._select(key)).one()
        return _entry(row)

    def get(self, key: str) -> Entry | None:
        """Returns what is known of `key`."""
        with self._engine.connect() as connection:
            row = connection.execute(self._select(key)).one_or_none()
        return _entry(row) if row else None

    def at(self, channel: str, ts: str) -> Entry | None:
        """Returns what stands in `channel` at `ts`, if it was said here."""
        query = select(deliveries).where(
            deliveries.c.workspace_id == self._workspace_id,
            deliveries.c.channel == channel,
            deliveries.c.ts == ts,
        )
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
        return _entry(row) if row else None

    def failed(self) -> list[Entry]:
        """Returns what could not be said, the newest first."""
        query = (
            select(deliveries)
            .where(deliveries.c.workspace_id == self._workspace_id, deliveries.c.state == "failed")
            .order_by(deliveries.c.changed_at.desc())
        )
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query.limit(100))]

    def sending(self, key: str, *, channel: str, thread_ts: str, state: State = "sending") -> None:
        """Notes, before the first call, that `key` may stand in a channel from now on."""
        self._change(
            key,
            state=state,
            channel=channel,
            thread_ts=thread_ts,
            attempts=deliveries.c.attempts + 1,
            error="",
        )

    def streaming(self, key: str, ts: str) -> None:
        """Notes where a message stands that is still being written."""
        self._change(key, state="streaming", ts=ts)

    def sent(self, key: str, *, ts: str, digest: str) -> None:
        """Notes that `key` stands at `ts` with the wording of `digest`."""
        self._change(key, state="sent", ts=ts, shown_digest=digest, error="")

    def refused(self, key: str, error: str) -> None:
        """Notes why `key` could not be said."""
        self._change(key, state="failed", error=error)

    def _change(self, key: str, **values: Any) -> None:
        change = (
            update(deliveries)
            .where(deliveries.c.workspace_id == self._workspace_id, deliveries.c.key == key)
            .values(changed_at=self._clock.now(), **values)
        )
        with self._engine.begin() as connection:
            connection.execute(change)

    def _select(self, key: str) -> Any:
        return select(deliveries).where(
            deliveries.c.workspace_id == self._workspace_id, deliveries.c.key == key
        )


def _entry(row: Row[Any]) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})
