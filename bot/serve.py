"""The serving process: up in order, down in order, and nothing lost in between."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Protocol

from fastapi import FastAPI

from bot.readiness import Readiness
from bot.slack import Slack
from bot.web import WebServer, make_web
from core.durable import Durable
from core.errors import SettingError
from core.metrics import Metrics
from core.settings import Settings

logger = logging.getLogger(__name__)

FINISH_WITHIN_S = 20.0


class Served(Protocol):
    """What the process serves: see `bot/serving.py`."""

    @property
    def settings(self) -> Settings:
        """Returns where to listen."""
        ...

    @property
    def durable(self) -> Durable:
        """Returns the engine, with every workflow registered."""
        ...

    @property
    def metrics(self) -> Metrics:
        """Returns the figures."""
        ...

    @property
    def slack(self) -> Slack:
        """Returns the Slack side."""
        ...


class Server:
    """A running Muster: the durable engine, the HTTP door, and Slack's socket."""

    def __init__(self, served: Served, *, extend: Callable[[FastAPI], None] = lambda _: None) -> None:
        """Takes what to serve; `extend` adds routes to the HTTP door, such as webhooks."""
        self._served = served
        settings, socket = served.settings, served.slack.socket
        if socket is None and settings.slack_signing_secret is None:
            raise SettingError(
                "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: Slack's events can't come in.",
                cure="Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
            )
        readiness = Readiness()
        readiness.add("durable", served.durable.healthy)
        if socket is not None:
            readiness.add("slack", socket.connected)
        secret = settings.slack_signing_secret
        web = make_web(
            metrics=served.metrics,
            readiness=readiness,
            slack=served.slack.bolt if secret is not None else None,
            signing_secret=secret.get_secret_value() if secret is not None else "",
        )
        extend(web)
        self.web = WebServer(web, host=settings.host, port=settings.port)

    def start(self) -> None:
        """Brings everything up; afterwards Slack is heard, and what an earlier process began goes on."""
        self._served.durable.launch()
        self.web.start()
        self._served.slack.connect()
        where = f"http://{self._served.settings.host}:{self.web.port}"
        mode = "socket" if self._served.slack.socket is not None else "http"
        logger.info("muster serves team=%s mode=%s at=%s", self._served.slack.identity.team_id, mode, where)

    def close(self) -> bool:
        """Takes nothing more, finishes what was begun, and returns whether all of it was."""
        self._served.slack.close()
        self.web.close()
        finished = self._served.durable.close(within=FINISH_WITHIN_S)
        logger.info("muster stopped finished=%s", finished)
        return finished


def serve(server: Server, durable: Durable) -> None:
    """Runs until SIGTERM, SIGINT, or until the engine loses its name's lock."""
    stop = threading.Event()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)  # asked twice: at once; the durable engine bears it
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    durable.on_lost = stop.set
    server.start()
    stop.wait()
    logger.info("muster stops")
    if not server.close():
        # Threads that still wait for Slack or a model would hold the process; the next one goes on with them.
        logging.shutdown()
        os._exit(0)
