"""Where a model writes: the answer streams while Slack's budget lasts, and grows by edits afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.pace import PER_MINUTE
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.stage import Muster, Sheet, wait_for

QUESTION = "@muster who signs off a release?"


def written(sheet: Sheet) -> tuple[str, ...]:
    return (sheet.text, "Ask **them** before Thursday.", "That is all.")


def test_an_answer_streams_in_whole_parts_and_ends_with_its_sources(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person
) -> None:
    muster = start(live=True)
    muster.answers.parts = written
    question = chi.say("#general", QUESTION)
    answer = chi.sees(question, "That is all.")
    assert "Release review › The rule" in answer.words
    names = [call["name"] for call in slack.calls() if call["name"].startswith("chat.")]
    assert names == ["chat.startStream", "chat.appendStream", "chat.appendStream", "chat.stopStream"]


def test_the_first_part_shows_before_the_last_is_written(start: Callable[..., Muster], chi: Person) -> None:
    muster = start(live=True)
    muster.answers.parts = written
    muster.answers.pause = 0.7
    question = chi.say("#general", QUESTION)
    early = wait_for(lambda: [m for m in chi.thread(question) if "model owner" in m.text])
    assert "That is all." not in early[0].text
    assert early[0].shape["streaming_state"] == "in_progress"
    chi.sees(question, "That is all.")


def test_without_budget_one_message_grows_by_edits_about_once_a_second(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person
) -> None:
    muster = start(live=True)
    for _ in range(PER_MINUTE["chat.startStream"]):
        muster.slack.calls.pace.turn("chat.startStream")
    muster.answers.parts = lambda sheet: [f"{sheet.text} {number}" for number in range(8)]
    muster.answers.pause = 0.25
    question = chi.say("#general", QUESTION)
    chi.sees(question, "every release. 7")
    wait_for(lambda: "Release review" in chi.sees(question, "every release. 7").words)
    names = [call["name"] for call in slack.calls() if call["name"].startswith("chat.")]
    assert names[0] == "chat.postMessage"
    assert set(names[1:]) == {"chat.update"}
    assert len(names) <= 4
    assert len([message for message in chi.thread(question) if message.shape.get("bot_id")]) == 1


def test_a_direct_message_grows_by_edits_beside_the_question(
    start: Callable[..., Muster], chi: Person
) -> None:
    muster = start(live=True)
    muster.answers.parts = written
    chi.say("@muster", "who signs off a release?")
    answer = chi.sees("@muster", "That is all.")
    assert not answer.shape.get("thread_ts")


def test_the_answers_after_a_burst_all_arrive(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person
) -> None:
    """More questions than there are streams a minute: the others are edited, none is lost or refused."""
    muster = start(live=True)
    muster.answers.parts = written
    count = PER_MINUTE["chat.startStream"] + 4
    asked = [chi.say(f"#{name}", QUESTION) for _, name in zip(range(count), _cycle(), strict=False)]
    for question in asked:
        chi.sees(question, "That is all.", timeout=40)
    time.sleep(0.2)
    assert all(call["outcome"] == "ok" for call in slack.calls())


def _cycle() -> list[str]:
    return ["general"] * 100
