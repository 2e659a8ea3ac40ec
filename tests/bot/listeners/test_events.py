from __future__ import annotations

from typing import Any

import pytest

from bot.listeners.events import asked_in, is_pleasantry, mentions_somebody, words_of

BOT = "U0MUSTER"


def event(**more: Any) -> dict[str, Any]:
    return {"type": "message", "channel": "C1", "user": "U1", "ts": "1.2", "text": "who signs?"} | more


def test_a_message_becomes_a_question() -> None:
    asked = asked_in(event(thread_ts="1.1", channel_type="channel"), team="T1", bot_user_id=BOT)
    assert asked is not None
    assert (asked.key, asked.thread_ts, asked.reply_thread, asked.direct) == (
        "T1:C1:1.2",
        "1.1",
        "1.1",
        False,
    )


def test_a_question_in_a_channel_is_answered_in_a_thread_of_its_own() -> None:
    asked = asked_in(event(), team="T1", bot_user_id=BOT)
    assert asked is not None
    assert asked.reply_thread == "1.2"


def test_the_message_that_begins_a_thread_is_not_in_it() -> None:
    asked = asked_in(event(thread_ts="1.2"), team="T1", bot_user_id=BOT)
    assert asked is not None
    assert asked.thread_ts == ""


def test_a_direct_question_is_answered_beside_it() -> None:
    asked = asked_in(event(channel_type="im"), team="T1", bot_user_id=BOT)
    assert asked is not None
    assert asked.direct
    assert asked.reply_thread == ""


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"user": BOT},
        {"user": None},
        {"edited": {"user": "U1", "ts": "1.3"}},
    ],
)
def test_what_no_person_newly_wrote_is_no_question(more: dict[str, Any]) -> None:
    assert asked_in(event(**more), team="T1", bot_user_id=BOT) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_what_a_person_wrote_with_a_file_or_to_the_channel_is_a_question(subtype: str) -> None:
    assert asked_in(event(subtype=subtype), team="T1", bot_user_id=BOT) is not None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (f"<@{BOT}> who signs?", "who signs?"),
        (f"<@{BOT}|muster>  who\nsigns?", "who signs?"),
        ("is a &lt; b &amp;&amp; c?", "is a < b && c?"),
        ("see <https://a.example/x|the rule>", "see the rule"),
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("in <#C1|general>, <#C2>", "in #general, #C2"),
        ("ask <@U2|ana> or <!subteam^S1|@leads>", "ask ana or @leads"),
        ("<!here> who signs?", "here who signs?"),
        ("write <mailto:a@b.example|a@b.example>", "write a@b.example"),
    ],
)
def test_slacks_tokens_become_the_words_that_people_read(written: str, words: str) -> None:
    assert words_of(written, bot_user_id=BOT) == words


@pytest.mark.parametrize("text", ["Thanks!", "thank you", "OK", "👍", "perfect.", "…", "Got it!"])
def test_pleasantries_want_no_answer(text: str) -> None:
    assert is_pleasantry(text)


@pytest.mark.parametrize("text", ["thanks, and for drift?", "ok but why", "is it done?", "why"])
def test_questions_are_no_pleasantries(text: str) -> None:
    assert not is_pleasantry(text)


def test_a_message_to_others_is_known_by_its_mention() -> None:
    assert mentions_somebody(event(text="<@U2> can you?"))
    assert mentions_somebody(event(text="<!subteam^S1> can you?"))
    assert not mentions_somebody(event(text="can you?"))
