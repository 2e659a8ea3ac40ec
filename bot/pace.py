"""How fast Slack may be called: a window for each method, a second for each channel.

Slack's tiers are per method and workspace, so one `Pace` serves a whole process; where several
processes share a workspace, the 429 of one tells it to slow down.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

MINUTE_S = 60.0
CHANNEL_S = 1.05
"""chat.postMessage takes one a second and channel; a little more, for packets bunch up on their way."""

PER_CHANNEL = {"chat.postMessage", "chat.postEphemeral"}
PER_MINUTE = {
    "apps.connections.open": 1,
    "chat.startStream": 20,
    "chat.stopStream": 20,
    "conversations.list": 20,
    "usergroups.list": 20,
    "users.list": 20,
    "chat.update": 50,
    "chat.delete": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.open": 50,
    "conversations.replies": 50,
    "assistant.threads.setSuggestedPrompts": 50,
    "assistant.threads.setTitle": 50,
    "chat.appendStream": 100,
    "chat.postEphemeral": 100,
    "conversations.members": 100,
    "users.info": 100,
    "views.publish": 100,
    "assistant.threads.setStatus": 600,
    "chat.postMessage": 300,
}
"""Calls a minute by Slack's tiers 1 to 4 (1, 20, 50, 100) and its special ones."""


class Pace:
    """Says how long to wait before a call; asking takes the turn."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = monotonic
        self._lock = threading.Lock()
        self._taken: dict[str, deque[float]] = defaultdict(deque)
        self._next: dict[tuple[str, str], float] = {}
        self._closed: dict[str, float] = {}

    def turn(self, method: str, channel: str = "") -> float:
        """Takes the next turn of `method` in `channel` and returns the seconds until it comes."""
        with self._lock:
            now = self._now()
            at = self._earliest(method, channel, now)
            taken = self._taken[method]
            taken.append(at)
            while len(taken) > PER_MINUTE.get(method, 1):
                taken.popleft()
            if method in PER_CHANNEL:
                self._next[method, channel] = at + CHANNEL_S
            return at - now

    def spare(self, method: str, channel: str = "") -> bool:
        """Tells whether a call could go out at once; takes nothing."""
        with self._lock:
            now = self._now()
            return self._earliest(method, channel, now) <= now

    def closed_for(self, method: str, seconds: float, channel: str = "") -> None:
        """Notes that Slack wants no call of `method` for a while, in one channel where it is limited so."""
        with self._lock:
            until = self._now() + seconds
            if method in PER_CHANNEL:
                self._next[method, channel] = max(until, self._next.get((method, channel), 0.0))
            else:
                self._closed[method] = max(until, self._closed.get(method, 0.0))

    def _earliest(self, method: str, channel: str, now: float) -> float:
        at = max(now, self._closed.get(method, 0.0), self._next.get((method, channel), 0.0))
        taken, most = self._taken[method], PER_MINUTE.get(method)
        if most is not None and len(taken) >= most:
            at = max(at, taken[-most] + MINUTE_S)
        return at
