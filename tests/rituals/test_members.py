"""Who takes part: channels, groups, lists; without guests, bots and those who left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import InputError
from knowledge.registers.people import Person
from knowledge.registers.team import Team
from rituals.fakes import FakeRoster
from rituals.members import NoRoster, Seen, members_of

MONDAY = date(2026, 11, 23)
TEAM = Team.of(
    [
        Person(id="ana", name="Ana Ruiz", slack_user="U0ANA", time_zone="Europe/Madrid", country="ES"),
        Person(id="ben", name="Ben Carter", email="ben@harbour.example"),
        Person(id="gone", name="Gil Gone", slack_user="U0GIL", left=MONDAY - timedelta(days=1)),
    ]
)
ROSTER = FakeRoster(
    {
        "#delivery": [
            Seen(slack_user="U0ANA", name="ana r."),
            Seen(slack_user="U0BEN", name="Benny", email="ben@harbour.example"),
            Seen(slack_user="U0NEW", name="Noor", zone="Asia/Tokyo"),
            Seen(slack_user="U0GUEST", name="Guest", guest=True),
            Seen(slack_user="U0BOT", name="Muster", bot=True),
            Seen(slack_user="U0GIL", name="Gil Gone"),
        ],
        "@leads": [Seen(slack_user="U0ANA", name="ana r.")],
    }
)


def test_whoever_is_in_the_channel_takes_part_but_guests_bots_and_those_who_left() -> None:
    found = members_of([], "#delivery", TEAM, ROSTER, MONDAY)
    assert [(one.id, one.zone) for one in found] == [
        ("U0NEW", "Asia/Tokyo"),
        ("ana", "Europe/Madrid"),
        ("ben", "UTC"),
    ]


def test_groups_and_lists_name_people_once() -> None:
    found = members_of(["@leads", "Ana Ruiz", "Ben Carter"], "#delivery", TEAM, ROSTER, MONDAY)
    assert [one.id for one in found] == ["ana", "ben"]


def test_a_listed_person_who_left_takes_no_part() -> None:
    assert members_of(["Gil Gone"], "", TEAM, ROSTER, MONDAY) == []


def test_a_guest_in_the_register_is_a_member() -> None:
    """A partner's engineer is a guest in the chat, and of the team."""
    roster = FakeRoster({"#delivery": [Seen(slack_user="U0ANA", name="Ana", guest=True)]})
    assert [one.id for one in members_of([], "#delivery", TEAM, roster, MONDAY)] == ["ana"]


def test_a_renamed_group_is_said_and_not_taken_for_nobody() -> None:
    with pytest.raises(InputError, match="'@renamed'"):
        members_of(["@renamed"], "#delivery", TEAM, ROSTER, MONDAY)


def test_at_the_terminal_everybody_in_the_register_stands_for_a_channel() -> None:
    assert [one.id for one in members_of([], "#delivery", TEAM, NoRoster(), MONDAY)] == ["ana", "ben"]


def test_a_name_that_is_nobodys_is_quoted() -> None:
    with pytest.raises(InputError, match="'Zoe'"):
        members_of(["Zoe"], "#delivery", TEAM, ROSTER, MONDAY)
