"""What stands around answers: thumbs, a person to ask, the command, the shortcut, the Home tab."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.sandbox.person import Person
from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from knowledge.records.gaps import gaps
from knowledge.records.questions import QuestionLog
from tests.stage import Muster, wait_for

QUESTION = "@muster who signs off a release?"
UNKNOWN = "@muster where is the coffee machine?"


def gaps_of(muster: Muster) -> list[Any]:
    log = QuestionLog(muster.engine, muster.slack.clock)
    return list(gaps(muster.engine, log, workspace_id="default"))


def answered(person: Person, words: str = QUESTION, answer: str = "model owner") -> tuple[Seen, Seen]:
    question = person.say("#general", words)
    return question, person.sees(question, answer)


def test_thumbs_down_asks_what_was_wrong_and_becomes_a_gap(muster: Muster, chi: Person) -> None:
    _, answer = answered(chi)
    chi.press(answer, "answer_feedback", f"bad:{answer.shape['metadata']['event_payload']['key']}")
    view = chi.gets_view("What was wrong?")
    assert "who signs off a release?" in str(view["blocks"])
    assert chi.submit(words="It was the old rule.")["outcome"] == "closed"
    (gap,) = gaps_of(muster)
    assert (gap.kind, gap.owner) == ("downvoted", "Ana Kovač")


def test_thumbs_up_is_kept_and_makes_no_gap(muster: Muster, slack: SandboxServer, chi: Person) -> None:
    _, answer = answered(chi)
    chi.press(answer, "answer_feedback", f"good:{answer.shape['metadata']['event_payload']['key']}")
    slack.settle()
    assert chi.view() is None
    assert gaps_of(muster) == []


def test_an_unanswered_question_is_a_gap(muster: Muster, chi: Person) -> None:
    answered(chi, UNKNOWN, "do not answer that")
    (gap,) = gaps_of(muster)
    assert (gap.kind, gap.question) == ("unanswered", "where is the coffee machine?")


@pytest.mark.usefixtures("muster")
def test_ask_a_person_calls_the_owner_once(ana: Person, chi: Person) -> None:
    question, answer = answered(chi)
    for _ in range(2):
        chi.press(answer, "ask_a_person")
    call = chi.sees(question, "Can you help?")
    assert f"<@{ana.id}>" in call.text
    assert f"<@{chi.id}>" in call.text
    time.sleep(0.5)
    assert sum("Can you help?" in message.text for message in chi.thread(question)) == 1


@pytest.mark.usefixtures("muster")
def test_only_the_asker_calls_a_person_in(ben: Person, chi: Person) -> None:
    question, answer = answered(chi)
    ben.press(answer, "ask_a_person")
    wait_for(lambda: [m for m in ben.ephemerals() if "who asked, can call" in m.words])
    assert not any("Can you help?" in message.text for message in chi.thread(question))


@pytest.mark.usefixtures("muster")
def test_a_person_is_not_called_for_what_was_whispered(
    slack: SandboxServer, ben: Person, chi: Person
) -> None:
    """The question may itself be private: the button names whom to ask and makes nothing public."""
    ben.command("/muster ask what is the platform budget?")
    (whisper,) = wait_for(lambda: [m for m in ben.ephemerals() if "forty thousand" in m.words])
    ben.press(whisper, "ask_a_person")
    slack.settle()
    time.sleep(0.5)
    assert not any("budget" in message.words for message in chi.history("#general"))


@pytest.mark.usefixtures("muster")
def test_the_command_answers_for_the_eyes_of_who_typed_it(ben: Person, chi: Person) -> None:
    ben.command("/muster ask who signs off a release?")
    wait_for(lambda: [m for m in ben.ephemerals() if "model owner" in m.words])
    assert chi.ephemerals() == []
    assert not any("model owner" in message.words for message in chi.history("#general"))


@pytest.mark.usefixtures("muster")
def test_the_command_answers_where_muster_is_no_member(chi: Person) -> None:
    chi.join("#elsewhere")
    chi.command("/muster who signs off a release?", channel="#elsewhere")
    chi.sees("@muster", "model owner")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/muster", "What I can do"),
        ("/muster help", "/muster ask"),
        ("/muster sources", "Release review"),
        ("/muster sources drift", "1 document about “drift”"),
        ("/muster sources nonsense", "I know no document about “nonsense”"),
        ("/muster frobnicate", "I don't know “frobnicate”"),
        ("/muster ask", "Ask something"),
    ],
)
@pytest.mark.usefixtures("muster")
def test_the_command_says_something_to_everything(chi: Person, typed: str, said: str) -> None:
    assert chi.command(typed)["ok"]
    assert any(said in message.words for message in chi.ephemerals())


@pytest.mark.usefixtures("muster")
def test_the_shortcut_asks_what_a_message_asks(ana: Person, chi: Person) -> None:
    message = ana.say("#general", "who signs off a release, does anybody know?")
    chi.shortcut("ask_about_message", message)
    wait_for(lambda: [m for m in [*chi.ephemerals(), *chi.history("@muster")] if "model owner" in m.words])
    assert ana.ephemerals() == []


@pytest.mark.usefixtures("muster")
def test_home_shows_what_muster_knows_and_the_own_open_questions(ana: Person, chi: Person) -> None:
    answered(chi, UNKNOWN, "do not answer that")
    chi.open_home()
    home = str(wait_for(chi.home))
    assert "2 playbooks" in home
    assert "coffee machine" in home
    ana.open_home()
    home = str(wait_for(ana.home))
    assert "5 playbooks" in home
    assert "coffee machine" not in home


@pytest.mark.usefixtures("muster")
def test_the_conversation_with_muster_suggests_what_to_ask(chi: Person) -> None:
    chi.open_home("messages")
    assert {prompt["title"] for prompt in wait_for(chi.prompts)} >= {"Who signs off a release?"}
