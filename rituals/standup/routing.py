"""Whose a blocker is: the register says who is responsible for what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.records.blocker import Level
from knowledge.registers.initiatives import Initiative
from knowledge.registers.owning.asking import understand
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.matching import Match, matches
from knowledge.registers.owning.owners import standing
from knowledge.registers.responsibilities import TEAM, Holder, Responsibility, Subject
from knowledge.registers.team import Team

MEANT = 0.6
"""How whole an activity of the register must be named to be what stands in the way."""
READ = 300
"""Characters of a blocker that are looked at: what it is about comes first."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """Who a blocker goes to (a person's id, empty for nobody), why in words, and the row that says so."""

    owner: str
    words: str
    row_key: str = ""


def route(text: str, initiative: str, lexicon: Lexicon, today: date) -> Route:
    """Returns who should have a blocker: the R of the row that it is about, else the initiative's lead.

    Deputies stand in for those who are away. Nobody but the lead gets what no row names, and the words
    say so, so that it can be corrected.
    """
    team = lexicon.team
    for row in _rows(text, initiative, lexicon):
        found = _first_today(row.responsible, row, "R", team, today)
        found = found or _first_today(row.accountable, row, "A", team, today)
        if found is not None:
            return found
    lead = _lead(team.initiatives.get(initiative), team, today)
    if lead:
        about = f"leads {initiative}" if initiative in team.initiatives else "leads the team"
        words = f"{team.name_of(lead)} {about}; no row of the register names this"
        return Route(owner=lead, words=words)
    return Route(owner="", words="no row of the register names this, and nobody leads it")


def climbed(level: Level, row_key: str, initiative: str, team: Team, today: date) -> Route:
    """Returns who has a blocker at a level: the A of its row or the lead; the initiative's sponsor."""
    row = team.responsibilities.get(row_key)
    owner = team.initiatives.get(initiative) or (team.initiative_of(row.about) if row else None)
    if level == "sponsor":
        sponsor = owner.sponsor if owner else ""
        who = _today(sponsor, team, today) if sponsor else ""
        name = owner.name if owner else initiative
        return Route(owner=who, words=f"{team.name_of(who)} sponsors {name}" if who else "")
    if row is not None and (found := _first_today(row.accountable, row, "A", team, today)):
        return found
    lead = _lead(owner, team, today)
    return Route(owner=lead, words=f"{team.name_of(lead)} leads it" if lead else "")


def _rows(text: str, initiative: str, lexicon: Lexicon) -> Iterator[Responsibility]:
    """Yields the rows that a text is about, best first: of its initiative before those of the team."""
    asking = understand(re.sub(r"^[\w -]{1,30}:", "", text)[:READ], lexicon)
    subjects = _subjects(initiative, lexicon.team)
    found = [match for match in matches(asking, lexicon) if match.activity >= MEANT]
    named = [match for match in found if _is_about(match, subjects, lexicon.team)]
    ranked = sorted(named, key=lambda match: (-match.activity, match.row.about == TEAM, -match.score))
    yield from (match.row for match in ranked)


def _subjects(initiative: str, team: Team) -> frozenset[Subject]:
    if initiative not in team.initiatives:
        return frozenset()
    models = [model for model in team.models.values() if model.initiative == initiative]
    datasets = {
        *team.initiatives[initiative].datasets,
        *(name for model in models for name in model.datasets),
    }
    return frozenset(
        [
            Subject(kind="initiative", name=initiative),
            *(Subject(kind="model", name=model.name) for model in models),
            *(Subject(kind="dataset", name=name) for name in datasets),
        ]
    )


def _is_about(match: Match, subjects: frozenset[Subject], team: Team) -> bool:
    about = match.row.about
    if about == TEAM:
        return True
    return about in subjects if subjects else match.subject > 0 and team.exists(about)


def _first_today(
    holders: Sequence[Holder], row: Responsibility, letter: str, team: Team, today: date
) -> Route | None:
    word = "responsible" if letter == "R" else "accountable"
    for holder in holders:
        held = standing("R" if letter == "R" else "A", holder, team, today)
        person = held.deputy or next(
            (one for one in held.people if team.people[one].absence_on(today) is None), ""
        )
        if person and not team.people[person].has_left(today):
            stands_in = f", for {held.name} who is away" if held.deputy else ""
            words = f"{team.name_of(person)} is {word} for “{row.activity}” {row.about.within}{stands_in}"
            return Route(owner=person, words=words, row_key=row.key)
    return None


def _lead(initiative: Initiative | None, team: Team, today: date) -> str:
    if initiative is not None and initiative.lead:
        return _today(initiative.lead, team, today)
    return next((one.id for one in team.people.values() if one.admin and not one.has_left(today)), "")


def _today(person_id: str, team: Team, today: date) -> str:
    """Returns the person, or the deputy while they are away."""
    person = team.people.get(person_id)
    absence = person.absence_on(today) if person else None
    return absence.deputy if absence and absence.deputy in team.people else person_id
