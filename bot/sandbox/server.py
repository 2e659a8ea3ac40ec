"""The sandbox as a server on loopback: in a thread for tests and the demo, or as a process of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import uvicorn
from fastapi import FastAPI

from bot.sandbox.driver import Driver
from bot.sandbox.edge.asgi import create_app
from bot.sandbox.edge.resets import TrackedProtocol
from bot.sandbox.sandbox import Options, Sandbox
from bot.sandbox.seed import Seed
from core.clock import Clock

LOOPBACK = ("127.0.0.1", "localhost", "::1")
START_MOST = 10.0
Extend = Callable[[FastAPI, Sandbox], None]


class SandboxServer(Driver):
    """A sandbox in a thread. It starts with `start()` or `with`, and is its own client (see `Driver`).

    `extend` may add routes to the application, as the page in the browser does. The port is taken when the
    object is made, so that `base_url` is known before the start.
    """

    def __init__(
        self,
        seed: Seed,
        clock: Clock | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        extend: Extend | None = None,
        **options: Any,
    ) -> None:
        self._socket = _listening(host, port)
        base_url = f"http://{_shown_host(host)}:{self._socket.getsockname()[1]}"
        chosen = Options(**options)
        super().__init__(base_url)
        self.sandbox = Sandbox(seed, clock, base_url, chosen)
        self.clock = self.sandbox.clock
        self.bot_token = chosen.credentials.bot_token
        self.app_token = chosen.credentials.app_token
        self.signing_secret = chosen.credentials.signing_secret
        app = create_app(self.sandbox)
        if extend is not None:
            extend(app, self.sandbox)
        self._server = _Server(_config(app), self.sandbox)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    @property
    def api_url(self) -> str:
        """The base of the Web API, for `SLACK_API_URL` and `WebClient(base_url=...)`."""
        return f"{self.base_url}/api/"

    def start(self) -> Self:
        """Starts serving and returns when it answers."""
        self._thread.start()
        deadline = time.monotonic() + START_MOST
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError(
                    f"the local Slack did not start at {self.base_url} within {START_MOST:.0f} s"
                )
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        """Stops serving, and keeps the workspace if it has a folder."""
        self.close()
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(timeout=START_MOST)
        self._socket.close()
        self.sandbox.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


class _Server(uvicorn.Server):
    """A server that ends its live feeds when it stops, instead of waiting for those who listen."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox) -> None:
        super().__init__(config)
        self._sandbox = sandbox

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops serving."""
        self._sandbox.feed.close()
        await super().shutdown(sockets)


def serve(
    seed: Seed,
    clock: Clock | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    announce: Callable[[str], None] = print,
    extend: Extend | None = None,
    **options: Any,
) -> None:
    """Serves a sandbox in this thread until it is interrupted, and announces its address."""
    taken = _listening(host, port)
    base_url = f"http://{_shown_host(host)}:{taken.getsockname()[1]}"
    sandbox = Sandbox(seed, clock, base_url, Options(**options))
    app = create_app(sandbox)
    if extend is not None:
        extend(app, sandbox)
    announce(base_url)
    try:
        _Server(_config(app), sandbox).run(sockets=[taken])
    finally:
        taken.close()
        sandbox.close()


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=TrackedProtocol,
        loop="asyncio",
        log_level="warning",
        access_log=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=2,
    )


def _listening(host: str, port: int) -> socket.socket:
    if host not in LOOPBACK:
        raise ValueError(f"the local Slack listens on loopback only ({', '.join(LOOPBACK)}), got {host!r}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it; without it each answer waits 40 ms for the client's delayed acknowledgement.
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        taken.bind((host, port))
    except OSError:
        taken.close()
        raise
    return taken


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
