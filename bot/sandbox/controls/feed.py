"""Live updates: each change of the workspace and each new entry of the journal, as server-sent events."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from bot.sandbox.controls.journal import Entry
from bot.sandbox.workspace.changes import Change

KEPT = 2_000
BEHIND_MOST = 1_000
HEARTBEAT = 15.0
Event = dict[str, Any]
_PLAIN = (str, int, float, bool, type(None))


class Feed:
    """Numbers what happens and hands it to everybody who listens.

    A listener who falls too far behind, or asks for what is no longer kept, is told to `reload`.
    """

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._listeners: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Queue[Event | None]]] = {}
        self._keys = itertools.count()
        self._lock = threading.Lock()

    def on_change(self, change: Change) -> None:
        """Tells a change of the workspace, without the records in it."""
        detail = {k: v for k, v in change.detail.items() if isinstance(v, (*_PLAIN, list))}
        event: Event = {"kind": change.kind, "channel": change.channel, "user": change.user, "ts": change.ts}
        message, before = change.detail.get("message"), change.detail.get("before") or {}
        if message is not None and message.is_reply:
            event["thread_ts"] = message.thread_ts
        elif message is None and before.get("thread_ts", change.ts) != change.ts:
            event["thread_ts"] = before["thread_ts"]
        self._tell(event | {"detail": detail})

    def on_entry(self, number: int, entry: Entry) -> None:
        """Tells that the journal has a new entry."""
        detail = {"number": number, "kind": entry.kind, "name": entry.name, "outcome": entry.outcome}
        self._tell({"kind": "journal.added", "channel": "", "user": "", "ts": "", "detail": detail})

    def on_clock(self, now: str) -> None:
        """Tells that the clock was moved."""
        self._tell({"kind": "clock.moved", "channel": "", "user": "", "ts": "", "detail": {"now": now}})

    @property
    def latest(self) -> int:
        """The number of the newest event, 0 before the first."""
        with self._lock:
            return int(self._kept[-1]["number"]) if self._kept else 0

    async def stream(self, after: int | None) -> AsyncIterator[bytes]:
        """Yields server-sent events: those kept after a number, where one is given, then as they happen."""
        yield b": welcome\n\n"
        async for event in self.events(after):
            yield _written(event)

    async def events(self, after: int | None) -> AsyncIterator[Event]:
        """Yields what `stream` writes; an empty event says that nothing happened for a while."""
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[Event | None]()
        with self._lock:
            key = next(self._keys)
            missed = [] if after is None else self._missed(after)
            self._listeners[key] = (loop, queue)
        try:
            for event in missed:
                yield event
            while (news := await _next(queue)) is not None:
                yield news
        finally:
            self._listeners.pop(key, None)

    def close(self) -> None:
        """Ends every stream."""
        for loop, queue in list(self._listeners.values()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(queue.put_nowait, None)

    def _tell(self, event: Event) -> None:
        with self._lock:
            event["number"] = next(self._numbers)
            self._kept.append(event)
            listeners = list(self._listeners.items())
        for key, (loop, queue) in listeners:
            if loop.is_closed():
                continue
            if queue.qsize() > BEHIND_MOST:
                self._listeners.pop(key, None)
                loop.call_soon_threadsafe(queue.put_nowait, {"kind": "reload", "number": event["number"]})
                loop.call_soon_threadsafe(queue.put_nowait, None)
            else:
                loop.call_soon_threadsafe(queue.put_nowait, event)

    def _missed(self, after: int) -> list[Event]:
        kept = [event for event in self._kept if event["number"] > after]
        if self._kept and self._kept[0]["number"] > after + 1:
            return [{"kind": "reload", "number": self._kept[-1]["number"]}]
        return kept


async def _next(queue: asyncio.Queue[Event | None]) -> Event | None:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return {}


def _written(event: Event) -> bytes:
    if not event:
        return b": still here\n\n"
    return f"id: {event['number']}\nevent: {event['kind']}\ndata: {json.dumps(event)}\n\n".encode()
