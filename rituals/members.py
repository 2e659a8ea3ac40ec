"""Who takes part: from a channel, a user group or a list; guests, bots and those who left are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.errors import InputError
from knowledge.registers.people import Person
from knowledge.registers.team import Team
from rituals.ritual import Member


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Somebody as the chat knows them; `guest` is from outside the team, `bot` no person."""

    slack_user: str
    name: str
    zone: str = "UTC"
    email: str = ""
    guest: bool = False
    bot: bool = False


class Roster(Protocol):
    """Who is in a channel or a group, as the chat knows it; `knows` is False where there is no chat."""

    @property
    def knows(self) -> bool:
        """Tells whether there is anybody to ask."""
        ...

    def members(self, name: str) -> Sequence[Seen] | None:
        """Returns who is in `#channel` or `@group`, None where there is no such.

        Raises `RetryableError` where the chat does not say.
        """
        ...

    def is_open(self, channel: str) -> bool:
        """Tells whether everyone in the workspace may read a channel; in doubt they may not."""
        ...


class NoRoster:
    """No chat is there to ask: at the terminal, the register's people stand for every channel."""

    knows = False

    def members(self, name: str) -> Sequence[Seen] | None:  # noqa: ARG002  # the port's form
        """Returns that nothing can be told."""
        return None

    def is_open(self, channel: str) -> bool:  # noqa: ARG002  # the port's form
        """Returns that nobody but its members may read a channel."""
        return False


def members_of(named: Sequence[str], channel: str, team: Team, roster: Roster, today: date) -> list[Member]:
    """Returns the members in the order of their ids.

    `named` are people, `@groups` and `#channels`; without any, whoever is in `channel`. Where there is no
    chat to ask, everybody in the register is in every channel and group.
    Raises `InputError` for a name that is nobody's, and for a channel or group that is gone.
    """
    found: dict[str, Member] = {}
    for name in named or [channel or "#"]:
        for member in _named(name, team, roster, today):
            found[member.id] = member
    return sorted(found.values(), key=lambda one: one.id)


def member_of(person: Person) -> Member:
    """Returns a person of the register as a member."""
    return Member(
        id=person.id,
        name=person.name,
        address=person.slack_user or person.email or person.name,
        zone=person.time_zone,
        country=person.country,
        absences=person.absences,
    )


def _named(name: str, team: Team, roster: Roster, today: date) -> Iterator[Member]:
    person = team.person(name)
    if person is not None:
        if not person.has_left(today):
            yield member_of(person)
        return
    if not name.startswith(("#", "@")):
        raise InputError(
            f"{name!r} is nobody in the register of people.",
            cure="Write a person's name, @group or #channel.",
        )
    if not roster.knows:
        yield from (member_of(one) for one in team.people.values() if not one.has_left(today))
        return
    seen = roster.members(name)
    if seen is None:
        kind = "channel" if name.startswith("#") else "group"
        raise InputError(
            f"There is no {kind} {name!r}, or Muster is not in it.", cure="It may have been renamed."
        )
    for one in seen:
        yield from _seen(one, team, today)


def _seen(one: Seen, team: Team, today: date) -> Iterator[Member]:
    if one.bot:
        return
    person = team.person(one.slack_user) or team.person(one.email) or team.person(one.name)
    if person is not None and not person.has_left(today):
        yield member_of(person)
    elif person is None and not one.guest:
        yield Member(id=one.slack_user, name=one.name, address=one.slack_user, zone=one.zone)
