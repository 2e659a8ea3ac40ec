"""assistant.threads.*: what people see of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import refusal


def test_a_status_ends_with_the_answer(web: WebClient, ana: Person) -> None:
    asked = ana.say("#general", "why?")
    where: Any = {"channel_id": asked.channel, "thread_ts": asked.ts}
    web.assistant_threads_setStatus(**where, status="Searching the playbooks…")
    assert ana.status(asked) == "Searching the playbooks…"
    web.chat_postMessage(channel=asked.channel, thread_ts=asked.ts, text="Because.")
    assert ana.status(asked) == ""


def test_a_status_ends_when_emptied_and_after_two_minutes(
    web: WebClient, sandbox: SandboxServer, ana: Person
) -> None:
    asked = ana.say("@muster", "why?")
    where: Any = {"channel_id": asked.channel, "thread_ts": asked.ts}
    web.assistant_threads_setStatus(**where, status="Thinking")
    web.assistant_threads_setStatus(**where, status="")
    assert ana.status(asked) == ""
    web.assistant_threads_setStatus(**where, status="Thinking")
    sandbox.advance(timedelta(minutes=2, seconds=1))
    assert ana.status(asked) == ""


def test_a_status_needs_a_thread_that_is_there(web: WebClient) -> None:
    refused = refusal(
        web.assistant_threads_setStatus, channel_id="C0GENERAL", thread_ts="1.000001", status="Thinking"
    )
    assert refused == "thread_not_found"


def test_prompts_are_suggested_in_direct_messages_four_at_most(web: WebClient, ana: Person) -> None:
    channel = web.conversations_open(users="U0ANA")["channel"]["id"]
    prompts = [{"title": f"Ask {n}", "message": f"What is {n}?"} for n in range(4)]
    web.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts, title="Try")
    assert ana.prompts() == prompts
    set_prompts = web.assistant_threads_setSuggestedPrompts
    assert refusal(set_prompts, channel_id=channel, prompts=[*prompts, prompts[0]]) == "invalid_arguments"
    assert refusal(set_prompts, channel_id=channel, prompts=[{"title": "a"}]) == "invalid_arguments"
    assert refusal(set_prompts, channel_id="C0GENERAL", prompts=prompts) == "channel_type_not_supported"
