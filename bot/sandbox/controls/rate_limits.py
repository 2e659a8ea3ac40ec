"""Slack's rate limits: by method and workspace, and for posting by channel too."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.methods.table import Method

WINDOW = 60.0
CHANNEL_BURST = 3
CHANNEL_RATE = 1.0
POSTING = "chat.postMessage"


class Window:
    """At most so many calls in any minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Returns how many seconds until the next call is allowed; 0 if it is now."""
        while self._taken and now - self._taken[0] >= WINDOW:
            self._taken.popleft()
        return 0.0 if len(self._taken) < self._most else self._taken[0] + WINDOW - now

    def take(self, now: float) -> None:
        """Counts a call."""
        self._taken.append(now)


class Bucket:
    """One call a second, and a few at once after a rest."""

    def __init__(self, now: float) -> None:
        self._left = float(CHANNEL_BURST)
        self._at = now

    def wait(self, now: float) -> float:
        """Returns how many seconds until the next call is allowed; 0 if it is now."""
        self._left = min(CHANNEL_BURST, self._left + (now - self._at) * CHANNEL_RATE)
        self._at = now
        return 0.0 if self._left >= 1 else (1 - self._left) / CHANNEL_RATE

    def take(self) -> None:
        """Counts a call."""
        self._left -= 1


class RateLimits:
    """Says which calls come too soon, by the machine's monotonic clock. `enabled` turns it on and off."""

    def __init__(self, *, enabled: bool = True, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._monotonic = monotonic
        self._windows: dict[str, Window] = {}
        self._channels: dict[str, Bucket] = {}
        self._lock = threading.Lock()

    def retry_after(self, method: Method, channel: str = "") -> int:
        """Counts a call, or returns after how many whole seconds it may be tried again; 0 means go ahead."""
        if not self.enabled:
            return 0
        with self._lock:
            now = self._monotonic()
            window = self._windows.setdefault(method.name, Window(method.tier.value))
            bucket = self._bucket(channel, now) if method.name == POSTING and channel else None
            wait = max(window.wait(now), bucket.wait(now) if bucket else 0.0)
            if wait > 0:
                return max(1, math.ceil(wait))
            window.take(now)
            if bucket:
                bucket.take()
            return 0

    def reset(self) -> None:
        """Forgets what was counted."""
        with self._lock:
            self._windows.clear()
            self._channels.clear()

    def _bucket(self, channel: str, now: float) -> Bucket:
        return self._channels.setdefault(channel, Bucket(now))
