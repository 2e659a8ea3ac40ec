"""Slack fails at each call of an answer, in each way that it can: the asker gets one answer all the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.person import Person
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from tests.stage import Muster, Sheet, wait_for

QUESTION = "@muster who signs off a release?"
ANSWER = "model owner signs off every release"

FAULTS: dict[str, dict[str, Any]] = {
    "429": {"kind": "rate_limited", "seconds": 1},
    "500": {"kind": "http_500"},
    "500 after it took effect": {"kind": "http_500", "after": True},
    "time-out": {"kind": "delay", "seconds": 1.5},
    "time-out after it took effect": {"kind": "delay", "seconds": 1.5, "after": True},
    "reset": {"kind": "reset"},
    "reset after it took effect": {"kind": "reset", "after": True},
    "ratelimited": {"kind": "error", "error": "ratelimited"},
    "invalid_auth": {"kind": "error", "error": "invalid_auth"},
    "channel_not_found": {"kind": "error", "error": "channel_not_found"},
}
QUOTED = ("conversations.info", "assistant.threads.setStatus", "conversations.members", "chat.postMessage")
WRITTEN = ("chat.startStream", "chat.appendStream", "chat.stopStream")


def answers_to(person: Person, question: Seen, words: str) -> list[Seen]:
    """Returns every message with these words that a person sees, in the thread or directly."""
    replies = [message for message in person.thread(question) if message.ts != question.ts]
    return [message for message in [*replies, *person.history("@muster")] if words in message.words]


def ends_with_one_answer(person: Person, question: Seen, words: str) -> None:
    wait_for(lambda: answers_to(person, question, words), within=20)
    time.sleep(0.5)
    found = answers_to(person, question, words)
    assert len(found) == 1, [message.words for message in found]


def matrix(methods: tuple[str, ...], whole: str) -> list[Any]:
    """Returns every fault at every call; the usual run meets all at `whole` and one at each other call."""
    return [
        pytest.param(method, name, marks=() if method == whole or name == "500" else pytest.mark.soak)
        for method in methods
        for name in FAULTS
    ]


@pytest.mark.parametrize(("method", "name"), matrix(QUOTED, "chat.postMessage"))
def test_a_quoted_answer_survives(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person, method: str, name: str
) -> None:
    start(timeout_s=1)
    fault = slack.fault(method=method, **FAULTS[name])
    question = chi.say("#general", QUESTION)
    ends_with_one_answer(chi, question, ANSWER)
    assert met(slack, fault) == 1


@pytest.mark.parametrize(("method", "name"), matrix(WRITTEN, "chat.startStream"))
def test_a_written_answer_survives(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person, method: str, name: str
) -> None:
    muster = start(timeout_s=1, live=True)
    muster.answers.parts = three_parts
    fault = slack.fault(method=method, **FAULTS[name])
    question = chi.say("#general", QUESTION)
    wait_for(lambda: answers_to(chi, question, "That is all."), within=20)
    wait_for(lambda: entry(muster, question).state == "sent", within=20)
    found = answers_to(chi, question, "That is all.")
    assert len(found) == 1
    assert met(slack, fault) == 1
    assert found[0].shape.get("streaming_state") != "in_progress"
    assert "Release review › The rule" in found[0].words
    assert found[0].shape["metadata"]["event_payload"]["key"] == entry(muster, question).key
    bot_replies = [message for message in chi.thread(question) if message.shape.get("bot_id")]
    assert len(bot_replies) == 1, [message.words for message in bot_replies]


@pytest.mark.parametrize("name", ["429", "500", "reset", "time-out", "channel_not_found"])
def test_a_whisper_is_said_once_at_most_and_never_lost_in_silence(
    start: Callable[..., Muster], slack: SandboxServer, ben: Person, name: str
) -> None:
    """Where nobody can know whether a whisper arrived, it is not said twice; where it did not, it is."""
    muster = start(timeout_s=1)
    slack.fault(method="chat.postEphemeral", **FAULTS[name])
    question = ben.say("#general", "@muster what is the platform budget?")
    ben.sees(question, "do not answer that")
    key = f"{entry(muster, question).key}:private"
    wait_for(lambda: (found := muster.slack.log.get(key)) and found.state in {"sent", "failed"}, within=15)
    time.sleep(0.5)
    whispers = [m for m in [*ben.ephemerals(), *ben.history("@muster")] if "forty thousand" in m.words]
    assert len(whispers) <= 1
    if name in {"429", "channel_not_found"}:
        assert len(whispers) == 1


def test_slack_down_for_a_while_delays_an_answer_and_loses_none(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person
) -> None:
    start(timeout_s=1)
    slack.fault("http_500", "chat.postMessage", times=4)
    question = chi.say("#general", QUESTION)
    ends_with_one_answer(chi, question, ANSWER)


def test_a_refused_answer_is_given_in_private_and_recorded(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person
) -> None:
    muster = start()
    slack.fault("error", "chat.postMessage", error="is_archived", times=1)
    question = chi.say("#general", QUESTION)
    chi.sees("@muster", ANSWER)
    (failed,) = muster.slack.log.failed()
    assert failed.key.endswith(question.ts)
    assert "is_archived" in failed.error


def three_parts(sheet: Sheet) -> tuple[str, ...]:
    return sheet.text, "Ask them before Thursday.", "That is all."


def entry(muster: Muster, question: Seen) -> Any:
    return wait_for(lambda: muster.slack.log.get(f"T0SANDBOX:{question.channel}:{question.ts}"))


def met(slack: SandboxServer, fault: int) -> int:
    return next(int(each["met"]) for each in slack.get("/faults")["faults"] if each["id"] == fault)
