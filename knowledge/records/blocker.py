"""A blocker: what is in somebody's way, who owns it, how far it has climbed, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text

from core.db import UtcDateTime, metadata

Level = Literal["responsible", "accountable", "sponsor"]
LEVELS: tuple[Level, ...] = ("responsible", "accountable", "sponsor")
What = Literal[
    "reported", "restated", "routed", "corrected", "climbed", "asked", "news", "resolved", "reopened"
]
blockers = Table(
    "blockers",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("ritual", String(200), nullable=False),
    Column("reporter", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("initiative", String(200), nullable=False),
    Column("since", Date, nullable=False),
    Column("reported_on", Date, nullable=False),
    Column("owner", String(100), nullable=False),
    Column("route", Text, nullable=False),
    Column("row_key", String(700), nullable=False),
    Column("level", String(20), nullable=False),
    Column("audience", JSON, nullable=False),
    Column("news_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Column("resolved_by", String(100), nullable=False),
    Index("ix_blockers_workspace_id_resolved_at", "workspace_id", "resolved_at"),
    comment="One row a thing in somebody's way.",
)

blocker_events = Table(
    "blocker_events",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("blocker", String(32), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("what", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(100), nullable=False),
    Column("words", Text, nullable=False),
    comment="The story of each blocker; rows are only ever added.",
)


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """Something that stops somebody's work.

    `since` is the day from which its age counts. `owner` is the id of who has it now, empty where nobody
    was found; `route` says in words how they were found, `row_key` by which row of the register. `level`
    is how far it has climbed. `news_at` is when something was last heard of it.
    """

    id: str
    ritual: str
    reporter: str
    text: str
    initiative: str = ""
    since: date
    reported_on: date
    owner: str = ""
    route: str = ""
    row_key: str = ""
    level: Level = "responsible"
    audience: tuple[str, ...] = ()
    news_at: datetime
    resolved_at: datetime | None = None
    resolved_by: str = ""

    @property
    def is_open(self) -> bool:
        """Tells whether it is still in the way."""
        return self.resolved_at is None


@dataclass(frozen=True, kw_only=True)
class BlockerEvent:
    """One thing that happened to a blocker; `key` makes it happen once."""

    blocker: str
    key: str
    what: What
    at: datetime
    who: str = ""
    words: str = ""


def blocker_id(ritual: str, day: date, reporter: str, text: str) -> str:
    """Returns the id of what somebody reported on a day."""
    return sha256(f"{ritual}\n{day}\n{reporter}\n{text}".encode()).hexdigest()[:16]
