"""A stream with a deadline for all of it, which no time-out of the HTTP client can give."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, kw_only=True)
class _End:
    error: Exception | None = None


def within(seconds: float, start: Callable[[], Iterator[T]]) -> Iterator[T]:
    """Yields what `start()` yields; raises `TimeoutError` when it has not ended in time.

    It is read in a thread, because a server that sends a byte now and then never meets a time-out
    per read. A thread that is given up stops at its next item, or when its own read times out.
    """
    until = time.monotonic() + seconds
    items: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
    given_up = threading.Event()
    thread = threading.Thread(target=_read, args=(start, items, given_up), name="model-stream", daemon=True)
    thread.start()
    try:
        while True:
            item = _next(items, until)
            if isinstance(item, _Item):
                yield item.value
            elif item.error is not None:
                raise item.error
            else:
                return
    finally:
        given_up.set()


def _read(
    start: Callable[[], Iterator[T]], items: queue.SimpleQueue[_Item[T] | _End], given_up: threading.Event
) -> None:
    try:
        for value in start():
            if given_up.is_set():
                return
            items.put(_Item(value=value))
        items.put(_End())
    except Exception as error:  # noqa: BLE001  # handed over, and raised where it is waited for
        items.put(_End(error=error))


def _next(items: queue.SimpleQueue[_Item[T] | _End], until: float) -> _Item[T] | _End:
    left = until - time.monotonic()
    if left <= 0:  # even where something waits: a flood must not outlast the deadline
        raise TimeoutError
    try:
        return items.get(timeout=left)
    except queue.Empty:
        raise TimeoutError from None
