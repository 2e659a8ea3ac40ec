"""People and roles as views name them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.views.blocks import Element, option
from bot.views.mrkdwn import cut, escape, user
from knowledge.registers.owning.owners import Standing
from knowledge.registers.responsibilities import Holder
from knowledge.registers.team import Team

PERSON, ROLE, SLACK = "person:", "role:", "slack:"
LONGEST_NAME = 80


def person_text(who: str, team: Team) -> str:
    """Returns somebody in mrkdwn, by any name that means one person: a mention where Slack knows them."""
    person = team.person(who)
    if person is None:
        return user(who)
    return user(person.slack_user) if person.slack_user else name_text(person.name)


def people_text(people: Iterable[str], team: Team) -> str:
    """Returns several as "Ana, Ben or Chi"."""
    names = [person_text(one, team) for one in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else "an admin"


def name_text(name: str) -> str:
    """Returns a name, escaped and not too long."""
    return escape(cut(" ".join(name.split()), LONGEST_NAME))


def standing_text(standing: Standing, team: Team) -> str:
    """Returns a holder as of today: who, and what a reader should know of them."""
    is_person = standing.holder.kind == "person"
    who = person_text(standing.holder.name, team) if is_person else name_text(standing.name)
    if not standing.note:
        return who
    note = standing.note
    if standing.deputy:
        until, _, _ = note.partition(";")
        return f"{who} · {escape(until)}, {person_text(standing.deputy, team)} stands in"
    return f"{who} · {escape(cut(note, 200))}"


def holders_text(holders: Iterable[Holder], team: Team) -> str:
    """Returns holders as "Ana, ML engineer", or a dash."""
    return ", ".join(holder_text(holder, team) for holder in holders) or "–"


def holder_text(holder: Holder, team: Team) -> str:
    """Returns a holder's name."""
    return name_text(team.name_of(holder))


def holder_option(holder: Holder, team: Team) -> Element:
    """Returns a holder as a choice of a menu."""
    if holder.kind == "role":
        return option(holder.name, f"{ROLE}{holder.name}", "Role")
    person = team.people.get(holder.name)
    described = ", ".join(person.roles) if person else ""
    return option(team.name_of(holder), f"{PERSON}{holder.name}", described)


def person_option(person: str, team: Team) -> Element | None:
    """Returns a person as a choice, None for nobody."""
    return holder_option(Holder(kind="person", name=person), team) if person else None
