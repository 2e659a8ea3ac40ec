"""The rules of people, initiatives, models and decisions: what each may name, and what it must have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import available_timezones

from knowledge.registers.decisions import Decision
from knowledge.registers.initiatives import Initiative
from knowledge.registers.models import Model
from knowledge.registers.people import Person
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.rules import SEVERITIES, Severity, Violation, row_violations
from knowledge.registers.team import Entry, Team


def violations_of(entry: Entry, team: Team, today: date) -> list[Violation]:
    """Returns what is wrong with an entry of any register on a day, worst first."""
    if isinstance(entry, Responsibility):
        return row_violations(entry, team, today)
    found: Iterator[Violation] = iter(())
    if isinstance(entry, Person):
        found = _person(entry, team)
    elif isinstance(entry, Initiative):
        found = _initiative(entry, team, today)
    elif isinstance(entry, Model):
        found = _model(entry, team, today)
    elif isinstance(entry, Decision):
        found = _decision(entry, team)
    return sorted(found, key=lambda violation: SEVERITIES.index(violation.severity))


def _violation(entry: Entry, rule: str, severity: Severity, field: str, words: str) -> Violation:
    return Violation(rule=rule, severity=severity, field=field, words=words, kind=entry.kind, key=entry.key)


def _unknown(entry: Entry, field: str, names: tuple[str, ...], team: Team) -> Iterator[Violation]:
    for name in names:
        if name and name not in team.people:
            words = (
                f"{name!r}, {field.replace('_', ' ')} of {entry.label}, is nobody in the register of people."
            )
            yield _violation(entry, "unknown-person", "error", field, words)


def _person(person: Person, team: Team) -> Iterator[Violation]:
    if not person.name.strip():
        yield _violation(person, "no-name", "error", "name", f"{person.id} has no name.")
    if person.time_zone not in available_timezones():
        words = f"{person.time_zone!r} of {person.name} is not a time zone; write one like Europe/London."
        yield _violation(person, "bad-time-zone", "error", "time_zone", words)
    for absence in person.absences:
        if absence.end < absence.start:
            words = f"{person.name}'s absence ends on {absence.end}, before it begins on {absence.start}."
            yield _violation(person, "bad-absence", "error", "absences", words)
        if absence.deputy == person.id:
            words = f"{person.name} can't be their own deputy."
            yield _violation(person, "own-deputy", "error", "absences", words)
    deputies = tuple(absence.deputy for absence in person.absences)
    yield from _unknown(person, "absences", deputies, team)


def _initiative(initiative: Initiative, team: Team, today: date) -> Iterator[Violation]:
    yield from _unknown(initiative, "sponsor", (initiative.sponsor,), team)
    yield from _unknown(initiative, "lead", (initiative.lead,), team)
    yield from _unknown(initiative, "risks", tuple(risk.owner for risk in initiative.risks), team)
    yield from _dependencies(initiative, team)
    for reason in initiative.incomplete:
        field = reason.split()[-1].lower() if "target" not in reason else "kpi"
        words = f"{initiative.name} is incomplete: it has {reason}."
        yield _violation(initiative, "incomplete", "gap", field, words)
    for field, holder in (("sponsor", initiative.sponsor), ("lead", initiative.lead)):
        person = team.people.get(holder)
        if person is not None and person.has_left(today):
            words = f"{person.name}, {field} of {initiative.name}, left on {person.left}."
            yield _violation(initiative, "left", "gap", field, words)


def _dependencies(initiative: Initiative, team: Team) -> Iterator[Violation]:
    for name in initiative.depends_on:
        if name not in team.initiatives and name != initiative.name:
            words = f"{initiative.name} depends on {name!r}, no initiative; what lies outside goes to needs."
            yield _violation(initiative, "unknown-initiative", "error", "depends_on", words)
    for ring in team.rings if initiative.depends_on else ():
        if initiative.name in ring:
            words = f"These initiatives wait for each other: {' → '.join((*ring, ring[0]))}."
            yield _violation(initiative, "cycle", "error", "depends_on", words)


def _model(model: Model, team: Team, today: date) -> Iterator[Violation]:
    yield from _unknown(model, "owner", (model.owner,), team)
    owner = team.people.get(model.owner)
    if not model.owner:
        yield _violation(model, "no-owner", "gap", "owner", f"The model {model.name} has no owner.")
    elif owner is not None and owner.has_left(today):
        words = f"{owner.name}, owner of the model {model.name}, left on {owner.left}."
        yield _violation(model, "left", "gap", "owner", words)
    if model.initiative and model.initiative not in team.initiatives:
        words = f"The model {model.name} is of {model.initiative!r}, which is no initiative."
        yield _violation(model, "unknown-initiative", "error", "initiative", words)


def _decision(decision: Decision, team: Team) -> Iterator[Violation]:
    yield from _unknown(decision, "decided_by", decision.decided_by, team)
    if not decision.what.strip():
        words = f"The decision {decision.id} does not say what was decided."
        yield _violation(decision, "no-what", "error", "what", words)
    if decision.initiative and decision.initiative not in team.initiatives:
        words = f"The decision {decision.label!r} is about {decision.initiative!r}, which is no initiative."
        yield _violation(decision, "unknown-initiative", "error", "initiative", words)
