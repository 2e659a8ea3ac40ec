"""chat.*Stream, through the official client's helper and by hand."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk import WebClient

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import refusal

TO_ANA = {"recipient_user_id": "U0ANA", "recipient_team_id": "T0CHURN"}
FEEDBACK = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "up"},
            "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "down"},
        }
    ],
}
KEY = {"event_type": "muster", "event_payload": {"key": "q:1"}}


def test_a_stream_grows_and_ends_with_blocks_and_metadata(web: WebClient, ana: Person) -> None:
    asked = ana.say("#general", "why?")
    stream = web.chat_stream(channel=asked.channel, thread_ts=asked.ts, buffer_size=4, **TO_ANA)
    stream.append(markdown_text="Because **of**")
    growing = ana.thread(asked)[-1]
    assert (growing.text, growing.shape["streaming_state"]) == ("Because **of**", "in_progress")
    stopped = stream.stop(markdown_text=" drift.", blocks=[FEEDBACK], metadata=KEY)["message"]
    assert (stopped["text"], stopped["streaming_state"]) == ("Because **of** drift.", "completed")
    assert [b["type"] for b in stopped["blocks"]] == ["markdown", "context_actions"]
    found = web.conversations_replies(channel=asked.channel, ts=asked.ts, include_all_metadata=True)
    assert found["messages"][-1]["metadata"] == KEY


def test_channels_need_a_recipient_and_direct_messages_do_not(web: WebClient, ana: Person) -> None:
    asked, private = ana.say("#general", "why?"), ana.say("@muster", "why?")
    start = web.chat_startStream
    where = {"channel": asked.channel, "thread_ts": asked.ts}
    assert refusal(start, **where) == "missing_recipient_team_id"
    assert refusal(start, **where, recipient_team_id="T0CHURN") == "missing_recipient_user_id"
    assert start(channel=private.channel, thread_ts=private.ts)["ok"] is True


def test_a_stopped_stream_takes_no_more(web: WebClient, ana: Person) -> None:
    asked = ana.say("@muster", "why?")
    ts = web.chat_startStream(channel=asked.channel, thread_ts=asked.ts, markdown_text="So")["ts"]
    where = {"channel": asked.channel, "ts": ts}
    assert refusal(web.chat_update, **where, text="x") == "streaming_state_conflict"
    assert refusal(web.chat_delete, **where) == "cant_delete_message"
    assert refusal(web.chat_appendStream, **where) == "no_text"
    web.chat_stopStream(**where)
    assert refusal(web.chat_appendStream, **where, markdown_text="x") == "message_not_in_streaming_state"
    assert refusal(web.chat_stopStream, **where) == "message_not_in_streaming_state"
    assert web.chat_update(**where, text="mended")["ok"] is True


def test_a_stream_left_alone_ends_by_the_clock_and_can_be_edited(
    web: WebClient, sandbox: SandboxServer, ana: Person
) -> None:
    asked = ana.say("@muster", "why?")
    ts = web.chat_startStream(channel=asked.channel, thread_ts=asked.ts, markdown_text="So")["ts"]
    sandbox.advance(timedelta(minutes=6))
    refused = refusal(web.chat_appendStream, channel=asked.channel, ts=ts, markdown_text="x")
    assert refused == "message_not_in_streaming_state"
    assert web.chat_update(channel=asked.channel, ts=ts, text="whole answer")["ok"] is True


def test_chunks_are_checked_and_become_blocks(web: WebClient, ana: Person) -> None:
    asked = ana.say("@muster", "why?")
    start = web.chat_startStream(
        channel=asked.channel,
        thread_ts=asked.ts,
        chunks=[
            {"type": "plan_update", "title": "Answering"},
            {"type": "task_update", "id": "1", "title": "Search", "status": "in_progress"},
        ],
    )
    where = {"channel": asked.channel, "ts": start["ts"]}
    wrong = [{"type": "task_update", "id": "1", "title": "Search", "status": "done"}]
    assert refusal(web.chat_appendStream, **where, chunks=wrong) == "invalid_chunks"
    both = {"markdown_text": "x", "chunks": [{"type": "markdown_text", "text": "y"}]}
    assert refusal(web.chat_appendStream, **where, **both) == "cannot_provide_both_markdown_text_and_chunks"
    done = [{"type": "task_update", "id": "1", "title": "Search", "status": "complete"}]
    blocks = web.chat_stopStream(**where, chunks=done)["message"]["blocks"]
    assert [(b["type"], b["tasks"][0]["status"]) for b in blocks] == [("plan", "complete")]


def test_what_is_streamed_is_told_once_begun_and_once_ended(
    web: WebClient, sandbox: SandboxServer, ana: Person
) -> None:
    """The words in between make no events."""
    asked = ana.say("@muster", "why?")
    stream = web.chat_stream(channel=asked.channel, thread_ts=asked.ts, buffer_size=1)
    for word in ["one", "two", "three"]:
        stream.append(markdown_text=word)
    stream.stop()
    assert len(sandbox.calls("chat.appendStream")) == 2
    told = [e["request"]["event"] for e in sandbox.deliveries("message") if e["attempt"] == 0]
    assert [e.get("subtype", "") for e in told] == ["", "", "message_changed"]
