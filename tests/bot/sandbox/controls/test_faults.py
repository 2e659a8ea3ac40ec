"""Faults on demand, as the official client meets them."""

from __future__ import annotations

import time
import urllib.error
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.controls.faults import Fault, Faults
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import refusal


def test_any_error_can_be_ordered_for_the_next_calls(web: WebClient, sandbox: SandboxServer) -> None:
    sandbox.fault("error", "chat.postMessage", error="account_inactive", times=2, skip=1)
    post = {"channel": "C0GENERAL", "text": "x"}
    assert web.chat_postMessage(channel="C0GENERAL", text="x")["ok"] is True
    assert refusal(web.chat_postMessage, **post) == "account_inactive"
    assert refusal(web.chat_postMessage, **post) == "account_inactive"
    assert web.chat_postMessage(channel="C0GENERAL", text="x")["ok"] is True
    assert sandbox.get("/faults")["faults"][0]["met"] == 2


def test_a_rate_limit_and_a_broken_server_look_like_slacks(web: WebClient, sandbox: SandboxServer) -> None:
    sandbox.fault("rate_limited", "auth.*", seconds=7)
    sandbox.fault("http_500", "auth.test")
    with pytest.raises(SlackApiError) as raised:
        web.auth_test()
    assert (raised.value.response.status_code, raised.value.response.headers["Retry-After"]) == (429, "7")
    with pytest.raises(SlackApiError) as raised:
        web.auth_test()
    assert raised.value.response.status_code == 500


@pytest.fixture
def web(sandbox: SandboxServer) -> WebClient:
    """A client that tries once: by default the official one posts again after a reset."""
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


def test_a_reset_breaks_the_connection(web: WebClient, sandbox: SandboxServer, ana: Person) -> None:
    sandbox.fault("reset", "chat.postMessage")
    with pytest.raises((ConnectionResetError, urllib.error.URLError, RemoteDisconnected)):
        web.chat_postMessage(channel="C0GENERAL", text="lost")
    assert "lost" not in [m.text for m in ana.history("#general")]


def test_an_answer_can_be_lost_after_the_deed(web: WebClient, sandbox: SandboxServer, ana: Person) -> None:
    """The hardest fault for who must post once: the message is there, the app never hears so."""
    sandbox.fault("reset", "chat.postMessage", after=True)
    with pytest.raises((ConnectionResetError, urllib.error.URLError, RemoteDisconnected)):
        web.chat_postMessage(channel="C0GENERAL", text="posted")
    sandbox.fault("http_500", "chat.postMessage", after=True)
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel="C0GENERAL", text="posted too")
    assert [m.text for m in ana.history("#general")][-2:] == ["posted", "posted too"]


def test_a_delay_is_a_delay(web: WebClient, sandbox: SandboxServer) -> None:
    sandbox.fault("delay", "auth.test", seconds=0.3)
    started = time.monotonic()
    assert web.auth_test()["ok"] is True
    assert time.monotonic() - started >= 0.3
    sandbox.delete("/faults")
    assert sandbox.get("/faults")["faults"] == []


def test_chance_repeats_itself_with_its_seed() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults()
        faults.add(Fault(kind="http_500", probability=0.3, times=None, seed=seed))
        return [faults.draw("chat.update") is not None for _ in range(200)]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert 30 < sum(struck(1)) < 90


def test_the_journal_tells_what_was_asked_and_answered(web: WebClient, sandbox: SandboxServer) -> None:
    refusal(web.chat_postMessage, channel="C0NOWHERE", text="x")
    entry = sandbox.calls("chat.postMessage")[-1]
    assert (entry["outcome"], entry["request"]["channel"]) == ("channel_not_found", "C0NOWHERE")
    assert '"channel_not_found"' in entry["response"]
    assert sandbox.get("/journal", after=entry["number"])["entries"] == []
    sandbox.delete("/journal")
    assert sandbox.calls() == []
