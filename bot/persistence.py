"""How long a call to Slack is repeated, and how: in turn, with growing pauses, until it is no use."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from typing import Any, TypeVar

from bot.slack_calls import (
    Json,
    SlackAuthError,
    SlackBusyError,
    SlackCalls,
    SlackRefusedError,
    SlackSlowError,
    SlackUnsureError,
)
from core.errors import UnavailableError
from core.metrics import Metrics

logger = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 60.0
SETTLED_S = 3.0
"""How long a call that got no answer in time may still take effect: only then is it looked up."""
MOST_ATTEMPTS = 30
"""With the pauses above, Slack may be down for some 25 minutes."""
MOST_AUTH_ATTEMPTS = 4
Found = TypeVar("Found")
SPREAD = random.Random()  # noqa: S311  # spreads retries, guards nothing


class Persistence:
    """Repeats calls. `pause` waits for some seconds and may end the workflow at shutdown."""

    def __init__(self, calls: SlackCalls, pause: Callable[[float], None], metrics: Metrics) -> None:
        self._calls = calls
        self._pause = pause
        self._metrics = metrics

    def insist(
        self,
        method: str,
        /,
        *,
        recover: Callable[[], Json | None] | None = None,
        once: bool = False,
        **arguments: Any,
    ) -> Json:
        """Calls `method` until Slack says yes or no.

        After a call whose outcome is not known, `recover` is asked first: what it returns is taken for the
        answer. With `once`, such a call is not repeated but raised.
        Raises `SlackRefusedError`, or the last `UnavailableError` when it was tried too often.
        """
        attempt = 0
        while True:
            self.wait_turn(method, str(arguments.get("channel", "")))
            try:
                return self._calls.write(method, **arguments)
            except SlackBusyError as error:
                attempt = self._count(attempt, method, error, "limited", MOST_ATTEMPTS)
            except SlackAuthError as error:
                attempt = self._count(attempt, method, error, "auth", MOST_AUTH_ATTEMPTS)
                self._pause(growing(attempt))
            except SlackUnsureError as error:
                if once:
                    raise
                attempt = self._count(attempt, method, error, "unsure", MOST_ATTEMPTS)
                settled = SETTLED_S if isinstance(error, SlackSlowError) else 0.0
                self._pause(max(settled, growing(attempt)))
                found = recover() if recover is not None else None
                if found is not None:
                    return found

    def wait_turn(self, method: str, channel: str = "") -> None:
        """Waits until `method` may be called."""
        wait = self._calls.pace.turn(method, channel)
        if wait > 0:
            self._pause(wait)

    def try_once(self, method: str, /, **arguments: Any) -> Json | None:
        """Calls `method` once if its turn is now, for what is nice to have; None where it did not work."""
        channel = str(arguments.get("channel", ""))
        if not self._calls.pace.spare(method, channel):
            return None
        self._calls.pace.turn(method, channel)
        try:
            return self._calls.write(method, **arguments)
        except (SlackBusyError, SlackAuthError, SlackUnsureError, SlackRefusedError) as error:
            logger.info("went without method=%s error=%s", method, error)
            return None

    def _count(self, attempt: int, method: str, error: Exception, reason: str, most: int) -> int:
        self._metrics.retries.labels(reason).inc()
        if attempt + 1 >= most:
            raise error
        logger.warning("tries again method=%s attempt=%d error=%s", method, attempt + 1, error)
        return attempt + 1


def growing(attempt: int) -> float:
    """Returns the pause after the attempt of that number, from 1: doubling, spread by a quarter."""
    pause: float = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (attempt - 1))
    return pause * SPREAD.uniform(0.75, 1.25)


def insisted(act: Callable[[], Found], pause: Callable[[float], None]) -> Found:
    """Returns what `act` returns, which calls Slack by itself; repeats it where Slack is not there."""
    for attempt in range(1, MOST_ATTEMPTS):
        try:
            return act()
        except UnavailableError as error:
            logger.warning("tries again attempt=%d error=%s", attempt, error)
            pause(error.retry_after or growing(attempt))
    return act()
