"""What the live feed tells one person: what they may see, drawn for them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.page.desk import Desk, Welcome, no_stops
from bot.sandbox.page.feed import push
from bot.sandbox.people.saying import Saying, say
from bot.sandbox.sandbox import Options, Sandbox
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.shapes import message_shape
from tests.browser.sample_workspace import SAMPLE

Json = dict[str, Any]


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The sample workspace, without a server."""
    sandbox = Sandbox(SAMPLE, None, "http://127.0.0.1:1", Options())
    yield Desk.of(sandbox, no_stops, Welcome())
    sandbox.close()


@pytest.fixture
def changes(desk: Desk) -> list[Change]:
    """What changes from now on."""
    seen: list[Change] = []
    desk.sandbox.workspace.watch(seen.append)
    return seen


def _event(change: Change) -> Json:
    return {
        "kind": change.kind,
        "channel": change.channel,
        "user": change.user,
        "ts": change.ts,
        "detail": change.detail,
    }


def _told(desk: Desk, who: str, change: Change) -> tuple[str, Json] | None:
    return push(desk, desk.person(who), _event(change))


def _said(desk: Desk, who: str, channel: str, text: str, thread_ts: str = "") -> str:
    workspace = desk.sandbox.workspace
    return say(workspace, desk.person(who), Saying(channel=channel, text=text, thread_ts=thread_ts)).ts


def test_a_message_is_told_to_those_who_may_read_its_channel(desk: Desk, changes: list[Change]) -> None:
    _said(desk, "ana", "#ml-platform", "the runbook moved")
    told = _told(desk, "jonas", changes[-1])
    assert told is not None
    assert "the runbook moved" in told[1]["pieces"][0]["html"]
    assert told[1]["said"] == "Ana Ruiz: the runbook moved"
    assert _told(desk, "hugo", changes[-1]) is None


def test_a_guest_hears_nothing_of_public_channels_they_are_not_in(desk: Desk, changes: list[Change]) -> None:
    _said(desk, "ana", "#churn", "uplift is fine")
    assert _told(desk, "hugo", changes[-1]) is not None
    assert _told(desk, "farid", changes[-1]) is None


def test_a_reply_comes_with_the_new_summary_of_its_thread(desk: Desk, changes: list[Change]) -> None:
    root = _said(desk, "ana", "#churn", "a question")
    _said(desk, "ben", "#churn", "an answer", thread_ts=root)
    told = _told(desk, "ana", changes[-1])
    assert told is not None
    assert [(piece["where"], piece["thread"]) for piece in told[1]["pieces"]] == [
        ("thread", root),
        ("channel", root),
    ]
    assert "1 reply" in told[1]["pieces"][1]["html"]


def test_what_only_one_person_sees_is_told_to_them_alone(desk: Desk, changes: list[Change]) -> None:
    workspace = desk.sandbox.workspace
    message = workspace.authored_by_app("C0CHURN", text="for your eyes")
    message.to = "U0ANA"
    workspace.post(message)
    told = _told(desk, "ana", changes[-1])
    assert told is not None
    assert "Only visible to you" in told[1]["pieces"][0]["html"]
    assert _told(desk, "ben", changes[-1]) is None


def test_a_deleted_message_is_gone_and_its_thread_counted_anew(desk: Desk, changes: list[Change]) -> None:
    workspace = desk.sandbox.workspace
    root = _said(desk, "ana", "#churn", "a question")
    reply = workspace.messages.get("C0CHURN", _said(desk, "ben", "#churn", "an answer", thread_ts=root))
    workspace.remove(reply, message_shape(reply, workspace))
    told = push(desk, desk.person("ana"), _event(changes[-1]) | {"thread_ts": root})
    assert told is not None
    assert told[0] == "message.gone"
    assert "1 reply" not in told[1]["pieces"][0]["html"]


def test_nobody_hears_of_the_modals_of_others(desk: Desk) -> None:
    change = Change(kind="view.changed", user="U0ANA", detail={"view": "V1"})
    assert _told(desk, "ben", change) is None
    told = _told(desk, "ana", change)
    assert told == ("modal", {"html": "", "id": ""})
