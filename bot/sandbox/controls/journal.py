"""What went over the wire: each call of the app's and each delivery to it, the newest few thousand."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

MOST = 5_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One call or one delivery.

    `at` is the machine's time in seconds since 1970, `elapsed_ms` until the answer or the acknowledgement.
    `outcome` is `ok` or the error's name; `attempt` counts deliveries of the same thing from 0.
    """

    kind: Literal["call", "delivery"]
    name: str
    at: float
    elapsed_ms: float
    outcome: str
    request: Any
    response: Any
    status: int = 200
    transport: str = ""
    attempt: int = 0
    number: int = 0


class Journal:
    """Keeps the newest entries and tells each new one's number to whoever listens."""

    def __init__(self, most: int = MOST) -> None:
        self._entries: deque[tuple[int, Entry]] = deque(maxlen=most)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._listeners: list[Callable[[int, Entry], None]] = []

    def listen(self, listener: Callable[[int, Entry], None]) -> None:
        """Tells `listener` each entry from now on."""
        self._listeners.append(listener)

    def add(self, entry: Entry) -> None:
        """Keeps an entry; the oldest goes when there are too many."""
        with self._lock:
            number = next(self._numbers)
            self._entries.append((number, entry))
        for listener in self._listeners:
            listener(number, entry)

    def entries(
        self, *, after: int = 0, kind: str = "", name: str = "", most: int = MOST
    ) -> list[dict[str, Any]]:
        """Returns the newest entries after a number, oldest first, of one kind or of one name if asked."""
        with self._lock:
            kept = list(self._entries)
        found = [
            {**vars(entry), "number": number}
            for number, entry in kept
            if number > after and kind in {"", entry.kind} and name in {"", entry.name}
        ]
        return found[-most:]

    def clear(self) -> None:
        """Forgets everything; numbers go on."""
        with self._lock:
            self._entries.clear()
