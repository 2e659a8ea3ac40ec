"""The gaps: every rule that the registers break today, worst first, and activities that nobody owns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.registers.portfolio_rules import violations_of
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.rules import SEVERITIES, Violation
from knowledge.registers.team import Team

CONFIRM_EVERY = timedelta(days=90)


def gaps(team: Team, today: date, *, subject: Subject | None = None) -> list[Violation]:
    """Returns what is wrong with the registers on a day, worst first; of one subject where given."""
    entries = team.entries() if subject is None else _about(team, subject)
    found = [violation for entry in entries for violation in violations_of(entry, team, today)]
    stale = (v for row in _rows(team, subject) if (v := _unconfirmed(row, team, today)))
    unowned = _unowned(team) if subject is None else ()
    return sorted([*found, *unowned, *stale], key=lambda v: SEVERITIES.index(v.severity))


def activities_without_owner(team: Team, subject: Subject, today: date) -> list[str]:
    """Returns activities that others like the subject have owned, and it has not, sorted.

    A row whose accountable person left, or whose role nobody fills, counts as not owned.
    """
    alike = {row.activity for row in team.responsibilities.values() if row.subject_kind == subject.kind}
    owned = {row.activity for row in _rows(team, subject) if is_owned(row, team, today)}
    teamwide = {row.activity for row in team.responsibilities.values() if row.subject_kind == "team"}
    return sorted(alike - owned - teamwide)


def is_owned(row: Responsibility, team: Team, today: date) -> bool:
    """Tells whether somebody who is still there is accountable for a row."""
    for holder in row.accountable:
        if holder.kind == "role":
            return bool(team.people_in(holder.name, today))
        person = team.people.get(holder.name)
        return person is not None and not person.has_left(today)
    return False


def unconfirmed(team: Team, person: str, today: date) -> list[Responsibility]:
    """Returns the rows that carry a person's A and were not confirmed within a quarter, oldest first."""
    rows = [
        row
        for row in team.responsibilities.values()
        if any(holder.kind == "person" and holder.name == person for holder in row.accountable)
        and _is_stale(row, today)
    ]
    return sorted(rows, key=lambda row: row.confirmed_on or date.min)


def _is_stale(row: Responsibility, today: date) -> bool:
    return row.confirmed_on is None or today - row.confirmed_on > CONFIRM_EVERY


def _unconfirmed(row: Responsibility, team: Team, today: date) -> Violation | None:
    if not _is_stale(row, today):
        return None
    whom = " and ".join(team.name_of(holder) for holder in row.accountable) or "somebody"
    since = f"since {row.confirmed_on}" if row.confirmed_on else "yet"
    words = f"{row.key} was not confirmed {since}; ask {whom}."
    return Violation(rule="unconfirmed", severity="advice", field="confirmed_on", words=words, key=row.key)


def _unowned(team: Team) -> Iterator[Violation]:
    covered = {row.about for row in team.responsibilities.values()}
    for name in team.initiatives:
        if Subject(kind="initiative", name=name) not in covered:
            words = (
                f"{name} has no responsibilities at all; `muster raci matrix {name} --draft` proposes some."
            )
            yield Violation(
                rule="no-rows", severity="gap", field="subject", words=words, kind="initiative", key=name
            )


def _rows(team: Team, subject: Subject | None) -> Iterator[Responsibility]:
    for row in team.responsibilities.values():
        if subject is None or row.about == subject:
            yield row


def _about(team: Team, subject: Subject) -> Iterator[Responsibility]:
    yield from _rows(team, subject)
