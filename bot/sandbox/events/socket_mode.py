"""Socket Mode: the way to an app that connects to us."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
from collections.abc import Callable
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

from bot.sandbox.errors import SlackError
from bot.sandbox.events.outgoing import Attempt, Outgoing
from bot.sandbox.workspace.ids import random_id
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.state import Workspace

PATIENCE = 3.0
MOST_CONNECTIONS = 10
_GONE = (WebSocketDisconnect, RuntimeError)


class Connection:
    """One open socket and what was sent over it and not yet acknowledged."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.waiting: dict[str, asyncio.Future[Attempt]] = {}
        self.leaving = False

    async def send(self, value: Json) -> None:
        """Sends one JSON text."""
        await self.socket.send_text(json.dumps(value))

    def drop(self) -> None:
        """Fails what was not acknowledged, so that it goes to another connection."""
        self.leaving = True
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_result(Attempt(ok=False, reason="connection_failed"))


class SocketTransport:
    """Sends envelopes to the app's open sockets in turn. Lives in the server's loop."""

    name = "socket_mode"

    def __init__(self, workspace: Workspace, *, patience: float = PATIENCE) -> None:
        self._workspace = workspace
        self._patience = patience
        self._connections: list[Connection] = []
        self._tickets: set[str] = set()
        self._turns = itertools.count()
        self.on_open: Callable[[], None] = lambda: None

    def open_address(self) -> str:
        """Returns an address that takes one connection."""
        if len(self._connections) >= MOST_CONNECTIONS:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        base = self._workspace.base_url.replace("http", "ws", 1)
        return f"{base}/link/?ticket={ticket}&app_id={self._workspace.identity.app_id}"

    @property
    def count(self) -> int:
        """How many connections can take something."""
        return len(self._open())

    async def serve(self, socket: WebSocket, ticket: str) -> None:
        """Speaks with one connection until it ends."""
        if ticket not in self._tickets:
            await socket.close(code=4403)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        connection = Connection(socket)
        self._connections.append(connection)
        try:
            await connection.send(self._hello())
            self.on_open()
            while True:
                self._take_ack(connection, await socket.receive_text())
        except _GONE:
            pass
        finally:
            self._connections.remove(connection)
            connection.drop()

    async def attempt(self, outgoing: Outgoing, number: int, reason: str) -> Attempt:
        """Sends an envelope over one connection and waits for its acknowledgement."""
        connection = self._next()
        if connection is None:
            return Attempt(ok=False, reason="no_connection")
        envelope = self._envelope(outgoing, number, reason)
        waiting: asyncio.Future[Attempt] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = waiting
        try:
            await connection.send(envelope)
            return await asyncio.wait_for(waiting, self._patience)
        except TimeoutError:
            return Attempt(ok=False, reason="timeout")
        except _GONE:
            return Attempt(ok=False, reason="connection_failed")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)

    async def refresh(self, reason: str, *, close_after: float = 0.0) -> int:
        """Tells every connection to make place for a new one, then closes it; returns how many there were."""
        leaving = self._open()
        for connection in leaving:
            connection.leaving = True
            with contextlib.suppress(*_GONE):
                await connection.send({"type": "disconnect", "reason": reason, "debug_info": _DEBUG})
        await asyncio.sleep(close_after)
        for connection in leaving:
            with contextlib.suppress(*_GONE):
                await connection.socket.close()
        return len(leaving)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {**_DEBUG, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._workspace.identity.app_id},
        }

    def _envelope(self, outgoing: Outgoing, number: int, reason: str) -> Json:
        envelope: Json = {
            "envelope_id": random_id("env-"),
            "type": outgoing.family,
            "payload": outgoing.payload,
            "accepts_response_payload": not outgoing.is_event,
        }
        if outgoing.is_event:
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        return envelope

    def _take_ack(self, connection: Connection, text: str) -> None:
        try:
            message: Any = json.loads(text)
        except ValueError:
            return
        waiting = (
            connection.waiting.get(message.get("envelope_id", "")) if isinstance(message, dict) else None
        )
        if waiting is not None and not waiting.done():
            waiting.set_result(Attempt(ok=True, status=200, body=message.get("payload")))

    def _open(self) -> list[Connection]:
        return [c for c in self._connections if not c.leaving]

    def _next(self) -> Connection | None:
        connections = self._open()
        return connections[next(self._turns) % len(connections)] if connections else None


_DEBUG: Json = {"host": "sandbox", "build_number": 1}
