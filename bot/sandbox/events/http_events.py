"""Signed HTTP: the way to an app that has a request URL."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.sandbox.events.outgoing import Attempt, Outgoing
from bot.sandbox.events.signatures import signed_headers

PATIENCE = 3.0


class HttpTransport:
    """Posts to the app's request URL.

    The signature carries the machine's time, not the workspace's: the app checks it against its own.
    """

    name = "http"

    def __init__(self, secret: str, *, patience: float = PATIENCE) -> None:
        self._secret = secret
        self._patience = patience
        self._client: httpx.AsyncClient | None = None
        self.url = ""

    async def attempt(self, outgoing: Outgoing, number: int, reason: str) -> Attempt:
        """Posts once; anything but a 2xx within the time is a failure."""
        body, content_type = _encoded(outgoing)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        headers |= signed_headers(self._secret, body, int(time.time()))
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        try:
            response = await self._opened().post(self.url, content=body, headers=headers)
        except httpx.TimeoutException:
            return Attempt(ok=False, reason="http_timeout")
        except httpx.HTTPError:
            return Attempt(ok=False, reason="connection_failed")
        no_retry = response.headers.get("x-slack-no-retry") == "1"
        good = response.is_success
        return Attempt(
            ok=good, reason="" if good else "http_error", status=response.status_code, body=_body(response),
            no_retry=no_retry,
        )  # fmt: skip

    async def verified(self) -> bool:
        """Sends Slack's challenge to a new request URL, and says whether it came back."""
        challenge = f"challenge-{time.monotonic_ns()}"
        payload = {"type": "url_verification", "challenge": challenge}
        outgoing = Outgoing(family="events_api", name="url_verification", payload=payload)
        attempt = await self.attempt(outgoing, 0, "")
        answer = attempt.body.get("challenge") if isinstance(attempt.body, dict) else attempt.body
        return attempt.ok and answer == challenge

    async def close(self) -> None:
        """Closes the connections."""
        if self._client is not None:
            await self._client.aclose()

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:
            # A fresh connection each time: one kept open would fail once when the app restarts.
            limits = httpx.Limits(max_connections=200, max_keepalive_connections=0)
            timeout = httpx.Timeout(self._patience, pool=None)
            self._client = httpx.AsyncClient(timeout=timeout, limits=limits, trust_env=False)
        return self._client


def _encoded(outgoing: Outgoing) -> tuple[bytes, str]:
    if outgoing.family == "events_api":
        return json.dumps(outgoing.payload).encode(), "application/json"
    form = outgoing.payload
    if outgoing.family == "interactive":
        form = {"payload": json.dumps(outgoing.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _body(response: httpx.Response) -> Any:
    if not response.content:
        return None
    if response.headers.get("content-type", "").startswith("application/json"):
        try:
            return response.json()
        except ValueError:
            return response.text
    return response.text
