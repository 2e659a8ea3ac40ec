"""Rate limits by tier, channel and workspace: by hand-moved time, and once through the official client."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox.controls.rate_limits import RateLimits
from bot.sandbox.methods.table import METHODS, Tier
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import SEED, web_client


class Stopwatch:
    """A monotonic clock that moves when told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize("name", ["views.open", "chat.update", "conversations.list", "chat.appendStream"])
def test_a_method_is_limited_by_its_tier(name: str) -> None:
    watch = Stopwatch()
    limits = RateLimits(monotonic=watch)
    method = METHODS[name]
    taken = [limits.retry_after(method) for _ in range(method.tier.value + 1)]
    assert taken == [0] * method.tier.value + [60]
    watch.at += 59.5
    assert limits.retry_after(method) == 1
    watch.at += 0.5
    assert limits.retry_after(method) == 0


def test_methods_do_not_share_their_allowance() -> None:
    limits = RateLimits(monotonic=Stopwatch())
    for _ in range(Tier.TIER_2.value):
        limits.retry_after(METHODS["users.list"])
    assert limits.retry_after(METHODS["users.list"]) > 0
    assert limits.retry_after(METHODS["conversations.list"]) == 0


def test_a_channel_takes_one_message_a_second_after_a_small_burst() -> None:
    watch, post = Stopwatch(), METHODS["chat.postMessage"]
    limits = RateLimits(monotonic=watch)
    assert [limits.retry_after(post, "C1") for _ in range(5)] == [0, 0, 0, 1, 1]
    assert limits.retry_after(post, "C2") == 0
    watch.at += 1
    assert [limits.retry_after(post, "C1") for _ in range(2)] == [0, 1]


def test_a_workspace_takes_300_messages_a_minute() -> None:
    watch, post = Stopwatch(), METHODS["chat.postMessage"]
    limits = RateLimits(monotonic=watch)
    taken = [limits.retry_after(post, f"D{n}") for n in range(301)]
    assert (taken.count(0), taken[-1]) == (300, 60)


def test_the_client_waits_as_it_is_told() -> None:
    """A person's id and their direct message are one channel."""
    with SandboxServer(SEED) as sandbox:
        web = web_client(sandbox)
        channel = web.chat_postMessage(channel="U0ANA", text="1")["channel"]
        for n in range(2, 4):
            web.chat_postMessage(channel=channel, text=str(n))
        with pytest.raises(SlackApiError) as raised:
            web.chat_postMessage(channel="U0ANA", text="4")
        assert raised.value.response.status_code == 429
        assert raised.value.response.headers["Retry-After"] == "1"
        assert raised.value.response["error"] == "ratelimited"
        patient = WebClient(
            token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[RateLimitErrorRetryHandler()]
        )
        assert patient.chat_postMessage(channel="U0ANA", text="4")["ok"] is True
        sandbox.post("/rate-limits", enabled=False)
        for _ in range(5):
            web.chat_postMessage(channel=channel, text="5")
