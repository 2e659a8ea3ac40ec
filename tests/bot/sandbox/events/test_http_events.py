"""Signed HTTP: what the app gets, and what happens when it does not answer."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import SEED, Answer, Heard, Receiver, bolt_app, through_bolt, web_client


def events(receiver: Receiver, kind: str = "") -> list[dict[str, Any]]:
    bodies = [json.loads(heard.body) for heard in receiver.heard]
    return [b for b in bodies if b.get("event", {}).get("type", "") in {kind, kind or b["event"]["type"]}]


def accept(_: Heard) -> Answer:
    return 200, "", {}


@pytest.fixture
def receiver(sandbox: SandboxServer) -> Iterator[Receiver]:
    """An app that says yes to everything."""
    with Receiver(accept) as listening:
        sandbox.post("/app", request_url=listening.url)
        listening.heard.clear()
        yield listening


def test_requests_are_signed_by_the_machines_time(
    sandbox: SandboxServer, receiver: Receiver, ana: Person
) -> None:
    """A workspace whose clock was moved a day ahead still passes the app's check of 5 minutes."""
    sandbox.advance(timedelta(days=1))
    ana.say("#general", "hello")
    sandbox.settle()
    heard = receiver.heard[0]
    assert SignatureVerifier(sandbox.signing_secret).is_valid_request(heard.body, heard.headers)
    assert not SignatureVerifier("another secret").is_valid_request(heard.body, heard.headers)
    event = json.loads(heard.body)
    assert event["event_time"] > time.time() + 86_000


def test_a_mention_sends_both_of_its_events(sandbox: SandboxServer, receiver: Receiver, ana: Person) -> None:
    said = ana.say("#general", "@muster why did churn drift?")
    sandbox.settle()
    both = {b["event"]["type"]: b for b in events(receiver)}
    assert set(both) == {"app_mention", "message"}
    assert {b["event"]["ts"] for b in both.values()} == {said.ts}
    assert len({b["event_id"] for b in both.values()}) == 2
    message = both["message"]
    assert message["event"]["channel_type"] == "channel"
    assert message["event"]["text"] == "<@U0MUSTER> why did churn drift?"
    assert message["authorizations"][0]["user_id"] == "U0MUSTER"
    assert (message["team_id"], message["api_app_id"]) == ("T0CHURN", "A0MUSTER")


def test_direct_messages_send_one_event(sandbox: SandboxServer, receiver: Receiver, ana: Person) -> None:
    ana.say("@muster", "hi <@U0MUSTER>")
    sandbox.settle()
    assert [(b["event"]["type"], b["event"]["channel_type"]) for b in events(receiver)] == [("message", "im")]


def test_the_app_hears_nothing_from_where_it_is_not(
    sandbox: SandboxServer, receiver: Receiver, ana: Person
) -> None:
    ana.say("#outside", "@muster are you there?")
    ana.say("#board", "@muster psst")
    ana.say("@bo", "@muster is slow today")
    sandbox.settle()
    assert receiver.heard == []


def test_edits_deletions_and_reactions_are_told(
    sandbox: SandboxServer, receiver: Receiver, ana: Person, bo: Person
) -> None:
    said = ana.say("#general", "helo")
    ana.edit(said, "hello @muster")
    bo.react(said, "wave")
    ana.delete(said)
    sandbox.settle()
    told = {b["event"].get("subtype") or b["event"]["type"]: b["event"] for b in events(receiver)}
    assert told["message_changed"]["previous_message"]["text"] == "helo"
    assert told["message_changed"]["message"]["edited"]["user"] == "U0ANA"
    assert told["app_mention"]["ts"] == said.ts
    assert (told["reaction_added"]["user"], told["reaction_added"]["item_user"]) == ("U0BO", "U0ANA")
    assert told["message_deleted"]["deleted_ts"] == said.ts


def test_people_and_channels_that_change_are_told(
    sandbox: SandboxServer, receiver: Receiver, ana: Person
) -> None:
    sandbox.patch("/users/bo", tz="Asia/Tokyo")
    sandbox.patch("/usergroups/ml-team", handle="ml-people")
    sandbox.post("/users", name="di", channels=["#general"])
    sandbox.post("/channels", name="launch", members=["ana"])
    sandbox.patch("/channels/launch", name="landing", archived=True)
    ana.open_home("messages")
    ana.look_at("#general")
    sandbox.settle()
    told = [b["event"]["type"] for b in events(receiver)]
    wanted = {
        "user_change", "subteam_updated", "team_join", "member_joined_channel", "channel_created",
        "channel_rename", "channel_archive", "app_home_opened", "app_context_changed",
    }  # fmt: skip
    assert wanted <= set(told)
    opened = events(receiver, "app_home_opened")[0]["event"]
    assert (opened["tab"], opened["user"]) == ("messages", "U0ANA")


def test_an_event_that_fails_comes_three_more_times_with_its_number() -> None:
    """At once, after one minute and after five, by the workspace's clock."""
    with (
        SandboxServer(SEED, rate_limits=False) as sandbox,
        Receiver(lambda _: (500, "", {})) as receiver,
    ):
        sandbox.post("/app", request_url=receiver.url)
        receiver.heard.clear()
        sandbox.person("ana").say("#general", "hello")
        _wait_for(receiver, 2)
        sandbox.advance(timedelta(minutes=1))
        _wait_for(receiver, 3)
        sandbox.advance(timedelta(minutes=5))
        _wait_for(receiver, 4)
        sandbox.settle()
        numbers = [h.headers.get("x-slack-retry-num") for h in receiver.heard]
        assert numbers == [None, "1", "2", "3"]
        assert {h.headers.get("x-slack-retry-reason") for h in receiver.heard[1:]} == {"http_error"}
        assert len({json.loads(h.body)["event_id"] for h in receiver.heard}) == 1


def _wait_for(receiver: Receiver, count: int) -> None:
    deadline = time.monotonic() + 5
    while len(receiver.heard) < count:
        assert time.monotonic() < deadline, f"{len(receiver.heard)} of {count} requests came"
        time.sleep(0.01)


def test_an_app_that_is_away_or_slow_is_tried_again(sandbox: SandboxServer, ana: Person) -> None:
    def slow_once(heard: Heard) -> Answer:
        if "x-slack-retry-num" not in heard.headers and "event_callback" in heard.body:
            time.sleep(1.5)
        return 200, "", {}

    with Receiver(slow_once) as receiver:
        sandbox.post("/app", request_url=receiver.url)
        ana.say("#general", "hello")
        sandbox.settle()
        assert receiver.heard[-1].headers["x-slack-retry-reason"] == "http_timeout"
    ana.say("#general", "anybody?")
    deadline = time.monotonic() + 5
    while sandbox.deliveries("message")[-1]["outcome"] != "connection_failed":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_app_can_ask_for_no_retries(sandbox: SandboxServer, ana: Person) -> None:
    with Receiver(lambda _: (500, "", {"x-slack-no-retry": "1"})) as receiver:
        sandbox.post("/app", request_url=receiver.url)
        receiver.heard.clear()
        ana.say("#general", "hello")
        sandbox.settle()
        assert len(receiver.heard) == 1


def test_a_new_request_url_is_challenged(sandbox: SandboxServer, receiver: Receiver) -> None:
    assert sandbox.post("/app", request_url=receiver.url)["verified"] is False
    app = bolt_app(sandbox)
    with Receiver(through_bolt(app)) as bolt:
        assert sandbox.post("/app", request_url=bolt.url)["verified"] is True


def test_a_wrong_secret_is_refused_by_bolt(sandbox: SandboxServer, ana: Person) -> None:
    app = App(client=web_client(sandbox), signing_secret="another")
    with Receiver(through_bolt(app)) as bolt:
        sandbox.post("/app", request_url=bolt.url)
        assert ana.command("/muster")["ok"] is False
        assert sandbox.deliveries("/muster")[0]["status"] == 401
