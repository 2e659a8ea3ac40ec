"""Who hears what: nothing reaches eyes that it is not for, and who may know is told."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.stage import Muster, wait_for

BUDGET = "@muster what is the platform budget?"
SECRET = "forty thousand euros"


def everything(person: Person, *places: str) -> str:
    """Returns all words that a person sees in some places, those for their eyes alone too."""
    time.sleep(0.4)
    seen = [message for place in places for message in person.history(place)]
    threads = [
        reply for message in seen if message.shape.get("reply_count") for reply in person.thread(message)
    ]
    return "\n".join(message.words for message in [*seen, *threads, *person.ephemerals()])


@pytest.mark.usefixtures("muster")
def test_a_member_hears_in_whispers_what_is_for_their_channel(ben: Person) -> None:
    question = ben.say("#general", BUDGET)
    ben.sees(question, "do not answer that")
    (whisper,) = wait_for(lambda: [m for m in ben.ephemerals() if SECRET in m.words])
    assert whisper.thread_ts == question.ts


@pytest.mark.usefixtures("muster")
def test_nobody_else_sees_the_whisper(ben: Person, ana: Person, chi: Person) -> None:
    question = ben.say("#general", BUDGET)
    ben.sees(question, "do not answer that")
    wait_for(ben.ephemerals)
    for other in (ana, chi):
        assert SECRET not in everything(other, "#general")


@pytest.mark.usefixtures("muster")
def test_who_is_no_member_hears_nothing_of_it_anywhere(slack: SandboxServer, chi: Person) -> None:
    """Neither openly, nor in whispers, nor in a direct message, nor in the list of sources."""
    question = chi.say("#general", BUDGET)
    chi.sees(question, "do not answer that")
    chi.say("@muster", "what is the platform budget?")
    chi.sees("@muster", "do not answer that")
    chi.command("/muster ask what is the platform budget?")
    chi.command("/muster sources")
    slack.settle()
    words = everything(chi, "#general", "@muster")
    assert SECRET not in words
    assert "Budget" not in words
    assert "Release review" in words


@pytest.mark.usefixtures("muster")
def test_even_in_their_own_public_channel_it_is_whispered(ben: Person) -> None:
    """Everybody may read a public channel, member or not."""
    question = ben.say("#ml-platform", BUDGET)
    ben.sees(question, "do not answer that")
    wait_for(lambda: [m for m in ben.ephemerals() if SECRET in m.words])


@pytest.mark.usefixtures("muster")
def test_a_private_channel_hears_openly_what_is_for_exactly_it(ana: Person) -> None:
    question = ana.say("#leads", "@muster how many hiring requests are there?")
    ana.sees(question, "Two hiring requests")


@pytest.mark.usefixtures("muster")
def test_a_private_channel_hears_nothing_openly_of_what_is_for_others(ana: Person) -> None:
    """Ana is in both, but not everybody in #leads need be in #ml-platform."""
    question = ana.say("#leads", BUDGET)
    ana.sees(question, "do not answer that")
    wait_for(lambda: [m for m in ana.ephemerals() if SECRET in m.words])


@pytest.mark.usefixtures("muster")
def test_a_direct_message_hears_what_its_person_may_read(ana: Person, ben: Person) -> None:
    ben.say("@muster", "what is the platform budget?")
    ben.sees("@muster", SECRET)
    ana.say("@muster", "when does the bonus scheme end?")
    ana.sees("@muster", "ends in March")
    ben.say("@muster", "when does the bonus scheme end?")
    ben.sees("@muster", "do not answer that")


def test_a_failed_look_up_is_no_membership(muster: Muster, slack: SandboxServer, ben: Person) -> None:
    slack.fault("error", "conversations.members", error="internal_error", times=None)
    question = ben.say("#general", BUDGET)
    ben.sees(question, "do not answer that")
    time.sleep(0.3)
    assert SECRET not in everything(ben, "#general")
    assert all(not asked.audience.names for asked in muster.answers.asked)


@pytest.mark.usefixtures("muster")
def test_whoever_left_the_channel_hears_no_more_after_five_minutes(slack: SandboxServer, ben: Person) -> None:
    ben.say("@muster", "what is the platform budget?")
    ben.sees("@muster", SECRET)
    ben.leave("#ml-platform")
    slack.advance(timedelta(minutes=5, seconds=1))
    ben.say("@muster", "and what about the budget?")
    ben.sees("@muster", "do not answer that")


@pytest.mark.usefixtures("muster")
def test_a_whispered_answer_is_no_part_of_the_conversation(muster: Muster, ben: Person, chi: Person) -> None:
    question = ben.say("#general", BUDGET)
    ben.sees(question, "do not answer that")
    wait_for(ben.ephemerals)
    chi.say("#general", "and who signs off a release?", thread=question)
    chi.sees(question, "model owner")
    assert all(SECRET not in turn.answer for turn in muster.answers.asked[-1].history)
