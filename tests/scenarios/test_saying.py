"""What Muster says of its own accord: in order, once, edited in place, and told on where it can't be."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from core.errors import NotFoundError
from core.message import Channel, Message, Thread, Under, Whisper
from core.message import Person as To
from tests.stage import Muster, wait_for


@dataclass(frozen=True, kw_only=True)
class Alert:
    model: str
    state: str


def said(person: Person, words: str, channel: str = "#general") -> list[str]:
    time.sleep(0.5)
    return [message.text for message in person.history(channel) if words in message.words]


def test_the_same_key_and_content_is_said_once(muster: Muster, chi: Person) -> None:
    for _ in range(3):
        muster.slack.delivery.say(Message(key="digest:47", to=Channel(name="#general"), content="Week 47"))
    chi.sees("#general", "Week 47")
    assert len(said(chi, "Week 47")) == 1


def test_other_content_edits_what_was_said_back_and_forth(muster: Muster, chi: Person) -> None:
    """One message for one thing: firing, resolved, and firing again are edits, in that order."""
    to = Channel(name="general")
    for state in ("firing", "resolved", "firing", "resolved"):
        content = Alert(model="churn", state=state)
        muster.slack.delivery.say(Message(key="drift:churn", to=to, content=content))
    chi.sees("#general", "resolved")
    time.sleep(0.5)
    (message,) = [m for m in chi.history("#general") if "churn" in m.words]
    assert "resolved" in message.words


def test_a_story_goes_on_under_its_message(muster: Muster, chi: Person) -> None:
    delivery = muster.slack.delivery
    delivery.say(Message(key="drift:churn", to=Channel(name="#general"), content="Churn drifts"))
    alert = chi.sees("#general", "Churn drifts")
    delivery.say(Message(key="drift:churn:1", to=Under(key="drift:churn"), content="Rolled back"))
    chi.sees(alert, "Rolled back")


def test_a_person_is_told_in_private(muster: Muster, ana: Person, chi: Person) -> None:
    muster.slack.delivery.say(Message(key="remind:ana", to=To(name="@ana"), content="Your standup is open"))
    ana.sees("@muster", "Your standup is open")
    assert said(chi, "standup") == []


def test_a_person_is_found_by_their_full_name(muster: Muster, ben: Person) -> None:
    muster.slack.delivery.say(Message(key="remind:ben", to=To(name="Ben Okafor"), content="Hello Ben"))
    ben.sees("@muster", "Hello Ben")


def test_a_channel_keeps_its_order_within_slacks_pace(
    muster: Muster, slack: SandboxServer, chi: Person
) -> None:
    for number in range(5):
        to = Channel(name="#general")
        muster.slack.delivery.say(Message(key=f"line:{number}", to=to, content=f"Line {number}"))
    chi.sees("#general", "Line 4", timeout=15)
    lines = [message.text for message in chi.history("#general") if message.text.startswith("Line")]
    assert lines == [f"Line {number}" for number in range(5)]
    assert all(call["outcome"] == "ok" for call in slack.calls("chat.postMessage"))


def test_an_answer_does_not_wait_behind_a_digest(muster: Muster, chi: Person) -> None:
    """Eight messages for the channel are queued, one a second; a question there is answered before them."""
    for number in range(8):
        to = Channel(name="#general")
        muster.slack.delivery.say(Message(key=f"line:{number}", to=to, content=f"Line {number}"))
    question = chi.say("#general", "@muster who signs off a release?")
    chi.sees(question, "model owner", timeout=4)
    assert not any(message.text == "Line 7" for message in chi.history("#general"))


def test_a_limited_channel_is_left_alone_for_as_long_as_slack_says(
    muster: Muster, slack: SandboxServer, chi: Person
) -> None:
    slack.fault("rate_limited", "chat.postMessage", seconds=2)
    muster.slack.delivery.say(Message(key="one", to=Channel(name="#general"), content="At last"))
    chi.sees("#general", "At last")
    first, second = slack.calls("chat.postMessage")
    assert (first["outcome"], second["outcome"]) == ("ratelimited", "ok")
    assert second["at"] - first["at"] >= 2


def test_what_cannot_be_said_is_recorded_and_an_admin_told_the_cure(muster: Muster, ana: Person) -> None:
    to = Channel(name="#elsewhere")
    muster.slack.delivery.say(Message(key="digest", to=to, content="A digest"))
    told = ana.sees("@muster", "could not say something in #elsewhere")
    assert "/invite @Muster" in told.words
    (failed,) = muster.slack.log.failed()
    assert failed.key == "digest"
    assert "not_in_channel" in failed.error
    muster.slack.delivery.say(
        Message(key="digest:2", to=Channel(name="#elsewhere"), content="Another digest")
    )
    wait_for(lambda: len(muster.slack.log.failed()) == 2)
    assert len(said(ana, "could not say", "@muster")) == 1


def test_nobody_and_nothing_is_no_place(muster: Muster) -> None:
    delivery = muster.slack.delivery
    with pytest.raises(NotFoundError, match="nobody called '@nobody'"):
        delivery.spot(To(name="@nobody"))
    with pytest.raises(NotFoundError, match="no message 'never said'"):
        delivery.spot(Under(key="never said"))
    assert delivery.spot(Thread(channel="C1", ts="1.2")).thread == "1.2"
    assert delivery.spot(Whisper(channel="C1", person="U1", thread="1.2")).thread == "1.2"


def test_a_deleted_message_stays_deleted(muster: Muster, slack: SandboxServer, chi: Person) -> None:
    delivery, to = muster.slack.delivery, Channel(name="#general")
    delivery.say(Message(key="drift:churn", to=to, content="Churn drifts"))
    message = chi.sees("#general", "Churn drifts")
    muster.slack.calls.write("chat.delete", channel=message.channel, ts=message.ts)
    delivery.say(Message(key="drift:churn", to=to, content="Churn is well again"))
    wait_for(lambda: [call for call in slack.calls("chat.update") if call["outcome"] == "message_not_found"])
    assert said(chi, "Churn") == []


def test_what_was_queued_outlives_a_restart(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person
) -> None:
    slack.post("/rate-limits", enabled=False)  # a socket may be opened once a minute
    first = start()
    slack.fault("http_500", "chat.postMessage", times=2)
    first.slack.delivery.say(Message(key="digest", to=Channel(name="#general"), content="A digest"))
    wait_for(lambda: slack.calls("chat.postMessage"))
    start()
    chi.sees("#general", "A digest")
    assert len(said(chi, "A digest")) == 1
