"""People ask in Slack, and Muster answers: once, in the right place, with its sources."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bot.asked import Asked
from bot.sandbox.person import Person
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from tests.stage import Muster

QUESTION = "@muster who signs off a release?"
ANSWER = "The model owner signs off every release."


def replies(person: Person, question: Seen) -> list[Seen]:
    """Returns what stands in the thread of a message, once nothing more comes."""
    time.sleep(0.4)
    return [message for message in person.thread(question) if message.ts != question.ts]


@pytest.mark.usefixtures("muster")
def test_a_mention_is_answered_in_its_thread_with_the_source(chi: Person) -> None:
    question = chi.say("#general", QUESTION)
    answer = chi.sees(question, ANSWER)
    assert (
        "<https://docs.example/release-review.md|Release review › The rule> · owner Ana Kovač" in answer.words
    )
    assert " [1]" in answer.words
    assert answer.shape["metadata"]["event_payload"] == {"key": f"T0SANDBOX:{question.channel}:{question.ts}"}


@pytest.mark.usefixtures("muster")
def test_a_mention_comes_as_two_events_and_is_answered_once(slack: SandboxServer, chi: Person) -> None:
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    slack.settle()
    heard = [entry["name"] for entry in slack.deliveries()]
    assert {"app_mention", "message"} <= set(heard)
    assert len(replies(chi, question)) == 1


@pytest.mark.usefixtures("muster")
def test_a_mention_in_a_thread_of_musters_own_is_answered_once(chi: Person) -> None:
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    chi.say("#general", "@muster and when drift exceeds it?", thread=question)
    chi.sees(question, "Roll back")
    assert len([message for message in replies(chi, question) if message.shape.get("bot_id")]) == 2


@pytest.mark.usefixtures("muster")
def test_a_status_shows_at_once(slack: SandboxServer, chi: Person) -> None:
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    names = [call["name"] for call in slack.calls()]
    assert names.index("assistant.threads.setStatus") < names.index("chat.postMessage")


def test_a_question_that_is_worked_on_again_shows_no_status_that_nothing_would_end(
    muster: Muster, slack: SandboxServer, chi: Person
) -> None:
    """A process was killed after it had answered: the next one finds the answer and says nothing new."""
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    team = question.shape["team"]
    asked = Asked(team=team, channel=question.channel, ts=question.ts, user=chi.id, text=question.text)
    muster.slack.asking.run(asked.to_json())
    assert len(slack.calls("assistant.threads.setStatus")) == 1
    assert len(replies(chi, question)) == 1


@pytest.mark.usefixtures("muster")
def test_a_direct_message_needs_no_mention(chi: Person) -> None:
    chi.say("@muster", "who signs off a release?")
    chi.sees("@muster", ANSWER)


def test_a_follow_up_needs_no_mention_and_hears_what_came_before(
    muster: Muster, ben: Person, chi: Person
) -> None:
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    ben.say("#general", "and when drift exceeds it?", thread=question)
    ben.sees(question, "Roll back")
    turn = muster.answers.asked[-1].history[0]
    assert (turn.question, turn.answer) == ("who signs off a release?", ANSWER)


def test_a_direct_conversation_remembers_what_came_before(muster: Muster, chi: Person) -> None:
    chi.say("@muster", "who signs off a release?")
    chi.sees("@muster", ANSWER)
    chi.say("@muster", "and when drift exceeds it?")
    chi.sees("@muster", "Roll back")
    assert [turn.answer for turn in muster.answers.asked[-1].history] == [ANSWER]


@pytest.mark.parametrize("words", ["thanks!", "Perfect.", "👍", "@ben can you release it then?"])
def test_what_is_not_for_muster_is_left_alone_in_its_own_thread(
    muster: Muster, slack: SandboxServer, chi: Person, words: str
) -> None:
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    chi.say("#general", words, thread=question)
    slack.settle()
    assert len(replies(chi, question)) == 2
    assert len(muster.answers.asked) == 1


def test_other_threads_and_messages_are_left_alone(muster: Muster, slack: SandboxServer, chi: Person) -> None:
    other = chi.say("#general", "who signs off a release, by the way?")
    chi.say("#general", "somebody must sign off the release", thread=other)
    slack.settle()
    time.sleep(0.3)
    assert muster.answers.asked == []
    assert len(chi.thread(other)) == 2


def test_an_edited_question_is_not_asked_again(muster: Muster, slack: SandboxServer, chi: Person) -> None:
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    chi.edit(question, "@muster who signs off a release, please?")
    slack.settle()
    assert len(replies(chi, question)) == 1
    assert len(muster.answers.asked) == 1


@pytest.mark.usefixtures("muster")
def test_a_bare_mention_is_told_what_muster_can_do(chi: Person) -> None:
    question = chi.say("#general", "@muster")
    chi.sees(question, "/muster ask")


@pytest.mark.usefixtures("muster")
def test_what_is_not_in_the_documents_is_said_with_the_nearest_and_whom_to_ask(chi: Person) -> None:
    question = chi.say("#general", "@muster where is the coffee machine?")
    answer = chi.sees(question, "The documents do not answer that.")
    assert "Ana Kovač may know." in answer.words
    assert "Release review" in answer.words


def test_a_question_that_fails_ends_in_a_sentence_with_a_reference_that_the_log_has(
    muster: Muster, chi: Person, caplog: pytest.LogCaptureFixture
) -> None:
    muster.answers.broken = RuntimeError("the secret inner life")
    question = chi.say("#general", QUESTION)
    answer = chi.sees(question, "Something went wrong")
    assert "secret inner life" not in answer.words
    reference = answer.text.rpartition("under ")[2].strip(".")
    assert any(f"reference={reference}" in record.getMessage() for record in caplog.records)


@pytest.mark.usefixtures("muster")
def test_hostile_words_are_shown_and_do_nothing(chi: Person) -> None:
    """A question full of Slack's own tokens comes back as text: nobody is notified, nothing is linked."""
    chi.say("@muster", "release <!channel> &lt;@U123&gt; <https://evil.example|https://good.example>")
    answer = chi.sees("@muster", ANSWER)
    assert "<!channel>" not in answer.text
    assert "evil.example" not in answer.words


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_both_ways_in_are_acknowledged_and_answered(
    start: Callable[..., Muster], slack: SandboxServer, chi: Person, mode: str
) -> None:
    start(mode=mode)
    question = chi.say("#general", QUESTION)
    chi.sees(question, ANSWER)
    slack.settle()
    assert all(entry["outcome"] == "ok" and entry["elapsed_ms"] < 1000 for entry in slack.deliveries())
    assert {entry["transport"] for entry in slack.deliveries()} == {
        "socket_mode" if mode == "socket" else "http"
    }
    assert len(replies(chi, question)) == 1
