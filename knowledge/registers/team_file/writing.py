"""A team -> `team.yaml`: the form that reading.py reads, without what is left at its default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from knowledge.registers.decisions import Decision
from knowledge.registers.forms import to_form
from knowledge.registers.initiatives import Initiative
from knowledge.registers.models import Model
from knowledge.registers.people import Person
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.team import Entry, Team
from knowledge.registers.team_file.naming import holder_text, person_text, slug
from knowledge.registers.team_file.schema import SECTIONS

HEAD = "# The team as code: docs/team-as-code.md has the form. `muster apply` brings it into the registers.\n"
WIDTH = 110
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]  # libyaml's where there is one
    """Lists of texts stand in one line, everything else in lines of its own."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        """Writes everything out: anchors help no reader."""
        return True


def _represent_list(dumper: Any, value: list[Any]) -> Any:
    flow = all(isinstance(item, str | int | float | date) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


_Dumper.add_representer(list, _represent_list)


def write_team_file(team: Team) -> str:
    """Returns a team as the text of a `team.yaml`; reading it gives the same team again."""
    sections = {
        section: [_dated(_written(entry, team)) for entry in team.register(kind).values()]
        for section, kind in SECTIONS.items()
        if team.register(kind)
    }
    return HEAD + "".join(f"\n{_dump({section: found})}" for section, found in sections.items())


def _dump(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


def _written(entry: Entry, team: Team) -> Any:
    form = to_form(entry)
    if isinstance(entry, Person):
        return _person(entry, form, team)
    if isinstance(entry, Initiative):
        form["sponsor"], form["lead"] = (person_text(name, team) for name in (entry.sponsor, entry.lead))
        form["risks"] = [{"what": risk.what, "owner": person_text(risk.owner, team)} for risk in entry.risks]
    if isinstance(entry, Model):
        form["owner"] = person_text(entry.owner, team)
        for change in form["changelog"]:
            change["by"] = person_text(change["by"], team)
    if isinstance(entry, Responsibility):
        return _row(entry, form, team)
    if isinstance(entry, Decision):
        return _decision(entry, form, team)
    if isinstance(entry, RitualEntry):
        options = form.pop("options")
        return _without_nothing(form) | options
    slim = _without_nothing(form)
    return slim["name"] if set(slim) == {"name"} else slim


def _person(person: Person, form: dict[str, Any], team: Team) -> dict[str, Any]:
    form["slack"] = form.pop("slack_user")
    form["absences"] = [
        absence | {"deputy": person_text(absence["deputy"], team)} for absence in form["absences"]
    ]
    order = ["name", "id", "aliases", "email", "slack", *(key for key in form if key not in {"name", "id"})]
    written = _without_nothing({key: form[key] for key in dict.fromkeys(order)})
    if person.id == slug(person.name):
        del written["id"]
    if not person.admin:
        del written["admin"]
    return written


def _row(row: Responsibility, form: dict[str, Any], team: Team) -> dict[str, Any]:
    written: dict[str, Any] = {"subject": str(row.about), "activity": row.activity}
    for column in ("accountable", "responsible", "consulted", "informed"):
        named = [holder_text(holder, team) for holder in getattr(row, column)]
        written[column] = named[0] if column == "accountable" and len(named) == 1 else named
    if row.confirmed_on:
        written["confirmed"] = {"by": person_text(row.confirmed_by, team), "on": form["confirmed_on"]}
    return _without_nothing(written)


def _decision(decision: Decision, form: dict[str, Any], team: Team) -> dict[str, Any]:
    form["decided_by"] = [person_text(name, team) for name in decision.decided_by]
    if decision.id == slug(f"{decision.on} {decision.what}"):
        del form["id"]
    order = ["what", "on", *(key for key in form if key not in {"what", "on"})]
    return _without_nothing({key: form[key] for key in order})


def _without_nothing(value: Mapping[str, Any]) -> dict[str, Any]:
    """Leaves out what is empty, inside as well."""
    slim = {key: _slim(inner) for key, inner in value.items()}
    return {key: inner for key, inner in slim.items() if not _is_nothing(inner)}


def _slim(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _without_nothing(value)
    return [_slim(item) for item in value] if isinstance(value, list | tuple) else value


def _dated(value: Any) -> Any:
    """Makes days of texts that look like one: YAML writes those without quotes."""
    if isinstance(value, Mapping):
        return {key: _dated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_dated(item) for item in value]
    return _day(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})
