"""The conversations that Muster takes part in: who asked what where, and what was said to it.

Only what was said openly in a conversation belongs here, for it is the memory of everyone in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    ForeignKey,
    Index,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from core.db import UtcDateTime, metadata
from knowledge.passages import Turn

REMEMBERED_TURNS = 4
LONGEST_ANSWER = 2_000

threads = Table(
    "threads",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("thread_ts", String(32), nullable=False),
    Column("asker", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("ask", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_threads_workspace_id_channel_thread_ts", "workspace_id", "channel", "thread_ts"),
    comment="One row an exchange in Slack: where Muster has answered, it hears follow-ups.",
)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A question asked in a conversation and what was openly said to it.

    `key` is the question's own: team, channel and message. `thread_ts` is empty outside threads.
    `answer` is empty where nothing was found that may be said openly; `found` says whether the asker
    was answered at all, be it in private. `ask` is whom the answer named, in words, or empty.
    """

    key: str
    channel: str
    thread_ts: str
    asker: str
    question: str
    answer: str
    found: bool
    ask: str
    at: datetime


class Threads:
    """The exchanges of one workspace."""

    def __init__(self, engine: Engine, workspace_id: str) -> None:
        self._engine = engine
        self._workspace_id = workspace_id

    def note(self, exchange: Exchange) -> None:
        """Keeps an exchange; the same key again replaces it."""
        values = {name: getattr(exchange, name) for name in Exchange.__dataclass_fields__}
        values["answer"] = exchange.answer[:LONGEST_ANSWER]
        mine = (threads.c.workspace_id == self._workspace_id, threads.c.key == exchange.key)
        with self._engine.begin() as connection:
            connection.execute(delete(threads).where(*mine))
            connection.execute(insert(threads).values(workspace_id=self._workspace_id, **values))

    def get(self, key: str) -> Exchange | None:
        """Returns the exchange that began with the question of that key."""
        query = select(threads).where(threads.c.workspace_id == self._workspace_id, threads.c.key == key)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _exchange(row) if row else None

    def is_ours(self, channel: str, thread_ts: str) -> bool:
        """Tells whether Muster has answered in that thread."""
        return bool(self._last(channel, thread_ts, most=1))

    def history(self, channel: str, thread_ts: str, *, since: datetime | None = None) -> tuple[Turn, ...]:
        """Returns the last turns of a conversation, oldest first; `since` leaves out what is older."""
        last = self._last(channel, thread_ts, most=REMEMBERED_TURNS)
        return tuple(
            Turn(question=exchange.question, answer=exchange.answer)
            for exchange in reversed(last)
            if since is None or exchange.at >= since
        )

    def open_questions(self, asker: str, *, within: timedelta, now: datetime) -> Sequence[Exchange]:
        """Returns what somebody asked lately and got no answer to, the newest first."""
        query = (
            select(threads)
            .where(
                threads.c.workspace_id == self._workspace_id,
                threads.c.asker == asker,
                threads.c.found.is_(False),
                threads.c.at >= now - within,
            )
            .order_by(threads.c.at.desc())
        )
        with self._engine.connect() as connection:
            return [_exchange(row) for row in connection.execute(query.limit(10))]

    def _last(self, channel: str, thread_ts: str, *, most: int) -> list[Exchange]:
        query = (
            select(threads)
            .where(
                threads.c.workspace_id == self._workspace_id,
                threads.c.channel == channel,
                threads.c.thread_ts == thread_ts,
            )
            .order_by(threads.c.at.desc())
        )
        with self._engine.connect() as connection:
            return [_exchange(row) for row in connection.execute(query.limit(most))]


def _exchange(row: Row[Any]) -> Exchange:
    return Exchange(**{name: getattr(row, name) for name in Exchange.__dataclass_fields__})
