"""The schema: brought to its newest version by Alembic, quickly where it is already there."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

from core.errors import PermanentError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x4D555354  # "MUST": one migration at a time on a PostgreSQL server


def newest_version() -> str:
    """Returns the name of the newest migration: its file's number."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current_version(connection: Connection) -> str | None:
    """Returns the version that the database has, None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def upgrade(engine: Engine) -> None:
    """Brings the database to the newest version; does nothing where it is there already.

    Safe to call from several processes at once: one migrates, the others wait.
    Raises `PermanentError` where the database is newer than this program, and `UnavailableError`
    where it can't be reached or written to.
    """
    try:
        _bring_up(engine)
    except OperationalError as error:
        reason = str(error.orig).partition("\n")[0]
        raise UnavailableError(
            f"The database can't be used: {reason}.",
            cure="Check DATABASE_URL or MUSTER_HOME, and that the server runs; muster check looks at each.",
        ) from error


def _bring_up(engine: Engine) -> None:
    newest = newest_version()
    with engine.connect() as connection:
        current = current_version(connection)
    if current == newest:
        return
    if current is not None and current > newest:
        raise PermanentError(
            f"The database has schema {current}, this Muster knows {newest} at most.",
            cure="Start the newer Muster, or restore the database from before its upgrade.",
        )
    with _only_one(engine):
        _run_alembic(engine)


def _run_alembic(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415  # 0.3 s to import, needed on upgrades only
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _only_one(engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
        return
    if not engine.url.database:  # a database in memory is nobody else's
        yield
        return
    from filelock import FileLock  # noqa: PLC0415  # as above

    with FileLock(f"{engine.url.database}.upgrade-lock"):
        yield
