"""Connections that break on demand."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class TrackedProtocol(H11Protocol):
    """HTTP/1.1 that can be broken from inside an application, by the address of the client."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in H11Protocol
        """Notes a new connection."""
        super().connection_made(transport)
        if self.client is not None:
            _CONNECTIONS[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets a connection."""
        if self.client is not None:
            _CONNECTIONS.pop(self.client, None)
        super().connection_lost(exc)


def reset(client: tuple[str, int] | None) -> None:
    """Breaks a client's connection so that it sees a reset, not an end."""
    transport = _CONNECTIONS.pop(client, None) if client is not None else None
    if transport is None:
        return
    raw: Any = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


_CONNECTIONS: dict[tuple[str, int], asyncio.Transport] = {}
