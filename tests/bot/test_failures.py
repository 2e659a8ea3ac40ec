"""Failures of disks, databases and servers, as the system and the libraries really raise them."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.failures import explained
from core.errors import BusyError, MusterError, StorageError, UnavailableError


def known(error: Exception) -> MusterError:
    found = explained(error)
    assert found is not None, repr(error)
    assert found.cure
    return found


def raised(path: Path, *statements: str) -> Exception:
    """Returns what SQLite and SQLAlchemy raise at the last of the statements."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0})
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except DBAPIError as error:
        return error
    finally:
        engine.dispose()
    pytest.fail("nothing was raised")


def test_a_full_disk_is_named_with_its_file() -> None:
    error = known(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "index/vectors.npy"))
    assert isinstance(error, StorageError)
    assert str(error) == "The disk is full: 'index/vectors.npy'."


def test_what_the_system_refuses_is_quoted() -> None:
    error = known(PermissionError(errno.EACCES, "Permission denied", "/srv/muster"))
    assert (str(error), error.exit_code) == ("Permission denied: '/srv/muster'.", 74)


def test_a_database_that_runs_full_is_a_disk_s_failure(tmp_path: Path) -> None:
    statements = (
        "PRAGMA max_page_count = 2",
        "CREATE TABLE a (b)",
        "INSERT INTO a VALUES (zeroblob(100000))",
    )
    error = known(raised(tmp_path / "muster.db", *statements))
    assert isinstance(error, StorageError)
    assert "full" in str(error)


def test_a_database_that_somebody_holds_is_busy(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "muster.db")
    holder.execute("CREATE TABLE a (b)")
    holder.execute("BEGIN EXCLUSIVE")
    error = known(raised(tmp_path / "muster.db", "INSERT INTO a VALUES (1)"))
    holder.close()
    assert isinstance(error, BusyError)


def test_a_damaged_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "muster.db").write_bytes(b"no database, " * 1_000)
    error = known(raised(tmp_path / "muster.db", "SELECT * FROM sqlite_master"))
    assert isinstance(error, StorageError)
    assert "damaged" in str(error)


def test_a_server_that_goes_away_is_unavailable() -> None:
    for error in (httpx.ConnectError("refused"), ConnectionResetError("reset"), TimeoutError()):
        assert isinstance(known(error), UnavailableError)


def test_a_wrong_statement_and_a_wrong_program_stay_defects(tmp_path: Path) -> None:
    assert explained(raised(tmp_path / "muster.db", "SELECT a FROM nowhere")) is None
    assert explained(KeyError("a")) is None


def test_a_damaged_home_ends_the_command_in_a_sentence(tmp_path: Path) -> None:
    """As a shell sees it: not a defect of Muster, and no stack trace."""
    (tmp_path / "muster.db").write_bytes(b"no database, " * 1_000)
    command = [str(Path(sys.executable).with_name("muster")), "documents", "list"]
    environment = {"MUSTER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603  # ours
    assert done.returncode == StorageError.exit_code
    assert done.stderr.startswith("muster: The database is damaged: file is not a database.\n  → Restore it")
