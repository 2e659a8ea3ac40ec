"""`muster apply`: the file into the registers, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Connection, Engine, ForeignKey, String, Table, delete, insert, select

from core.clock import Clock
from core.db import metadata
from core.errors import RefusedError
from knowledge.passages import DEFAULT_WORKSPACE
from knowledge.registers.generation import take_turn
from knowledge.registers.permissions import Editor
from knowledge.registers.portfolio_rules import violations_of
from knowledge.registers.storage import Signature, load_team, write
from knowledge.registers.team import Entry, Team
from knowledge.registers.team_file.plan import Applied, Plan, new_base, plan
from knowledge.registers.team_file.problems import Problem, TeamFileError
from knowledge.registers.team_file.reading import read_team_file
from knowledge.registers.team_file.wanted import Wanted

applied_entries = Table(
    "applied_entries",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(700), primary_key=True),
    Column("form", JSON, nullable=False),
    comment="What the team's file said when it was last applied; what differs from it was edited elsewhere.",
)


class TeamFile:
    """Applies files to the registers of one workspace."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str = DEFAULT_WORKSPACE) -> None:
        self.workspace_id = workspace_id
        self._engine = engine
        self._clock = clock

    def plan(self, text: str, *, name: str = "team.yaml", force: bool = False) -> Plan:
        """Returns what `apply` would do; raises what it would raise."""
        with self._engine.connect() as connection:
            return self._plan(connection, text, name=name, force=force)[0]

    def apply(self, text: str, editor: Editor, *, name: str = "team.yaml", force: bool = False) -> Plan:
        """Makes the registers what the file says, but for what was edited elsewhere, unless `force`.

        Raises `TeamFileError` with every mistake and its line; then nothing has changed. For admins.
        """
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            plan_, wanted, applied = self._plan(connection, text, name=name, force=force)
            self._check_editor(connection, editor)
            signature = Signature(who=editor.who, via="yaml", at=self._clock.now(), why=f"applied {name}")
            write(connection, self.workspace_id, plan_.edits, turn=turn, signature=signature)
            self._remember(connection, wanted, applied)
        return plan_

    def _plan(
        self, connection: Connection, text: str, *, name: str, force: bool
    ) -> tuple[Plan, Wanted, Applied]:
        current = load_team(connection, self.workspace_id)
        wanted = read_team_file(text, name=name, current=current)
        applied = self._applied(connection)
        found = plan(current, wanted, applied, force=force)
        problems = list(_problems(found, current, wanted, self._clock.now().date()))
        if problems:
            raise TeamFileError(name, problems)
        return found, wanted, applied

    def _check_editor(self, connection: Connection, editor: Editor) -> None:
        person = load_team(connection, self.workspace_id).person(editor.who) if not editor.admin else None
        if not editor.admin and (person is None or not person.admin):
            raise RefusedError("Only an admin may apply a team's file.", cure="Ask one, or edit in Slack.")

    def _applied(self, connection: Connection) -> Applied:
        table = applied_entries
        rows = connection.execute(select(table).where(table.c.workspace_id == self.workspace_id))
        return {(row.kind, row.key): row.form for row in rows}

    def _remember(self, connection: Connection, wanted: Wanted, applied: Applied) -> None:
        table = applied_entries
        base: list[dict[str, Any]] = [
            {"workspace_id": self.workspace_id, "kind": kind, "key": key, "form": form}
            for (kind, key), form in new_base(wanted, applied)
        ]
        connection.execute(delete(table).where(table.c.workspace_id == self.workspace_id))
        if base:
            connection.execute(insert(table), base)


def _problems(found: Plan, current: Team, wanted: Wanted, today: date) -> Iterator[Problem]:
    """Yields the rules that the team would break afterwards, at the lines of the entries that break them."""
    gone = {(edit.entry.kind, edit.entry.key) for edit in found.gone}
    kept = [entry for entry in current.entries() if (entry.kind, entry.key) not in gone]
    changed = [edit.after for edit in found.edits if edit.after is not None]
    after = Team.of([*kept, *changed])
    for entry in _judged(after, changed, removed=bool(gone)):
        for violation in violations_of(entry, after, today):
            if violation.severity == "error":
                yield Problem(line=wanted.lines.get((entry.kind, entry.key), 1), words=violation.words)


def _judged(after: Team, changed: list[Entry], *, removed: bool) -> list[Entry]:
    """Returns what must be looked at: what changed, and everything where something went."""
    return list(after.entries()) if removed else changed
