"""chat.*: what the app says, as the official client sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from slack_sdk import WebClient

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import refusal

BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}],
}


def test_auth_test_names_the_team_and_the_bot(web: WebClient, sandbox: SandboxServer) -> None:
    who = web.auth_test()
    assert (who["team_id"], who["user_id"], who["bot_id"]) == ("T0CHURN", "U0MUSTER", "B0MUSTER")
    assert who["url"] == sandbox.base_url + "/"


def test_wrong_and_missing_tokens_are_refused(sandbox: SandboxServer) -> None:
    assert refusal(WebClient(token="xoxb-wrong", base_url=sandbox.api_url).auth_test) == "invalid_auth"
    assert refusal(WebClient(base_url=sandbox.api_url).auth_test) == "not_authed"
    app_token = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
    assert refusal(app_token.auth_test) == "not_allowed_token_type"


def test_a_posted_message_comes_back_as_it_was_sent(web: WebClient) -> None:
    posted = web.chat_postMessage(channel="C0GENERAL", text="a &lt; b <@U0ANA>", blocks=[BUTTON])
    found = web.conversations_history(channel="C0GENERAL", limit=1)["messages"][0]
    assert (found["ts"], found["text"], found["bot_id"]) == (posted["ts"], "a &lt; b <@U0ANA>", "B0MUSTER")
    assert found["blocks"][0]["block_id"]
    assert "block_id" not in BUTTON


def test_metadata_comes_only_when_asked_for(web: WebClient) -> None:
    key = {"event_type": "muster", "event_payload": {"key": "q:1"}}
    web.chat_postMessage(channel="C0GENERAL", text="x", metadata=key)
    assert "metadata" not in web.conversations_history(channel="C0GENERAL", limit=1)["messages"][0]
    found = web.conversations_history(channel="C0GENERAL", limit=1, include_all_metadata=True)
    assert found["messages"][0]["metadata"] == key


def test_a_user_id_opens_the_direct_message(web: WebClient, ana: Person) -> None:
    posted = web.chat_postMessage(channel="U0ANA", text="just you")
    assert posted["channel"] == web.conversations_open(users="U0ANA")["channel"]["id"]
    assert ana.history("@muster")[-1].text == "just you"


def test_slack_refuses_what_the_app_may_not_post(web: WebClient) -> None:
    post = web.chat_postMessage
    assert refusal(post, channel="C0NOWHERE", text="x") == "channel_not_found"
    assert refusal(post, channel="C0BOARD", text="x") == "channel_not_found"
    assert refusal(post, channel="C0OUTSIDE", text="x") == "not_in_channel"
    assert refusal(post, channel="C0OLD", text="x") == "is_archived"
    assert refusal(post, channel="U0ZOE", text="x") == "channel_not_found"
    assert refusal(web.api_call, api_method="chat.postMessage", json={"channel": "C0GENERAL"}) == "no_text"
    assert refusal(post, channel="C0GENERAL", text="x" * 40_001) == "msg_too_long"
    assert refusal(post, channel="C0GENERAL", text="x", blocks="{broken") == "invalid_blocks_format"


def test_markdown_text_excludes_text(web: WebClient) -> None:
    both: Any = {"text": "a", "markdown_text": "b"}
    assert refusal(web.chat_postMessage, channel="C0GENERAL", **both) == "markdown_text_conflict"
    assert refusal(web.chat_postMessage, channel="C0GENERAL", markdown_text="b" * 12_001) == "msg_too_long"
    posted = web.chat_postMessage(channel="C0GENERAL", markdown_text="**b**")
    assert posted["message"]["blocks"][0]["text"] == "**b**"


def test_a_reply_counts_in_its_thread_and_stays_out_of_the_channel(web: WebClient) -> None:
    first = web.chat_postMessage(channel="C0GENERAL", text="first")["ts"]
    reply = web.chat_postMessage(channel="C0GENERAL", text="second", thread_ts=first)["ts"]
    third = web.chat_postMessage(channel="C0GENERAL", text="third", thread_ts=reply)
    assert third["message"]["thread_ts"] == first
    parent = web.conversations_history(channel="C0GENERAL", limit=1)["messages"][0]
    assert (parent["ts"], parent["reply_count"], parent["latest_reply"]) == (first, 2, third["ts"])
    thread = web.conversations_replies(channel="C0GENERAL", ts=first)["messages"]
    assert [m["text"] for m in thread] == ["first", "second", "third"]
    assert refusal(web.chat_postMessage, channel="C0GENERAL", text="x", thread_ts="1.000001") == (
        "cannot_reply_to_message"
    )


def test_a_broadcast_reply_stands_in_both_places(web: WebClient) -> None:
    first = web.chat_postMessage(channel="C0GENERAL", text="first")["ts"]
    web.chat_postMessage(channel="C0GENERAL", text="all", thread_ts=first, reply_broadcast=True)
    newest = web.conversations_history(channel="C0GENERAL", limit=1)["messages"][0]
    assert (newest["text"], newest["subtype"]) == ("all", "thread_broadcast")


def test_update_keeps_what_was_not_given(web: WebClient) -> None:
    """A text alone leaves the blocks as they were: an empty list takes them away, as in Slack."""
    posted = web.chat_postMessage(channel="C0GENERAL", text="a", blocks=[BUTTON])
    changed = web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="b")
    assert (changed["text"], len(changed["message"]["blocks"])) == ("b", 1)
    assert changed["message"]["edited"]["user"] == "U0MUSTER"
    bare = web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="c", blocks=[])
    assert "blocks" not in bare["message"]


def test_only_own_messages_can_be_changed(web: WebClient, ana: Person) -> None:
    said = ana.say("#general", "mine")
    assert refusal(web.chat_update, channel=said.channel, ts=said.ts, text="x") == "cant_update_message"
    assert refusal(web.chat_delete, channel=said.channel, ts=said.ts) == "cant_delete_message"
    assert refusal(web.chat_update, channel=said.channel, ts="1.000001", text="x") == "message_not_found"
    own = web.chat_postMessage(channel="C0GENERAL", text="x")["ts"]
    assert refusal(web.chat_update, channel="C0GENERAL", ts=own, text="x" * 4001) == "msg_too_long"


def test_a_deleted_message_with_replies_leaves_a_tombstone(web: WebClient) -> None:
    first = web.chat_postMessage(channel="C0GENERAL", text="first")["ts"]
    reply = web.chat_postMessage(channel="C0GENERAL", text="second", thread_ts=first)["ts"]
    web.chat_delete(channel="C0GENERAL", ts=first)
    assert web.conversations_history(channel="C0GENERAL", limit=1)["messages"][0]["subtype"] == "tombstone"
    web.chat_delete(channel="C0GENERAL", ts=reply)
    thread = web.conversations_replies(channel="C0GENERAL", ts=first)["messages"]
    assert [m["ts"] for m in thread] == [first]


def test_ephemeral_messages_are_seen_by_one_and_found_by_nobody(
    web: WebClient, ana: Person, bo: Person
) -> None:
    ts = web.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="psst")["message_ts"]
    assert [m.text for m in ana.ephemerals("#general")] == ["psst"]
    assert ana.history("#general")[-1].shape["is_ephemeral"] is True
    assert bo.ephemerals() == []
    assert ts not in [m["ts"] for m in web.conversations_history(channel="C0GENERAL")["messages"]]
    assert refusal(web.chat_update, channel="C0GENERAL", ts=ts, text="x") == "message_not_found"
    refused = refusal(web.chat_postEphemeral, channel="C0MLPLATFORM", user="U0CY", text="x")
    assert refused == "user_not_in_channel"


def test_permalinks_lead_to_the_message_on_this_machine(web: WebClient, sandbox: SandboxServer) -> None:
    ts = web.chat_postMessage(channel="C0GENERAL", text="x")["ts"]
    link = web.chat_getPermalink(channel="C0GENERAL", message_ts=ts)["permalink"]
    assert link == f"{sandbox.base_url}/archives/C0GENERAL/p{ts.replace('.', '')}"


def test_scheduled_messages_come_when_the_clock_is_there(
    web: WebClient, sandbox: SandboxServer, ana: Person
) -> None:
    """As in Slack, one that carries metadata is taken and never posted."""
    at = int(sandbox.now().timestamp()) + 3600
    key = {"event_type": "m", "event_payload": {}}
    web.chat_scheduleMessage(channel="C0GENERAL", text="later", post_at=at)
    web.chat_scheduleMessage(channel="C0GENERAL", text="never", post_at=at, metadata=key)
    assert len(web.chat_scheduledMessages_list()["scheduled_messages"]) == 2
    assert refusal(web.chat_scheduleMessage, channel="C0GENERAL", text="x", post_at=1) == "time_in_past"
    sandbox.advance(timedelta(hours=1, seconds=1))
    ana.sees("#general", "later")
    assert web.chat_scheduledMessages_list()["scheduled_messages"] == []
    assert "never" not in [m.text for m in ana.history("#general")]


def test_calls_may_be_forms_json_or_queries(sandbox: SandboxServer) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    url = sandbox.api_url + "chat.postMessage"
    body = {"channel": "C0GENERAL", "text": "x"}
    sent = [
        httpx.post(url, data=body, headers=headers),
        httpx.post(url, json=body, headers=headers),
        httpx.post(url, data=body | {"token": sandbox.bot_token}),
        httpx.post(url, files={k: (None, v) for k, v in body.items()}, headers=headers),
        httpx.get(url, params=body, headers=headers),
    ]
    assert [r.json()["ok"] for r in sent] == [True] * 5
    json_type = headers | {"Content-Type": "application/json"}
    assert httpx.post(url, content="{", headers=json_type).json()["error"] == "invalid_json"
    assert httpx.post(url, content="[]", headers=json_type).json()["error"] == "json_not_object"
    assert httpx.post(sandbox.api_url + "no.such", headers=headers).json()["error"] == "unknown_method"
