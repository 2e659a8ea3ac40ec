"""The manifest names what the listeners hear and what delivery calls: no more and no less."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.manifest import BOT_EVENTS, BOT_SCOPES, manifest
from bot.sandbox.methods.table import METHODS
from bot.sandbox.server import SandboxServer
from tests.stage import SEED, Muster, start_muster

ROOT = Path(__file__).parent.parent.parent
SUBSCRIBED_AS = {"message": {"message.channels", "message.groups", "message.im", "message.mpim"}}
ABOUT_PEOPLE = {"user_change", "team_join"}


@pytest.fixture(scope="module")
def muster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Muster]:
    with SandboxServer(SEED) as slack:
        muster = start_muster(slack, tmp_path_factory.mktemp("manifest"))
        yield muster
        muster.close()


@pytest.fixture
def dispatch(muster: Muster) -> Callable[..., int]:
    def dispatch(**payload: Any) -> int:
        body = {"team_id": "T0SANDBOX", "team": {"id": "T0SANDBOX"}, "user": {"id": "U0CHI"}, **payload}
        return muster.slack.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status

    return dispatch


def test_every_event_of_the_manifest_is_heard(dispatch: Callable[..., int]) -> None:
    for name in BOT_EVENTS:
        event = {"type": name.partition(".")[0], "user": "U0CHI", "tab": "none", "channel": "C1", "ts": "1.2"}
        if name in ABOUT_PEOPLE:
            event["user"] = {"id": "U0CHI", "name": "chi"}  # type: ignore[assignment]  # as Slack does it
        assert dispatch(type="event_callback", event=event | {"edited": {}}) == 200, name


def test_every_event_that_is_heard_stands_in_the_manifest() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "bot/listeners").glob("*.py"))
    registered = set(re.findall(r'app\.event\("(\w+)"\)', code))
    wanted = set().union(*(SUBSCRIBED_AS.get(name, {name}) for name in registered))
    assert wanted == set(BOT_EVENTS)


def test_the_commands_and_the_shortcut_of_the_manifest_are_heard(dispatch: Callable[..., int]) -> None:
    features = manifest()["features"]
    for command in features["slash_commands"]:
        status = dispatch(
            command=command["command"], text="help", user_id="U0CHI", channel_id="C1", trigger_id="1.2.3"
        )
        assert status == 200
    for shortcut in features["shortcuts"]:
        status = dispatch(
            type="message_action",
            callback_id=shortcut["callback_id"],
            trigger_id="1.2.4",
            channel={"id": "C0GENERAL"},
            message={"ts": "1.2", "text": ""},
        )
        assert status == 200


def test_every_method_that_is_called_has_its_scope() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "bot").glob("*.py"))
    code += "\n".join(path.read_text() for path in (ROOT / "bot/listeners").glob("*.py"))
    called = set(re.findall(r'"([a-z]+(?:\.[a-zA-Z]+)+)"', code)) & set(METHODS)
    assert {"chat.postMessage", "conversations.members", "views.open"} <= called
    for name in called - {"apps.connections.open"}:
        scopes = METHODS[name].scopes
        assert not scopes or set(scopes) & set(BOT_SCOPES), f"{name} needs one of {scopes}"


def test_the_documentation_tells_what_each_scope_is_for() -> None:
    text = (ROOT / "docs/slack.md").read_text(encoding="utf-8")
    section = text.partition("## What each scope is for\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`([^`]+)`", " ".join(cells))) == set(BOT_SCOPES)


def test_socket_mode_has_no_addresses_and_http_has_them_all() -> None:
    assert "http" not in json.dumps(manifest())
    assert manifest()["settings"]["socket_mode_enabled"]
    over_http = manifest(public_url="https://muster.example")
    assert not over_http["settings"]["socket_mode_enabled"]
    assert json.dumps(over_http).count("https://muster.example/slack/events") == 6


def test_slacks_own_tool_finds_its_hooks() -> None:
    hooks = json.loads((ROOT / ".slack/hooks.json").read_text())
    assert hooks["hooks"]["get-manifest"].endswith("muster manifest")
    assert (ROOT / hooks["hooks"]["start"].split()[-1]).exists()
