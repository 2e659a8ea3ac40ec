"""Who is who, from a local Slack: remembered for five minutes, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.directory import FAILURE_REMEMBERED, Directory
from bot.pace import Pace
from bot.sandbox.server import SandboxServer
from bot.slack_calls import SlackCalls
from core.fakes import FrozenClock
from knowledge.passages import Audience
from tests.stage import SEED

NAMED = ("#ml-platform", "#leads", "#nowhere", "@leads-group", "@ana", "@nobody")


@pytest.fixture
def slack() -> Iterator[SandboxServer]:
    with SandboxServer(SEED) as server:
        yield server


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def directory(slack: SandboxServer, clock: FrozenClock) -> Directory:
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    return Directory(SlackCalls(client, Pace()), clock, team_id="T0SANDBOX")


def test_an_audience_is_what_somebody_goes_by(slack: SandboxServer, directory: Directory) -> None:
    names = {who: directory.audience(slack.person(who).id, NAMED).names for who in ("ana", "ben", "chi")}
    assert names == {
        "ana": {"#ml-platform", "#leads", "@leads-group", "@ana"},
        "ben": {"#ml-platform"},
        "chi": frozenset(),
    }


def test_nobody_known_reads_what_everyone_reads(directory: Directory) -> None:
    assert directory.audience("U0NOBODY", NAMED) == Audience()


@pytest.mark.parametrize(
    "method", ["conversations.members", "conversations.list", "usergroups.list", "users.info"]
)
def test_a_failed_look_up_is_no_membership_and_is_soon_tried_again(
    slack: SandboxServer, directory: Directory, clock: FrozenClock, method: str
) -> None:
    slack.fault("http_500", method, times=None)
    whole = {"#ml-platform", "#leads", "@leads-group", "@ana"}
    assert directory.audience(slack.person("ana").id, NAMED).names < whole
    slack.delete("/faults")
    clock.advance(FAILURE_REMEMBERED)
    assert directory.audience(slack.person("ana").id, NAMED).names == whole


def test_a_look_up_is_remembered_for_five_minutes_at_most(
    slack: SandboxServer, directory: Directory, clock: FrozenClock
) -> None:
    ben = slack.person("ben")
    for _ in range(3):
        directory.audience(ben.id, NAMED)
    assert len(slack.calls("usergroups.list")) == 1
    ben.leave("#ml-platform")
    clock.advance(timedelta(minutes=4, seconds=59))
    assert "#ml-platform" in directory.audience(ben.id, NAMED).names
    clock.advance(timedelta(seconds=1))
    assert directory.audience(ben.id, NAMED).names == frozenset()


def test_people_are_found_by_handle_name_or_id_and_never_by_half(
    slack: SandboxServer, directory: Directory
) -> None:
    ana = slack.person("ana").id
    for name in ("@ana", "ana", "Ana Kovač", "ana kovač", ana):
        assert directory.person_id(name) == ana, name
    for name in ("", "@", "An", "Kovač", "nobody"):
        assert directory.person_id(name) is None, name


def test_channels_are_found_by_name_or_id(directory: Directory) -> None:
    general = directory.channel_id("#general")
    assert general == directory.channel_id("general") == directory.channel_id(str(general))
    assert directory.channel_id("#nowhere") is None


def test_a_place_is_open_private_or_direct(slack: SandboxServer, directory: Directory) -> None:
    by_name = {name: directory.place(str(directory.channel_id(name))) for name in ("#general", "#leads")}
    assert by_name["#general"].open
    assert not by_name["#leads"].open
    direct = directory.place(directory.direct_channel(slack.person("chi").id))
    assert direct.direct
    assert not direct.open


def test_a_place_that_cannot_be_looked_up_is_open_to_everyone(
    slack: SandboxServer, directory: Directory
) -> None:
    """So only what everyone may read is said there."""
    leads = directory.channel_id("#leads")
    slack.fault("http_500", "conversations.info")
    assert directory.place(str(leads)).open


def test_the_admins_are_known(slack: SandboxServer, directory: Directory) -> None:
    assert directory.admins() == (slack.person("ana").id,)
