"""Slack's side of the process: the client, Bolt's app, and the socket."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.listeners.services import Identity
from bot.persistence import growing
from bot.slack_calls import TIMEOUT_S, SlackAuthError, SlackCalls, SlackRefusedError
from core.errors import SettingError, UnavailableError
from core.metrics import Metrics
from core.settings import Settings

logger = logging.getLogger(__name__)

SOCKET_WORKERS = 20
MOST_STARTS = 8
READ_BY_BOLT = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN")
"""What Bolt would take from the environment besides: a client's id and secret make it start an OAuth flow."""


def make_client(settings: Settings) -> WebClient:
    """Returns a client with the bot's token; raises `SettingError` where there is none."""
    if settings.slack_bot_token is None:
        raise SettingError(
            "SLACK_BOT_TOKEN is not set.", cure="`muster manifest` prints the app to install; copy its token."
        )
    token = settings.slack_bot_token.get_secret_value()
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=TIMEOUT_S)


def identify(calls: SlackCalls) -> Identity:
    """Asks Slack who the token is, patiently where Slack is down; raises `SettingError` for a bad token."""
    try:
        who = patiently("auth.test", lambda: calls.read("auth.test"))
    except (SlackAuthError, SlackRefusedError) as error:
        raise SettingError(f"Slack does not take SLACK_BOT_TOKEN: {error.code}.", cure=error.cure) from error
    return Identity(team_id=who["team_id"], bot_user_id=who["user_id"], bot_id=who.get("bot_id", ""))


def patiently(what: str, act: Callable[[], Any]) -> Any:
    """Does what needs Slack at the start, a few times with growing pauses; a bad token is not tried again."""
    for attempt in range(1, MOST_STARTS):
        try:
            return act()
        except SlackAuthError:
            raise
        except UnavailableError as error:
            logger.warning("Slack is not there yet what=%s attempt=%d error=%s", what, attempt, error)
            time.sleep(error.retry_after or growing(attempt))
    return act()


def make_bolt(client: WebClient, identity: Identity, *, signing_secret: str) -> App:
    """Returns Bolt's app: it acknowledges when a listener has returned, that is, when all is durable."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=client.token,
        )

    # Bolt gives its loggers the root's level unless one is handed in; its INFO is its own affair.
    bolt_logger = logging.getLogger("slack_bolt.muster")
    bolt_logger.setLevel(logging.WARNING)
    with _hidden(READ_BY_BOLT):
        app = App(
            logger=bolt_logger,
            client=WebClient(base_url=client.base_url, timeout=client.timeout),
            authorize=authorize,
            signing_secret=signing_secret,
            token_verification_enabled=False,
            process_before_response=True,
            attaching_conversation_kwargs_enabled=False,
            request_verification_enabled=True,
        )
    app.error(_on_error)
    return app


@contextmanager
def _hidden(names: Sequence[str]) -> Iterator[None]:
    """Takes variables out of the environment for a while, where no argument says that they don't count."""
    found = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(found)


def _on_error(error: Exception) -> None:
    """Notes why a request failed; Bolt answers 500, and Slack sends an event again."""
    logger.error("a listener failed error=%s: %s", type(error).__name__, error, exc_info=error)


class Socket(SocketModeHandler):
    """Slack's socket, with the time to each acknowledgement measured."""

    def __init__(self, app: App, app_token: str, *, base_url: str, metrics: Metrics) -> None:
        super().__init__(
            app,
            app_token,
            web_client=WebClient(base_url=base_url, timeout=TIMEOUT_S),
            concurrency=SOCKET_WORKERS,
        )
        self._metrics = metrics
        metrics.connected.set_function(lambda: float(self.connected()))

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Hands an envelope to Bolt; what fails is not acknowledged, and Slack sends it again."""
        with self._metrics.acknowledged.time():
            super().handle(client, req)

    def close(self) -> None:
        """Hangs up at once; the client alone would first wait out a read of up to 3 seconds."""
        self.client.auto_reconnect_enabled = False
        session = self.client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):
                session.sock.shutdown(SHUT_RDWR)
        super().close()  # type: ignore[no-untyped-call]  # the vendor's

    def connected(self) -> bool:
        """Tells whether the socket is open."""
        return bool(self.client.is_connected())
