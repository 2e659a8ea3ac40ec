"""The gate: every change of a register comes through here, checked, permitted and recorded in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Engine

from core.clock import Clock
from core.errors import BusyError, InputError, NotFoundError, RefusedError
from knowledge.passages import DEFAULT_WORKSPACE
from knowledge.registers.generation import Turn, take_turn
from knowledge.registers.people import Absence, Person
from knowledge.registers.permissions import Editor, leads_of, refusal
from knowledge.registers.portfolio_rules import violations_of
from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.rules import Violation
from knowledge.registers.storage import Edit, Signature, load_team, write
from knowledge.registers.team import Entry, Team


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What was written, and what is not wrong but worth a word ("four are consulted")."""

    entry: Entry
    remarks: tuple[Violation, ...] = ()


class BrokenRulesError(InputError):
    """An entry breaks rules; `violations` has each with the field to show it at."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(" ".join(violation.words for violation in violations))
        self.violations = tuple(violations)


class Registrar:
    """Changes the registers of one workspace, one transaction a change."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str = DEFAULT_WORKSPACE) -> None:
        self.workspace_id = workspace_id
        self._engine = engine
        self._clock = clock

    def save(
        self, entry: Entry, editor: Editor, *, why: str = "", replaces: str = "", seen: Entry | None = None
    ) -> Saved:
        """Adds an entry, or puts it in the place of the one with its key (or with the key `replaces`).

        `seen` is the entry that the editor started from. Raises `BrokenRulesError`, `RefusedError` with
        whom to ask, or `BusyError` where somebody else has changed `seen` meanwhile.
        """
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            team = load_team(connection, self.workspace_id)
            edit = _edit(entry, team, replaces=replaces, seen=seen)
            return self._write(connection, [edit], team, editor, why=why, turn=turn)[0]

    def save_all(self, entries: Sequence[Entry], editor: Editor, *, why: str = "") -> list[Saved]:
        """Adds or replaces many entries in one transaction: all of them, or none.

        Raises as `save` does, with the violations of all of them.
        """
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            team = load_team(connection, self.workspace_id)
            edits = [_edit(entry, team, replaces="", seen=None) for entry in entries]
            return self._write(connection, edits, team, editor, why=why, turn=turn)

    def remove(self, kind: str, key: str, editor: Editor, *, why: str = "") -> Saved:
        """Takes an entry out; its history stays. Raises `NotFoundError`, `RefusedError`."""
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            team = load_team(connection, self.workspace_id)
            edit = Edit(before=_existing(team, kind, key), after=None)
            return self._write(connection, [edit], team, editor, why=why, turn=turn)[0]

    def confirm(self, key: str, editor: Editor) -> Saved:
        """Notes that a row is still right; for its accountable person, the deputy, the lead and admins."""
        return self.confirm_all([key], editor)[0]

    def confirm_all(self, keys: Sequence[str], editor: Editor) -> list[Saved]:
        """Notes that rows are still right, all of them or none. Raises `NotFoundError`, `RefusedError`."""
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            team = load_team(connection, self.workspace_id)
            edits = [self._confirmation(key, editor, team) for key in keys]
            signature = self._sign(editor, team, "confirmed")
            write(connection, self.workspace_id, edits, turn=turn, signature=signature)
            return [Saved(entry=edit.entry) for edit in edits]

    def _confirmation(self, key: str, editor: Editor, team: Team) -> Edit:
        row, today = _existing(team, "responsibility", key), self._today()
        if not isinstance(row, Responsibility) or not may_confirm(row, editor, team, today):
            raise RefusedError(f"Only whoever is accountable for {key}, or its lead, can confirm it.")
        return Edit(before=row, after=replace(row, confirmed_by=_id(editor, team), confirmed_on=today))

    def set_absences(self, person: str, absences: Sequence[Absence], editor: Editor) -> Saved:
        """Puts a person's absences in place of those there were."""
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            team = load_team(connection, self.workspace_id)
            before = team.person(person)
            if before is None:
                raise NotFoundError(f"{person!r} is nobody in the register of people.")
            after = replace(before, absences=tuple(absences))
            edit = Edit(before=before, after=after)
            return self._write(connection, [edit], team, editor, why="", turn=turn)[0]

    def check(self, entry: Entry, *, replaces: str = "") -> list[Violation]:
        """Returns what saving an entry would say, worst first, without saving: for forms."""
        with self._engine.connect() as connection:
            team = load_team(connection, self.workspace_id)
        before = team.register(entry.kind).get(replaces or entry.key)
        edit = Edit(before=before, after=entry)
        return judge([edit], team, self._today())[0]

    def _write(
        self,
        connection: Connection,
        edits: Sequence[Edit],
        team: Team,
        editor: Editor,
        *,
        why: str,
        turn: Turn,
    ) -> list[Saved]:
        if words := next((words for edit in edits if (words := refusal(editor, edit, team))), ""):
            raise RefusedError(words)
        found = judge(edits, team, self._today())
        if wrong := [violation for each in found for violation in each if violation.severity == "error"]:
            raise BrokenRulesError(wrong)
        real = [edit for edit in edits if edit.before != edit.after]
        signature = self._sign(editor, team, why)
        write(connection, self.workspace_id, real, turn=turn, signature=signature)
        return [Saved(entry=e.entry, remarks=tuple(each)) for e, each in zip(edits, found, strict=True)]

    def _sign(self, editor: Editor, team: Team, why: str) -> Signature:
        return Signature(who=_id(editor, team), via=editor.via, at=self._clock.now(), why=why)

    def _today(self) -> date:
        return self._clock.now().date()


def judge(edits: Sequence[Edit], team: Team, today: date) -> list[list[Violation]]:
    """Returns what each edit breaks: the entry's own rules, and what still names an entry that goes."""
    after = team.with_entries(*(edit.after for edit in edits if edit.after is not None))
    return [
        [_harder(violation, edit) for violation in violations_of(edit.after, after, today)]
        if edit.after is not None
        else list(_orphans(edit.entry, team))
        for edit in edits
    ]


def may_confirm(row: Responsibility, editor: Editor, team: Team, today: date) -> bool:
    """Tells whether an editor may say that a row is still right."""
    person = team.person(editor.who)
    if editor.admin or person is None:
        return editor.admin
    if person.admin or person.id in leads_of(row, team):
        return True
    return any(person in answering_for(holder, team, today) for holder in row.accountable)


def answering_for(holder: Holder, team: Team, today: date) -> tuple[Person, ...]:
    """Returns who answers for a holder on a day: the person, those who fill the role, and deputies."""
    if holder.kind == "role":
        named = team.people_in(holder.name, today)
    else:
        named = tuple(filter(None, [team.people.get(holder.name)]))
    deputies = (team.people.get(absence.deputy) for one in named if (absence := one.absence_on(today)))
    return (*named, *filter(None, deputies))


def _edit(entry: Entry, team: Team, *, replaces: str, seen: Entry | None) -> Edit:
    register = team.register(entry.kind)
    before = register.get(replaces or entry.key)
    if replaces and before is None:
        raise NotFoundError(f"There is no {entry.kind} {replaces!r} any more.", cure="Look at it anew.")
    if replaces and replaces != entry.key and entry.key in register:
        raise InputError(f"There is a {entry.kind} {entry.key!r} already.", cure="Edit that one instead.")
    if seen is not None and before != seen:
        raise BusyError(
            f"Somebody changed {seen.label} while you edited it.", cure="Look at it, and edit anew."
        )
    return Edit(before=before, after=_unconfirmed_if_new(before, entry))


def _unconfirmed_if_new(before: Entry | None, after: Entry) -> Entry:
    """Drops a confirmation that was given for other holders than the row has now."""
    if not isinstance(before, Responsibility) or not isinstance(after, Responsibility):
        return after
    same = (before.accountable, before.responsible) == (after.accountable, after.responsible)
    fresh = (before.confirmed_by, before.confirmed_on) != (after.confirmed_by, after.confirmed_on)
    return after if same or fresh else replace(after, confirmed_by="", confirmed_on=None)


def _existing(team: Team, kind: str, key: str) -> Entry:
    found = team.register(kind).get(key)
    if found is None:
        raise NotFoundError(f"There is no {kind} {key!r}.", cure="`muster raci list` shows what there is.")
    return found


def _harder(violation: Violation, edit: Edit) -> Violation:
    """Makes it an error to name somebody anew who has left: that is a slip, not a gap."""
    if violation.rule != "left" or not isinstance(edit.after, Responsibility):
        return violation
    field = violation.field
    before = getattr(edit.before, field, ())
    unchanged = set(getattr(edit.after, field)) <= set(before)
    return violation if unchanged else replace(violation, severity="error")


def _orphans(gone: Entry, team: Team) -> Iterator[Violation]:
    """Yields what would name an entry that is no longer there."""
    rest = Team.of(entry for entry in team.entries() if entry != gone)
    if gone.kind not in {"person", "initiative", "model"}:
        return
    today = date.max
    for entry in rest.entries():
        for violation in violations_of(entry, rest, today):
            if violation.severity == "error" and violation.rule.startswith("unknown-"):
                yield violation


def _id(editor: Editor, team: Team) -> str:
    person = team.person(editor.who)
    return person.id if person else editor.who
