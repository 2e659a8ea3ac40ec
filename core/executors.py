"""Who runs workflows: a name for each process, held by a lock for as long as it lives.

A dead process's lock falls to the ground by itself (the file lock or the database session ends with
it), so whoever can take a name's lock knows that its owner is dead and may recover its workflows.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from core.errors import BusyError

MOST_EXECUTORS = 64
"""How many processes may share one database."""

NAMES = tuple(f"muster-{number}" for number in range(1, MOST_EXECUTORS + 1))


class Lease(Protocol):
    """The right to be one executor, until it is released or the process dies."""

    def held(self) -> bool:
        """Tells whether the lock still stands; a lost database session loses it."""
        ...

    def release(self) -> None:
        """Gives the name back."""
        ...


class Locks(Protocol):
    """Where the names are locked."""

    def take(self, name: str) -> Lease | None:
        """Takes the lock of `name` without waiting, or returns None where another holds it."""
        ...


class _FileLease:
    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def held(self) -> bool:
        return self._lock.is_locked

    def release(self) -> None:
        self._lock.release()


class FileLocks:
    """Locks for processes of one machine that share a folder: with SQLite."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, name: str) -> Lease | None:
        """Takes the lock of `name` without waiting, or returns None where another holds it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / f"{name}.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
        return _FileLease(lock)


class _SessionLease:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held(self) -> bool:
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def release(self) -> None:
        # The session's end frees the lock, also where the connection is already broken.
        self._connection.invalidate()
        self._connection.close()


class AdvisoryLocks:
    """Locks for processes of several machines that share a PostgreSQL database.

    Each lease holds a connection of its own, outside any transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, name: str) -> Lease | None:
        """Takes the lock of `name` without waiting, or returns None where another holds it."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        query = text("SELECT pg_try_advisory_lock(:space, :name)")
        numbers = {"space": _number("muster executor"), "name": _number(name)}
        if connection.execute(query, numbers).scalar():
            return _SessionLease(connection)
        connection.close()
        return None


def _number(words: str) -> int:
    """Returns a signed 32-bit number for `words`, the same in every process."""
    return zlib.crc32(words.encode()) - 2**31


def take_first(locks: Locks) -> tuple[str, Lease]:
    """Takes the first name that nobody holds, so that a restarted process gets its old one.

    Raises `BusyError` where all are taken.
    """
    for name in NAMES:
        lease = locks.take(name)
        if lease is not None:
            return name, lease
    raise BusyError(
        f"{MOST_EXECUTORS} Muster processes already run on this database.", cure="Stop one of them first."
    )
