"""The rules that a row of responsibilities must keep: a row and its team -> what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.team import Team

Severity = Literal["error", "gap", "advice"]
SEVERITIES: tuple[Severity, ...] = ("error", "gap", "advice")
MOST_CONSULTED = 3


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A rule that an entry breaks, in words for a person.

    An "error" is refused when it is written; a "gap" came about by itself (somebody left) and stays until
    it is mended; "advice" may be ignored. `field` is the field of the entry to put the words at; `kind`
    and `key` name the entry. `rule` is the rule's short name, for tests and programs.
    """

    rule: str
    severity: Severity
    field: str
    words: str
    kind: str = "responsibility"
    key: str = ""


Rule = Callable[[Responsibility, Team, date], Iterator[Violation]]


def row_violations(row: Responsibility, team: Team, today: date) -> list[Violation]:
    """Returns what is wrong with a row on a day, worst first."""
    found = [violation for rule in RULES for violation in rule(row, team, today)]
    return sorted(found, key=lambda violation: SEVERITIES.index(violation.severity))


def _violation(row: Responsibility, rule: str, severity: Severity, field: str, words: str) -> Violation:
    return Violation(rule=rule, severity=severity, field=field, words=words, key=row.key)


def _one_accountable(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:  # noqa: ARG001
    if not row.accountable:
        words = f"Nobody is accountable for {row.key}: name exactly one."
        yield _violation(row, "no-accountable", "error", "accountable", words)
    if len(row.accountable) > 1:
        names = " and ".join(team.name_of(holder) for holder in row.accountable)
        words = f"{row.key} has {len(row.accountable)} accountable: {names}. Keep one, or split the activity."
        yield _violation(row, "two-accountable", "error", "accountable", words)


def _someone_responsible(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:  # noqa: ARG001
    if not row.responsible:
        words = f"Nobody is responsible for {row.key}: name at least one; the accountable person may be it."
        yield _violation(row, "no-responsible", "error", "responsible", words)


def _named_once(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:  # noqa: ARG001
    columns = {
        "accountable": row.accountable,
        "responsible": row.responsible,
        "consulted": row.consulted,
        "informed": row.informed,
    }
    for field, holders in columns.items():
        for holder in dict.fromkeys(h for h in holders if holders.count(h) > 1):
            words = f"{team.name_of(holder)} stands twice under {field} of {row.key}."
            yield _violation(row, "named-twice", "error", field, words)


def _known(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:  # noqa: ARG001
    for field, holder in _fields(row):
        if holder.kind == "person" and holder.name not in team.people:
            words = f"{holder.name!r} in {row.key} is nobody in the register of people."
            yield _violation(row, "unknown-person", "error", field, words)
    if not team.exists(row.about):
        words = f"{row.key} is about {row.about.label}, which is not in the register."
        yield _violation(row, "unknown-subject", "error", "subject", words)


def _says_something(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:  # noqa: ARG001
    if len(row.activity.split()) == 0:
        yield _violation(row, "no-activity", "error", "activity", f"{row.key} names no activity.")
    elif len(row.activity.split()) == 1:
        words = (
            f"{row.activity!r} is one word; begin with a verb and name one thing, such as approve release."
        )
        yield _violation(row, "short-activity", "advice", "activity", words)


def _few_consulted(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:  # noqa: ARG001
    if len(row.consulted) > MOST_CONSULTED:
        words = f"{len(row.consulted)} are consulted on {row.key}; more than {MOST_CONSULTED} make it slow."
        yield _violation(row, "many-consulted", "advice", "consulted", words)


def _filled(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:
    for field, holder in _fields(row):
        if holder.kind == "role" and not team.people_in(holder.name, today):
            severity: Severity = "gap" if field in {"accountable", "responsible"} else "advice"
            words = f"Nobody fills the role {holder.name}, which is {field} in {row.key}."
            yield _violation(row, "empty-role", severity, field, words)


def _still_here(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:
    for field, holder in _fields(row):
        person = team.people.get(holder.name) if holder.kind == "person" else None
        if person is not None and person.left is not None and person.has_left(today):
            severity: Severity = "gap" if field in {"accountable", "responsible"} else "advice"
            words = f"{person.name} left on {person.left} and is still {field} in {row.key}."
            yield _violation(row, "left", severity, field, words)


def _deputised(row: Responsibility, team: Team, today: date) -> Iterator[Violation]:
    for field, holder in _fields(row):
        person = team.people.get(holder.name) if holder.kind == "person" else None
        if person is None or person.has_left(today) or field not in {"accountable", "responsible"}:
            continue
        absence = person.absence_on(today)
        if absence is None:
            continue
        deputy = team.people.get(absence.deputy)
        if deputy is None:
            words = f"{person.name}, {field} for {row.key}, is away until {absence.end} and names no deputy."
            yield _violation(row, "no-deputy", "gap", field, words)
        elif deputy.has_left(today) or deputy.absence_on(today):
            words = f"{person.name}, {field} for {row.key}, is away, and so is the deputy {deputy.name}."
            yield _violation(row, "deputy-away", "gap", field, words)


def _fields(row: Responsibility) -> Iterator[tuple[str, Holder]]:
    names = {"A": "accountable", "R": "responsible", "C": "consulted", "I": "informed"}
    for letter, holder in row.holders():
        yield names[letter], holder


RULES: tuple[Rule, ...] = (
    _one_accountable,
    _someone_responsible,
    _named_once,
    _known,
    _says_something,
    _filled,
    _still_here,
    _deputised,
    _few_consulted,
)
"""Every rule of a row; adding one here makes gate, modals, imports and the list of gaps keep it."""
