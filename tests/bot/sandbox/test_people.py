"""What people see and may do, and what is kept from them."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from bot.sandbox.driver import SandboxRefusedError
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import SEED


def refused(sandbox: SandboxServer, who: str, channel: str) -> str:
    with pytest.raises(SandboxRefusedError) as raised:
        sandbox.person(who).say(channel, "hello")
    return raised.value.name


def test_people_speak_only_where_they_are(sandbox: SandboxServer) -> None:
    assert refused(sandbox, "cy", "#ml-platform") == "channel_not_found"
    assert refused(sandbox, "bo", "#outside") == "not_in_channel"
    assert refused(sandbox, "gus", "#general") == "channel_not_found"
    assert refused(sandbox, "ana", "#old") == "is_archived"
    assert refused(sandbox, "zoe", "#general") == "account_inactive"
    assert refused(sandbox, "nobody", "#general") == "user_not_found"


def test_private_channels_are_hidden_from_others(sandbox: SandboxServer, ana: Person) -> None:
    ana.say("#board", "secret")
    with pytest.raises(SandboxRefusedError, match="channel_not_found"):
        sandbox.person("bo").history("#board")
    names = [c.get("name") for c in sandbox.get("/people/bo/channels")["channels"]]
    assert "board" not in names
    assert "ml-platform" in names


def test_unread_counts_fall_when_read(sandbox: SandboxServer, ana: Person) -> None:
    def unread() -> int:
        channels = sandbox.get("/people/bo/channels")["channels"]
        return int(next(c["unread"] for c in channels if c.get("name") == "general"))

    said = ana.say("#general", "news")
    before = unread()
    sandbox.post("/people/bo/mark", channel="#general", ts=said.ts)
    assert (before > 0, unread()) == (True, 0)


def test_only_own_words_can_be_changed(ana: Person, bo: Person) -> None:
    said = ana.say("#general", "mine")
    with pytest.raises(SandboxRefusedError, match="cant_update_message"):
        bo.edit(said, "yours")


def test_a_person_sees_the_seeded_past(ana: Person) -> None:
    said = next(m for m in ana.history("#general") if m.text == "Morning <@U0ANA>")
    assert [m.text for m in ana.thread(said)] == ["Morning <@U0ANA>", "Hi"]


def test_older_messages_come_page_by_page(sandbox: SandboxServer, ana: Person) -> None:
    for n in range(30):
        ana.say("#ml-platform", str(n))
    page = sandbox.get("/people/ana/history", channel="#ml-platform", limit=20)
    older = sandbox.get(
        "/people/ana/history", channel="#ml-platform", limit=20, before=page["messages"][0]["ts"]
    )
    assert [m["text"] for m in [*older["messages"], *page["messages"]]] == [str(n) for n in range(30)]
    assert (page["has_more"], older["has_more"]) == (True, False)


def test_a_closed_direct_message_comes_back_with_the_next_word(
    sandbox: SandboxServer, web: WebClient, ana: Person
) -> None:
    channel = ana.say("@muster", "hi").channel
    sandbox.post("/people/ana/close_dm")
    assert channel not in [c["id"] for c in sandbox.get("/people/ana/channels")["channels"]]
    web.chat_postMessage(channel="U0ANA", text="still here")
    assert channel in [c["id"] for c in sandbox.get("/people/ana/channels")["channels"]]


def test_the_feed_tells_what_happens_and_begins_where_one_left(sandbox: SandboxServer, ana: Person) -> None:
    got: list[dict[str, Any]] = []
    ready, enough = threading.Event(), threading.Event()

    def listen() -> None:
        with httpx.stream("GET", sandbox.base_url + "/sandbox/feed", timeout=10) as response:
            for line in response.iter_lines():
                ready.set()
                if line.startswith("data: "):
                    got.append(json.loads(line.removeprefix("data: ")))
                    if "reaction.added" in [e["kind"] for e in got]:
                        break
        enough.set()

    listener = threading.Thread(target=listen)
    listener.start()
    assert ready.wait(5)
    said = ana.say("#general", "live")
    ana.react(said, "eyes")
    assert enough.wait(5)
    listener.join()
    kinds = [e["kind"] for e in got]
    assert kinds.index("message.posted") < kinds.index("reaction.added")
    last = got[-1]["number"]
    with httpx.stream("GET", f"{sandbox.base_url}/sandbox/feed?after={last - 1}", timeout=10) as response:
        first = next(line for line in response.iter_lines() if line.startswith("id: "))
    assert first == f"id: {last}"


def test_a_stop_does_not_wait_for_those_who_listen() -> None:
    with SandboxServer(SEED) as sandbox:
        stream = httpx.stream("GET", sandbox.base_url + "/sandbox/feed", timeout=10)
        with stream as response:
            next(response.iter_raw())
            started = time.monotonic()
            sandbox.stop()
    assert time.monotonic() - started < 1.5


def test_only_names_of_this_machine_are_answered(sandbox: SandboxServer) -> None:
    """A page elsewhere that resolves its name to loopback gets nothing."""
    answer = httpx.get(sandbox.base_url + "/sandbox", headers={"Host": "evil.example"})
    assert answer.status_code == 400


def test_other_addresses_than_loopback_are_refused() -> None:
    with pytest.raises(ValueError, match="loopback only"):
        SandboxServer(SEED, host="0.0.0.0")  # noqa: S104  # refused


def test_the_surface_is_documented(sandbox: SandboxServer) -> None:
    paths = httpx.get(sandbox.base_url + "/sandbox/openapi.json").json()["paths"]
    undocumented = [
        f"{verb} {path}"
        for path, verbs in paths.items()
        for verb, operation in verbs.items()
        if not operation.get("description")
    ]
    assert undocumented == []
    assert "/sandbox/people/{who}/say" in paths
