"""The database: one MetaData for every table, and how an engine is opened.

SQLite by default, PostgreSQL by `DATABASE_URL`. Every row belongs to a workspace.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    URL,
    Column,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.types import TypeDecorator

from core.errors import SettingError

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BUSY_TIMEOUT_MS = 10_000
POSTGRESQL = frozenset({"postgresql", "postgres"})


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Gives the database UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"the database keeps aware times only, got {value!r}"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Takes what the database gives as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("slack_team_id", String(32), unique=True),
    Column("generation", Integer, nullable=False, default=0, server_default="0"),
    Column("embedding", String(200), nullable=False, default="", server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    comment="One row an installation: its key, its Slack team, the state of its index.",
)


def open_engine(url: str) -> Engine:
    """Opens an engine for `url`, with SQLite set to write ahead and to wait for locks.

    Its errors don't show what was written: that may be private. Raises `SettingError`, without the
    address, which may hold a password, for one that is neither PostgreSQL's nor SQLite's.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() in POSTGRESQL:
        address = parsed.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True, pool_size=10, hide_parameters=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _parsed(url: str) -> URL:
    cure = "Write postgresql://user:password@host/name, or leave it empty for SQLite in MUSTER_HOME."
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingError("DATABASE_URL is no address of a database.", cure=cure) from None
    if parsed.get_backend_name() not in POSTGRESQL | {"sqlite"}:
        raise SettingError(f"DATABASE_URL is for {parsed.get_backend_name()!r}, not PostgreSQL.", cure=cure)
    return parsed


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor: Any = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()
