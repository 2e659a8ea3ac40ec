"""The workspace on disk: one line of JSON for each record that changed, appended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Entry = tuple[str, str, Any]


class AppendLog:
    """Keeps records by kind and key; a later line replaces an earlier one, and null deletes.

    Every line reaches the operating system before `append` returns, so a killed process loses nothing; a line
    that a power cut tore is dropped at the next start. Opening it drops what was replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._entries = _latest(path)
        _rewrite(path, self._entries)
        self._file = path.open("ab", buffering=0)

    def entries(self) -> Iterator[Entry]:
        """Yields what was kept before this start as (kind, key, value), oldest first."""
        for (kind, key), value in self._entries.items():
            yield kind, key, value
        self._entries = {}

    def append(self, kind: str, key: str, value: Any) -> None:
        """Keeps a record, or deletes it where the value is None."""
        self._file.write(_line(kind, key, value))

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()


def _line(kind: str, key: str, value: Any) -> bytes:
    return json.dumps([kind, key, value], separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def _latest(path: Path) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    if not path.exists():
        return found
    with path.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            kind, key, value = json.loads(line)
            if value is None:
                found.pop((kind, key), None)
            else:
                found[kind, key] = value
    return found


def _rewrite(path: Path, entries: dict[tuple[str, str], Any]) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.writelines(_line(kind, key, value) for (kind, key), value in entries.items())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
