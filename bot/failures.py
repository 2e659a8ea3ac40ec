"""What goes wrong with disks, databases and servers under way, as sentences with a cure."""

from __future__ import annotations

import errno
import re
import sqlite3

from core.errors import BusyError, MusterError, StorageError, UnavailableError

_DEFECT = re.compile(r"no such (table|column)|has no column|syntax error", re.IGNORECASE)
_DAMAGED = re.compile(r"malformed|not a database", re.IGNORECASE)
_LOCKED = re.compile(r"database (table )?is locked", re.IGNORECASE)
_DISK = re.compile(r"disk is full|disk i/o|read-?only database|unable to open database", re.IGNORECASE)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_AGAIN = "What was complete counts; run the same again and the rest follows."


def explained(error: Exception) -> MusterError | None:
    """Returns our error for one that came up from the system or a library, None for a defect."""
    library = type(error).__module__.partition(".")[0]
    if library in {"httpx", "httpcore"}:
        return UnavailableError(f"A server does not answer: {_reason(error)}.", cure="See: muster check")
    if library in {"sqlalchemy", "chromadb"} or isinstance(error, sqlite3.Error):
        return _of_store(error)
    return _of_system(error) if isinstance(error, OSError) else None


def _of_system(error: OSError) -> MusterError:
    where = f": {str(error.filename)!r}" if error.filename else ""
    if error.errno in _FULL:
        return StorageError(f"The disk is full{where}.", cure=f"Make room. {_AGAIN}")
    if isinstance(error, ConnectionError | TimeoutError):
        return UnavailableError(f"A server does not answer: {_reason(error)}.", cure="See: muster check")
    reason = error.strerror or _reason(error)
    return StorageError(f"{reason}{where}.", cure="Check that path: its disk, and who may use it.")


def _of_store(error: Exception) -> MusterError | None:
    """Returns our error for one of a database's, as far as its own words tell what it is."""
    reason = _reason(getattr(error, "orig", None) or error)
    if _DEFECT.search(reason):
        return None
    if _DAMAGED.search(reason):
        cure = "Restore it from a backup, or move muster.db away and index anew (docs/operations.md)."
        return StorageError(f"The database is damaged: {reason}.", cure=cure)
    if _DISK.search(reason):
        return StorageError(
            f"The index or the database can't be written: {reason}.", cure=f"Make room. {_AGAIN}"
        )
    if _LOCKED.search(reason):
        return BusyError("Another process holds the database.", cure="Try again when it has finished.")
    if type(error).__name__ == "OperationalError":
        return UnavailableError(f"The database does not answer: {reason}.", cure="See: muster check")
    return None


def _reason(error: BaseException) -> str:
    return str(error).partition("\n")[0].strip().rstrip(".") or type(error).__name__
