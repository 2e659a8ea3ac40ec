"""The card of a blocker: one for each person who can do something about it, edited as it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.message import Message, Person
from knowledge.records.blocker import Blocker, BlockerEvent
from knowledge.registers.team import Team
from rituals.members import member_of
from rituals.standup.said import BlockerCard, card_key


def card_messages(blocker: Blocker, holders: Mapping[str, str], team: Team) -> list[Message]:
    """Returns a card for each holder (a person's id, with why they hold it); unknown people get none."""
    return [
        Message(
            key=card_key(blocker.id, person),
            to=Person(name=member_of(team.people[person]).address),
            content=_card(blocker, why, person, team),
        )
        for person, why in holders.items()
        if person in team.people
    ]


def holders_of(blocker: Blocker, story: Sequence[BlockerEvent]) -> dict[str, str]:
    """Returns everybody who was given a blocker's card, with why; the present owner is always among them."""
    given = {event.who: event.words for event in story if event.what in {"routed", "climbed"} and event.who}
    return given | ({blocker.owner: blocker.route} if blocker.owner else {})


def _card(blocker: Blocker, why: str, person: str, team: Team) -> BlockerCard:
    climbed = blocker.level != "responsible" and person != blocker.owner
    passed_on = blocker.owner != person and not climbed
    return BlockerCard(
        id=blocker.id,
        text=blocker.text,
        initiative=blocker.initiative,
        reporter=team.name_of(blocker.reporter),
        owner=team.name_of(blocker.owner) if blocker.owner else "",
        since=blocker.since,
        level=blocker.level if climbed else "responsible",
        why=why,
        resolved_by=team.name_of(blocker.resolved_by) if blocker.resolved_by else "",
        corrected_to=team.name_of(blocker.owner) if passed_on else "",
    )
