"""A small workspace on loopback, the real clients of Slack, and an app that can be reached by HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

import pytest
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.person import Person
from bot.sandbox.seed import (
    Seed,
    SeedApp,
    SeedChannel,
    SeedGroup,
    SeedMessage,
    SeedShortcut,
    SeedUser,
)
from bot.sandbox.server import SandboxServer

SEED = Seed(
    team="Churn team",
    domain="churn",
    app=SeedApp(shortcuts=(SeedShortcut(callback_id="ask_about", name="Ask Muster about this"),)),
    users=(
        SeedUser(name="ana", real_name="Ana Silva", tz="Europe/Lisbon", admin=True),
        SeedUser(name="bo", real_name="Bo Chen", tz="America/New_York"),
        SeedUser(name="cy", real_name="Cy Rao", tz="Asia/Kolkata"),
        SeedUser(name="gus", real_name="Gus Guest", guest="single_channel"),
        SeedUser(name="zoe", real_name="Zoe Gone", deactivated=True),
        SeedUser(name="robot", real_name="Other Robot", bot=True),
    ),
    channels=(
        SeedChannel(name="general"),
        SeedChannel(name="ml-platform", private=True, members=("ana", "bo")),
        SeedChannel(name="board", private=True, members=("ana",), app_is_in=False),
        SeedChannel(name="outside", members=("ana", "gus"), app_is_in=False),
        SeedChannel(name="old", archived=True),
    ),
    groups=(SeedGroup(handle="ml-team", name="ML team", members=("ana", "bo")),),
    messages=(
        SeedMessage(
            channel="#general",
            user="bo",
            text="Morning @ana",
            replies=(SeedMessage(channel="#general", user="ana", text="Hi"),),
        ),
    ),
)


@dataclass
class Heard:
    """One request that the app got."""

    headers: dict[str, str]
    body: str


Answer = tuple[int, str, dict[str, str]]


@dataclass
class Receiver:
    """A server on loopback that stands where an app's request URL points; `answer` runs in a thread."""

    answer: Callable[[Heard], Answer]
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/slack/events"
        app = FastAPI()

        async def take(request: Request) -> Response:
            heard = Heard(headers=dict(request.headers), body=(await request.body()).decode())
            self.heard.append(heard)
            status, body, headers = await run_in_threadpool(self.answer, heard)
            return Response(body, status_code=status, headers=headers)

        app.add_api_route("/slack/events", take, methods=["POST"])
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: self._server.run(sockets=[self._socket]))

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def through_bolt(app: App) -> Callable[[Heard], Answer]:
    """Hands requests to a Bolt app, which checks their signature."""

    def answer(heard: Heard) -> Answer:
        headers: dict[str, Any] = {k: [v] for k, v in heard.headers.items()}
        response = app.dispatch(BoltRequest(body=heard.body, headers=headers))
        return response.status, response.body, {k: v[0] for k, v in response.headers.items()}

    return answer


def bolt_app(sandbox: SandboxServer) -> App:
    """A Bolt app that is installed in the sandbox."""
    return App(client=web_client(sandbox), signing_secret=sandbox.signing_secret)


def web_client(sandbox: SandboxServer) -> WebClient:
    """The official client, with the app's token."""
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, timeout=5)


def refusal(call: Callable[..., Any], **arguments: Any) -> str:
    """The error that Slack answers to a call."""
    with pytest.raises(SlackApiError) as raised:
        call(**arguments)
    return str(raised.value.response["error"])


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    """A running workspace without rate limits."""
    with SandboxServer(SEED, rate_limits=False, patience=1.0) as server:
        yield server


@pytest.fixture
def web(sandbox: SandboxServer) -> WebClient:
    return web_client(sandbox)


@pytest.fixture
def ana(sandbox: SandboxServer) -> Person:
    return sandbox.person("ana")


@pytest.fixture
def bo(sandbox: SandboxServer) -> Person:
    return sandbox.person("bo")


@pytest.fixture
def app(sandbox: SandboxServer) -> Iterator[App]:
    """A Bolt app that the sandbox reaches by signed HTTP."""
    bolt = bolt_app(sandbox)
    with Receiver(through_bolt(bolt)) as receiver:
        sandbox.post("/app", request_url=receiver.url)
        yield bolt
