"""Who is meant by the owner that a document names: a person, or whoever fills a role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from knowledge.passages import EVERYONE, Audience
from knowledge.registers.people import Person
from knowledge.registers.team import Team

AudienceOf = Callable[[Person], Audience]
"""Which audiences' names a person goes by, as the chat knows it."""


def for_everyone(_person: Person) -> Audience:
    """Returns that nothing is known of a person's channels: they hear of what everyone may read."""
    return EVERYONE


def owners(owner: str, team: Team, today: date) -> Sequence[Person]:
    """Returns the people whom the name of an owner means today, nobody where it is nobody's."""
    person = team.person(owner) if owner else None
    if person is not None:
        return () if person.has_left(today) else (person,)
    return team.people_in(owner, today) if owner and team.role(owner) else ()
