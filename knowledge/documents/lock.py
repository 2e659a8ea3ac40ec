"""The writer's lock: two ingests into one home would break Chroma's folder without a word.

On one machine it is a lock on a file, which the system lets go when its holder dies, however it
dies. Where the records are in PostgreSQL, other machines may write as well: there a lock of the
database is held too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from core.errors import BusyError

LOCK_NAME = "ingest.lock"
PATIENCE_S = 1.0
"""Long enough for somebody who only looks whether the lock is free to let it go again."""
_KEY = 0x4D757374
"""The number of the lock in PostgreSQL, where locks have numbers."""


@contextmanager
def writing(home: Path, engine: Engine) -> Iterator[None]:
    """Holds the writer's lock; raises `BusyError` where another process has it."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / LOCK_NAME, timeout=PATIENCE_S), _in_database(engine):
            yield
    except Timeout as error:
        raise _busy(f"another process is writing to the index in {home}") from error


def is_being_written(home: Path) -> bool:
    """Tells whether an ingest is under way on this machine; leaves the lock as it was."""
    if not (home / LOCK_NAME).exists():
        return False
    try:
        with FileLock(home / LOCK_NAME, timeout=0):
            return False
    except Timeout:
        return True


@contextmanager
def _in_database(engine: Engine) -> Iterator[None]:
    """Holds PostgreSQL's lock for as long as one connection lives, or nothing where it is SQLite."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY})
        if not taken:
            raise _busy("another machine is writing to the index of this database")
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})


def _busy(why: str) -> BusyError:
    return BusyError(f"Nothing was changed: {why}.", cure="Try again when it has finished.")
