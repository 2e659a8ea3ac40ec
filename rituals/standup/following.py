"""Blockers are followed up: they climb when they age, and their owners are asked when all is quiet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from core.message import Message, Person
from knowledge.records.blocker import LEVELS, Blocker, Level
from rituals.calendars import working_days_between
from rituals.members import member_of
from rituals.ritual import Composed, Occasion
from rituals.standup.cards import card_messages
from rituals.standup.options import StandupOptions
from rituals.standup.records import StandupRecords
from rituals.standup.routing import Route, climbed
from rituals.standup.said import BlockerQuiet


@dataclass(frozen=True, kw_only=True)
class Climb:
    """A blocker that goes up to a level, and to whom."""

    blocker: Blocker
    level: Level
    route: Route


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """What is to be done about the open blockers of a day."""

    day: date
    climbs: tuple[Climb, ...]
    quiet: tuple[Blocker, ...]
    occasion: Occasion


@dataclass(frozen=True, kw_only=True)
class Following:
    """The phase "follow-up"."""

    records: StandupRecords

    def gather(self, occasion: Occasion, options: StandupOptions) -> FollowUp | None:
        """Reads which open blockers are due for the next level, and which owners to ask."""
        day = occasion.slot.day
        still_open = self.records.blockers.open(ritual=occasion.planned.name)
        climbs = tuple(climb for one in still_open for climb in _climbs(one, options, occasion))
        quiet = tuple(one for one in still_open if self._is_quiet(one, options, occasion))
        if not climbs and not quiet:
            return None
        return FollowUp(day=day, climbs=climbs, quiet=quiet, occasion=occasion)

    def note(self, facts: FollowUp) -> None:
        """Keeps who has each blocker now, and who is asked."""
        for climb in facts.climbs:
            self.records.blockers.climb(
                climb.blocker.id, level=climb.level, owner=climb.route.owner, route=climb.route.words
            )
        for one in facts.quiet:
            self.records.blockers.asked(one.id, on=facts.day, who=one.owner)

    def compose(self, facts: FollowUp) -> Composed:
        """Returns the cards and the private questions."""
        team = facts.occasion.team
        cards = [
            message
            for climb in facts.climbs
            for message in card_messages(
                replace(climb.blocker, level=climb.level), {climb.route.owner: climb.route.words}, team
            )
        ]
        asked = [message for one in facts.quiet for message in _question(one, facts)]
        remark = f"{len(facts.climbs)} climbed, {len(facts.quiet)} asked about"
        return Composed(messages=(*cards, *asked), remark=remark)

    def _is_quiet(self, one: Blocker, options: StandupOptions, occasion: Occasion) -> bool:
        day = occasion.slot.day
        owner = occasion.team.people.get(one.owner)
        if owner is None or owner.absence_on(day):
            return False
        if working_days_between(one.news_at.date(), day, owner.country) < options.quiet_after:
            return False
        asked = [event for event in self.records.blockers.story(one.id) if event.what == "asked"]
        since = [event for event in asked if event.at >= one.news_at]
        return not since or since[-1].key == f"asked:{day}"


def _climbs(one: Blocker, options: StandupOptions, occasion: Occasion) -> Iterator[Climb]:
    """Yields every level that a blocker's age has reached; those it has been at are said again in vain."""
    age = working_days_between(one.reported_on, occasion.slot.day, options.country)
    due = {"accountable": options.accountable_after, "sponsor": options.sponsor_after}
    for level in LEVELS[1:]:
        if age < due[level]:
            return
        route = climbed(level, one.row_key, one.initiative, occasion.team, occasion.slot.day)
        if route.owner and route.owner != one.owner:
            yield Climb(blocker=one, level=level, route=route)


def _question(one: Blocker, facts: FollowUp) -> Iterator[Message]:
    owner = facts.occasion.team.people.get(one.owner)
    if owner is None:
        return
    content = BlockerQuiet(
        id=one.id,
        text=one.text,
        reporter=facts.occasion.team.name_of(one.reporter),
        since=one.since,
        last_news=one.news_at.date(),
    )
    key = f"blocker:{one.id}:quiet:{facts.day}"
    yield Message(key=key, to=Person(name=member_of(owner).address), content=content)
