"""Passages about people and roles: who somebody is, what they answer for, when they are away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.passages import Passage
from knowledge.registers.answers.making import passage
from knowledge.registers.answers.rows import day
from knowledge.registers.answers.sentences import gerund, listed
from knowledge.registers.owning.words import words
from knowledge.registers.people import Person
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.team import Team

_AWAY = re.compile(
    r"\b(away|absent|out of office|ooo|on leave|on holiday|vacation|deputy|deputi\w+|stands? in|back)\b"
)
_WHO_AWAY = re.compile(r"\bwho('s| is| are)? (\w+ )?(away|absent|on leave|on holiday|out)\b")
_ZONE = re.compile(r"\btime ?zone\b|\bwhat time is it\b")
_ANSWERS_FOR = re.compile(r"\b(accountable|responsible|responsibilit\w+|owns?|in charge|answers? for)\b")
_WHO_IS = re.compile(r"\bwho('s| is| are|s)\b")
_WHO_IS_ROLE = re.compile(r"\W*who(?: is| are|s)? (?:the |our |an? )?(?P<role>[\w /-]+?)s?(?: here| now)?\W*")
SURE = 0.93


def people_passages(asked: str, named: frozenset[str], team: Team, today: date) -> list[Passage]:
    """Returns what a question asks about people; `named` are the ids of those whom it names."""
    found = [_about(asked, team.people[name], team, today) for name in sorted(named) if name in team.people]
    if not named and _WHO_AWAY.search(asked):
        found.append(_all_away(team, today))
    if not named and (role := _role(asked, team)):
        found.append(_in_role(role, team, today))
    return [one for one in found if one is not None]


def _about(asked: str, person: Person, team: Team, today: date) -> Passage | None:
    said: list[str] = []
    if _AWAY.search(asked):
        said += _absence(person, team, today)
    if _ZONE.search(asked):
        said.append(f"The time zone of **{person.name}** is {person.time_zone}.")
    if _ANSWERS_FOR.search(asked) and not _WHO_IS.match(asked):
        said += _answers_for(person, team)
    if not said and re.fullmatch(r"\W*who('s| is|s)? [\w .'-]+\W*", asked):
        said += _card(person, team)
    if not said:
        return None
    source = f"People register: {person.name}"
    return passage(source=source, sentences=said, confidence=SURE, owner=person.name)


def _absence(person: Person, team: Team, today: date) -> Iterator[str]:
    if person.left and person.has_left(today):
        yield f"**{person.name}** left on {day(person.left)}."
        return
    coming = sorted((one for one in person.absences if one.end >= today), key=lambda one: one.start)
    if not coming:
        yield f"**{person.name}** is not away: no absence is registered."
    for absence in coming:
        deputy = team.name_of(absence.deputy)
        stands_in = f"; {deputy} stands in as deputy" if absence.deputy else ", with no deputy named"
        word = "is" if absence.start <= today else "will be"
        yield f"**{person.name}** {word} away from {day(absence.start)} to {day(absence.end)}{stands_in}."


def _all_away(team: Team, today: date) -> Passage:
    away = [
        sentence
        for person in team.people.values()
        if not person.has_left(today) and person.absence_on(today)
        for sentence in list(_absence(person, team, today))[:1]
    ]
    said = away or ["Nobody is away today, as far as the register knows."]
    return passage(source="People register: absences", sentences=said, confidence=SURE)


def _answers_for(person: Person, team: Team) -> Iterator[str]:
    for letter, word in (("A", "accountable"), ("R", "responsible")):
        rows = [row for row in team.responsibilities.values() if _stands(row, letter, person)]
        if rows:
            things = "; ".join(f"{gerund(row.activity)} {row.about.within}" for row in rows)
            yield f"**{person.name}** is {word} for {things}."


def _stands(row: Responsibility, letter: str, person: Person) -> bool:
    held = (holder for held_as, holder in row.holders() if held_as == letter)
    return any(holder.kind == "person" and holder.name == person.id for holder in held)


def _card(person: Person, team: Team) -> Iterator[str]:
    roles = f" is {listed(person.roles)}" if person.roles else " is in the team"
    yield f"**{person.name}**{roles}, in the time zone {person.time_zone}."
    if led := [one.name for one in team.initiatives.values() if one.lead == person.id]:
        yield f"{person.name} leads {listed(led)}."
    if sponsored := [one.name for one in team.initiatives.values() if one.sponsor == person.id]:
        yield f"{person.name} sponsors {listed(sponsored)}."


def _role(asked: str, team: Team) -> str | None:
    """Returns the role in "who is the data engineer?"; questions about what a role does are documents'."""
    match = _WHO_IS_ROLE.fullmatch(asked)
    if match is None:
        return None
    said = words(match["role"])
    names = {words(name): role.name for role in team.roles.values() for name in (role.name, *role.aliases)}
    names |= {words(name): name for person in team.people.values() for name in person.roles}
    return names.get(said)


def _in_role(role: str, team: Team, today: date) -> Passage:
    filling = [f"**{person.name}**" for person in team.people_in(role, today)]
    said = f"The {role} is {listed(filling)}." if filling else f"Nobody fills the role {role} at present."
    return passage(source=f"People register: {role}", sentences=[said], confidence=SURE)
