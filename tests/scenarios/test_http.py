"""Slack's requests over HTTP: signed, fresh, and repeated without effect."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.stage import Muster, wait_for


@pytest.fixture
def muster(start: Callable[..., Muster]) -> Muster:
    return start(mode="http")


@pytest.fixture
def web() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def signed(secret: str, body: str, *, at: float | None = None) -> dict[str, str]:
    stamp = str(int(at if at is not None else time.time()))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mac}",
        "Content-Type": "application/json",
    }


def event(**more: Any) -> str:
    inner = {
        "type": "message",
        "channel_type": "im",
        "channel": "D0CHI",
        "user": "U0CHI",
        "text": "who signs off a release?",
        "ts": "1795449210.540777",
    }
    return json.dumps(
        {"type": "event_callback", "team_id": "T0SANDBOX", "event_id": "Ev1", "event": inner | more}
    )


def test_three_retries_of_an_event_give_one_answer(
    muster: Muster, slack: SandboxServer, web: httpx.Client, chi: Person
) -> None:
    question = chi.say("@muster", "who signs off a release?")
    chi.sees("@muster", "model owner")
    body = event(channel=question.channel, user=chi.id, ts=question.ts)
    for number in ("1", "2", "3"):
        headers = signed(slack.signing_secret, body) | {
            "x-slack-retry-num": number,
            "x-slack-retry-reason": "http_timeout",
        }
        assert web.post(f"{muster.url}/slack/events", content=body, headers=headers).status_code == 200
    time.sleep(0.5)
    assert len([m for m in chi.history("@muster") if "model owner" in m.words]) == 1
    assert len(muster.answers.asked) == 1


def test_a_bad_signature_gets_401(muster: Muster, web: httpx.Client) -> None:
    body = event()
    response = web.post(f"{muster.url}/slack/events", content=body, headers=signed("wrong", body))
    assert response.status_code == 401
    assert muster.answers.asked == []


@pytest.mark.parametrize("skew_s", [-301, 301])
def test_a_skew_of_over_five_minutes_gets_401(
    muster: Muster, slack: SandboxServer, web: httpx.Client, skew_s: int
) -> None:
    body = event()
    headers = signed(slack.signing_secret, body, at=time.time() + skew_s)
    assert web.post(f"{muster.url}/slack/events", content=body, headers=headers).status_code == 401


def test_no_signature_gets_401(muster: Muster, web: httpx.Client) -> None:
    assert web.post(f"{muster.url}/slack/events", content=event()).status_code == 401


def test_garbage_is_refused_and_hurts_nothing(
    muster: Muster, slack: SandboxServer, web: httpx.Client
) -> None:
    for body in ("", "{", "[]", '{"type": "event_callback"}', "payload=%7B"):
        response = web.post(
            f"{muster.url}/slack/events", content=body, headers=signed(slack.signing_secret, body)
        )
        assert 400 <= response.status_code < 500
    assert web.post(f"{muster.url}/slack/events", content=b"\xff\xfe").status_code == 401
    assert web.post(f"{muster.url}/slack/events", content=b"x" * 2_000_000).status_code == 413
    assert web.get(f"{muster.url}/healthz").json() == {"status": "ok"}


def test_it_says_that_it_lives_is_ready_and_how_it_fares(
    muster: Muster, web: httpx.Client, chi: Person
) -> None:
    chi.say("@muster", "who signs off a release?")
    chi.sees("@muster", "model owner")
    assert web.get(f"{muster.url}/healthz").status_code == 200
    assert web.get(f"{muster.url}/readyz").json() == {"status": "ready", "missing": []}
    figures = web.get(f"{muster.url}/metrics").text
    assert 'muster_answers_total{mode="extractive",outcome="found"} 1.0' in figures
    assert 'muster_deliveries_total{outcome="sent"} 1.0' in figures
    assert "muster_acknowledgement_seconds_bucket" in figures


def test_it_is_not_ready_without_its_socket(
    start: Callable[..., Muster], slack: SandboxServer, web: httpx.Client
) -> None:
    muster = start(mode="socket")
    assert web.get(f"{muster.url}/readyz").status_code == 200
    slack.fault("error", "apps.connections.open", error="internal_error", times=None)
    slack.post("/socket-mode/disconnect", reason="refresh_requested", close_after=0)
    wait_for(lambda: web.get(f"{muster.url}/readyz").status_code == 503)
    assert web.get(f"{muster.url}/readyz").json()["missing"] == ["slack"]
