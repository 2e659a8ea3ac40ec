"""Delivers to the app: now, and events again when nobody acknowledged them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.controls.journal import Entry, Journal
from bot.sandbox.events.http_events import HttpTransport
from bot.sandbox.events.inner import events_of
from bot.sandbox.events.outgoing import Attempt, Outgoing, event_callback
from bot.sandbox.events.socket_mode import SocketTransport
from bot.sandbox.workspace.changes import Change
from bot.sandbox.workspace.state import Workspace

# A clock under ours may be moved without telling us, so whoever waits looks now and then.
GLANCE = 1.0


@dataclass(frozen=True, kw_only=True)
class Retries:
    """The pause before each retry, by the workspace's clock. Slack's: none, 1 and 5 minutes."""

    pauses: tuple[timedelta, ...] = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


class Outbox:
    """What the app is told. `send` may be called from any thread; the work is done in the server's loop."""

    def __init__(
        self,
        workspace: Workspace,
        journal: Journal,
        *,
        http: HttpTransport,
        sockets: SocketTransport,
        retries: Retries,
    ) -> None:
        self._workspace = workspace
        self._journal = journal
        self._retries = retries
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._early: list[Outgoing] = []
        self._stirred = asyncio.Event()
        self.http = http
        self.sockets = sockets

    @property
    def pending(self) -> int:
        """How many deliveries are not yet acknowledged or given up."""
        return len(self._tasks) + len(self._early)

    def begin(self) -> None:
        """Starts delivering, in the running loop."""
        self._loop = asyncio.get_running_loop()
        self._workspace.clock.watch(lambda: self._in_loop(self._stir))
        self.sockets.on_open = self._stir
        early, self._early = self._early, []
        for outgoing in early:
            self._spawn(self._deliver(outgoing))

    async def end(self) -> None:
        """Stops delivering; what was not acknowledged is dropped."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.http.close()

    def on_change(self, change: Change) -> None:
        """Sends the events that a change makes."""
        for event in events_of(change, self._workspace):
            self.send(event_callback(event, self._workspace))

    def send(self, outgoing: Outgoing) -> None:
        """Delivers something, in its own time."""
        if self._loop is None:
            self._early.append(outgoing)
            return
        self._in_loop(lambda: self._spawn(self._deliver(outgoing)))

    async def ask(self, outgoing: Outgoing) -> tuple[Attempt, float]:
        """Delivers something that a person waits for, once; returns the answer and how many ms it took."""
        started = time.perf_counter()
        attempt = await self._try(outgoing, 0, "")
        return attempt, (time.perf_counter() - started) * 1000

    async def _deliver(self, outgoing: Outgoing) -> None:
        attempt = await self._try(outgoing, 0, "")
        for number, pause in enumerate(self._retries.pauses, start=1):
            if attempt.ok or attempt.no_retry or not outgoing.is_event:
                return
            await self._wait(self._workspace.now() + pause)
            attempt = await self._try(outgoing, number, attempt.reason)

    async def _wait(self, until: datetime) -> None:
        """Waits for the workspace's clock; an app that comes back by Socket Mode need not wait for it."""
        away = not self.http.url and not self.sockets.count
        while (left := (until - self._workspace.now()).total_seconds()) > 0:
            if away and self.sockets.count:
                return
            stirred = self._stirred
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stirred.wait(), min(GLANCE, left))

    def _stir(self) -> None:
        """Lets everybody who waits look again."""
        stirred, self._stirred = self._stirred, asyncio.Event()
        stirred.set()

    async def _try(self, outgoing: Outgoing, number: int, reason: str) -> Attempt:
        transport = self.http if self.http.url else self.sockets
        at, started = time.time(), time.perf_counter()
        attempt = await transport.attempt(outgoing, number, reason)
        self._journal.add(
            Entry(
                kind="delivery",
                name=outgoing.name,
                at=at,
                elapsed_ms=(time.perf_counter() - started) * 1000,
                outcome="ok" if attempt.ok else attempt.reason,
                request=outgoing.payload,
                response=attempt.body,
                status=attempt.status,
                transport=transport.name,
                attempt=number,
            )
        )
        return attempt

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _in_loop(self, deed: Callable[[], None]) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        try:
            inside = asyncio.get_running_loop() is loop
        except RuntimeError:
            inside = False
        if inside:
            deed()
        else:
            loop.call_soon_threadsafe(deed)
