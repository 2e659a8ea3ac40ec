"""Who in the register an account of Slack is, and what the account tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.roster import Account, account_of, matched, with_group_roles
from knowledge.registers.people import Person
from knowledge.registers.roles import Role
from knowledge.registers.team import Team

TODAY = date(2026, 11, 23)
ANA = Person(id="ana-ruiz", name="Ana Ruiz", email="ana@x.example")
BEN = Person(id="ben", name="Ben Carter", slack_user="U0BEN", time_zone="Europe/London")
TEAM = Team.of([ANA, BEN, Role(name="ML engineer", aliases=("MLE",))])


@pytest.mark.parametrize(
    "account",
    [
        Account(id="U0ANA", name="Somebody", email="ANA@x.example"),
        Account(id="U0ANA", name="ana ruiz"),
    ],
)
def test_a_person_is_found_by_e_mail_and_by_full_name(account: Account) -> None:
    (found,) = matched([account], TEAM, TODAY)
    assert (found.id, found.slack_user, found.email) == ("ana-ruiz", "U0ANA", "ana@x.example")


def test_what_the_register_says_stays() -> None:
    told = Account(id="U0BEN", name="Benjamin", email="ben@x.example", zone="Asia/Tokyo")
    (found,) = matched([told], TEAM, TODAY)
    assert found == replace(BEN, email="ben@x.example")
    assert matched([told], TEAM.with_entries(found), TODAY) == []


def test_an_account_of_somebody_elses_name_is_not_taken_over() -> None:
    assert matched([Account(id="U0OTHER", name="Ben Carter")], TEAM, TODAY) == []


def test_two_of_one_name_are_nobody() -> None:
    team = TEAM.with_entries(Person(id="ana-2", name="Ana Ruiz"))
    assert matched([Account(id="U0ANA", name="Ana Ruiz")], team, TODAY) == []


def test_a_closed_account_is_somebodys_last_day_and_stays_it() -> None:
    gone = Account(id="U0BEN", name="Ben Carter", gone=True)
    (found,) = matched([gone], TEAM, TODAY)
    assert found.left == TODAY
    assert matched([gone], TEAM.with_entries(found), date(2027, 1, 1)) == []


def test_an_unknown_time_zone_is_left_out() -> None:
    (found,) = matched([Account(id="U0ANA", name="Ana Ruiz", zone="Mars/Base")], TEAM, TODAY)
    assert found.time_zone == "UTC"


def test_a_user_group_that_bears_a_roles_name_gives_the_role_once() -> None:
    group = {"handle": "ml-engineers", "name": "", "users": ["U0BEN", "U0STRANGER"]}
    (found,) = with_group_roles([], [group], TEAM)
    assert found.roles == ("ML engineer",)
    assert with_group_roles([], [group], TEAM.with_entries(found)) == []
    assert with_group_roles([], [group | {"date_delete": 1}], TEAM) == []


def test_bots_and_people_of_other_workspaces_are_no_accounts() -> None:
    ana: dict[str, Any] = {
        "id": "U1",
        "real_name": "Ana",
        "team_id": "T1",
        "profile": {"email": "a@x.example"},
    }
    assert account_of(ana, "T1") == Account(id="U1", name="Ana", email="a@x.example")
    for other in ({"is_bot": True}, {"team_id": "T2"}, {"id": "USLACKBOT"}, {"is_stranger": True}):
        assert account_of(ana | other, "T1") is None
