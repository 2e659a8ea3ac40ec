"""The sandbox's own time: another clock, and how far people have moved it forward."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from core.clock import Clock, SystemClock


class MovableClock:
    """A clock that runs with another one and can be moved forward, never back.

    Give the same object to the bot and to the sandbox where both live in one process, so that they
    agree about the day.
    """

    def __init__(self, base: Clock | None = None, *, offset: timedelta = timedelta(0)) -> None:
        self._base = base or SystemClock()
        self._offset = offset
        self._lock = threading.Lock()
        self._watchers: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of the one under it."""
        return self._offset

    def now(self) -> datetime:
        """Returns the moved time as an aware UTC datetime."""
        return self._base.now() + self._offset

    def advance(self, by: timedelta) -> datetime:
        """Moves forward by a positive amount and returns the new time.

        Raises:
            ValueError: the amount is negative.
        """
        if by < timedelta(0):
            raise ValueError(f"time goes forward only, got {by}")
        with self._lock:
            self._offset += by
        for watcher in list(self._watchers):
            watcher()
        return self.now()

    def watch(self, watcher: Callable[[], None]) -> None:
        """Calls `watcher` after each move, in the thread that moved the clock."""
        self._watchers.append(watcher)


def movable(clock: Clock | None) -> MovableClock:
    """Returns the clock itself where it can be moved, else a movable one on top of it."""
    return clock if isinstance(clock, MovableClock) else MovableClock(clock)
