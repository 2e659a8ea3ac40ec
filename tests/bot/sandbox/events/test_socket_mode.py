"""Socket Mode, with the official client."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import SHUT_RDWR
from threading import Event
from typing import Any

import pytest
from slack_bolt import Ack, App, Say
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import bolt_app, refusal


@contextmanager
def connected(sandbox: SandboxServer, app: App) -> Iterator[SocketModeHandler]:
    """A Bolt app that is connected."""
    before = sandbox.get("/delivery")["connections"]
    handler = SocketModeHandler(app, sandbox.app_token, web_client=app.client, concurrency=4)
    handler.connect()  # type: ignore[no-untyped-call]  # Bolt has no types here
    wait(lambda: sandbox.get("/delivery")["connections"] > before)
    try:
        yield handler
    finally:
        handler.close()  # type: ignore[no-untyped-call]  # Bolt has no types here


def wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 8
    while not true():
        assert time.monotonic() < deadline, "waited 8 s"
        time.sleep(0.02)


def answering(sandbox: SandboxServer) -> App:
    """An app that answers mentions and `/muster`."""
    app = bolt_app(sandbox)

    @app.event("app_mention")
    def answer(event: dict[str, Any], say: Say) -> None:
        say(f"you asked: {event['text']}", thread_ts=event["ts"])

    @app.event("message")
    def ignore() -> None:
        """Messages need no answer."""

    @app.command("/muster")
    def command(ack: Ack) -> None:
        ack("at your service")

    return app


def test_a_question_is_answered_and_a_command_acknowledged(sandbox: SandboxServer, ana: Person) -> None:
    with connected(sandbox, answering(sandbox)):
        asked = ana.say("#general", "@muster why?")
        ana.sees(asked, "you asked")
        assert ana.command("/muster")["ok"] is True
        assert ana.ephemerals()[-1].text == "at your service"
        sandbox.settle()
        assert {d["outcome"] for d in sandbox.deliveries()} == {"ok"}
        assert {d["transport"] for d in sandbox.deliveries()} == {"socket_mode"}


def test_opening_a_connection_needs_the_app_token(web: WebClient, sandbox: SandboxServer) -> None:
    assert refusal(web.apps_connections_open, app_token=sandbox.bot_token) == "not_allowed_token_type"
    url = str(web.apps_connections_open(app_token=sandbox.app_token)["url"])
    assert url.startswith("ws://127.0.0.1:")


def test_events_wait_for_an_app_that_comes_later(sandbox: SandboxServer, ana: Person) -> None:
    asked = ana.say("#general", "@muster anybody there?")
    with connected(sandbox, answering(sandbox)):
        ana.sees(asked, "you asked")
        retried = [d for d in sandbox.deliveries("app_mention") if d["outcome"] == "ok"]
        assert retried[0]["attempt"] >= 1


def test_what_is_not_acknowledged_comes_again_with_its_number(sandbox: SandboxServer, ana: Person) -> None:
    """A raw client that acknowledges only the second delivery."""
    client = SocketModeClient(
        app_token=sandbox.app_token, web_client=WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    )
    got: list[tuple[int | None, str | None]] = []
    acknowledged = Event()

    def listen(connection: Any, request: Any) -> None:
        got.append((request.retry_attempt, request.retry_reason))
        if request.retry_attempt:
            connection.send_socket_mode_response({"envelope_id": request.envelope_id})
            acknowledged.set()

    client.socket_mode_request_listeners.append(listen)
    client.connect()
    try:
        wait(lambda: sandbox.get("/delivery")["connections"] == 1)
        ana.say("#general", "hello")
        assert acknowledged.wait(6)
        sandbox.settle()
    finally:
        client.close()
    assert got == [(0, ""), (1, "timeout")]


def test_a_refresh_moves_the_app_to_a_new_connection(sandbox: SandboxServer, ana: Person) -> None:
    with connected(sandbox, answering(sandbox)):
        before = len(sandbox.calls("apps.connections.open"))
        assert sandbox.post("/socket-mode/disconnect", reason="refresh_requested")["closed"] == 1
        wait(lambda: len(sandbox.calls("apps.connections.open")) > before)
        asked = ana.say("#general", "@muster still there?")
        ana.sees(asked, "you asked")


def test_two_connections_share_the_events(sandbox: SandboxServer, ana: Person) -> None:
    counts = [0, 0]

    def counting(index: int) -> App:
        app = bolt_app(sandbox)

        @app.event("message")
        def count() -> None:
            counts[index] += 1

        return app

    with connected(sandbox, counting(0)), connected(sandbox, counting(1)):
        for n in range(6):
            ana.say("#general", str(n))
        sandbox.settle()
        wait(lambda: sum(counts) == 6)
    assert counts == [3, 3]


@pytest.mark.parametrize("ticket", ["", "?ticket=made-up"])
def test_a_socket_without_a_ticket_is_refused(sandbox: SandboxServer, ticket: str) -> None:
    url = sandbox.base_url.replace("http", "ws") + "/link/" + ticket
    with pytest.raises(InvalidStatus), connect(url, open_timeout=3):
        pass


def test_what_a_dying_connection_took_with_it_goes_to_the_next(sandbox: SandboxServer, ana: Person) -> None:
    """An app that is killed before it acknowledges gets the event again when it is back."""
    url = str(bolt_app(sandbox).client.apps_connections_open(app_token=sandbox.app_token)["url"])
    with connect(url, open_timeout=3) as dying:
        dying.recv(timeout=3)
        asked = ana.say("#general", "@muster are you well?")
        dying.recv(timeout=3)
        dying.socket.shutdown(SHUT_RDWR)
    with connected(sandbox, answering(sandbox)):
        ana.sees(asked, "you asked")
        sandbox.settle()
        reasons = [d["outcome"] for d in sandbox.deliveries("app_mention")]
        assert (reasons[0], reasons[-1]) == ("connection_failed", "ok")
