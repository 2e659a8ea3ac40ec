"""What people see, and waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

Json = dict[str, Any]
GLANCE = 0.02
Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message as a person sees it. `shape` is all of it, as Slack writes it."""

    channel: str
    ts: str
    shape: Json

    @property
    def text(self) -> str:
        """What it says, without its blocks."""
        return str(self.shape.get("text", ""))

    @property
    def thread_ts(self) -> str:
        """The thread that it is in or would begin."""
        return str(self.shape.get("thread_ts") or self.ts)

    @property
    def words(self) -> str:
        """All text in it, that of its blocks too."""
        blocks = [*(self.shape.get("blocks") or []), *(self.shape.get("attachments") or [])]
        return "\n".join([self.text, *_texts(blocks)])


def wait_until(found: Callable[[], Found | None], timeout: float, what: str) -> Found:
    """Returns what `found` returns as soon as it is something.

    Raises:
        TimeoutError: it never was.
    """
    deadline = time.monotonic() + timeout
    while not (result := found()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout:.0f} s for {what}")
        time.sleep(GLANCE)
    return result


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
