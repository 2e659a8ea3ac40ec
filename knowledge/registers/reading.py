"""The newest team, read again only when the registers have moved."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine

from knowledge.passages import DEFAULT_WORKSPACE
from knowledge.registers.changes import Change, read_changes
from knowledge.registers.forms import from_form
from knowledge.registers.generation import read_generation
from knowledge.registers.storage import load_team
from knowledge.registers.team import Team


class Reader:
    """Gives the registers of one workspace; one cheap SELECT a call, so a change answers at once."""

    def __init__(self, engine: Engine, *, workspace_id: str = DEFAULT_WORKSPACE) -> None:
        self.workspace_id = workspace_id
        self._engine = engine
        self._lock = threading.Lock()
        self._read: tuple[int, Team] | None = None

    def team(self) -> Team:
        """Returns the newest team; the same object as before where nothing has changed."""
        with self._engine.connect() as connection:
            read = self._read
            if read is not None and read[0] == read_generation(connection, self.workspace_id):
                return read[1]
            with self._lock:
                return self._read_again(connection)

    def _read_again(self, connection: Connection) -> Team:
        """Reads until the generation is the same before and after: never half of a change."""
        while True:
            generation = read_generation(connection, self.workspace_id)
            if self._read is not None and self._read[0] == generation:
                return self._read[1]
            team = load_team(connection, self.workspace_id)
            if read_generation(connection, self.workspace_id) == generation:
                self._read = (generation, team)
                return team

    def history(self, *, kind: str = "", key: str = "", limit: int = 50) -> list[Change]:
        """Returns the newest changes first, of one register or entry where named; renames are followed."""
        with self._engine.connect() as connection:
            found = read_changes(connection, self.workspace_id, kind=kind, key=key, limit=limit)
            while key and found and len(found) < limit:
                renamed_from = _key_before(found[-1])
                if renamed_from in {"", found[-1].key}:
                    break
                found += read_changes(connection, self.workspace_id, kind=kind, key=renamed_from, limit=limit)
            return found[:limit]


def _key_before(change: Change) -> str:
    return from_form(change.kind, change.before).key if change.before else ""
