"""For whom something is rendered, and how ids become names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol


class Names(Protocol):
    """What ids are called; None where nobody knows them, or the reader may not."""

    def user(self, user_id: str) -> str | None:
        """Returns a person's name."""

    def channel(self, channel_id: str) -> str | None:
        """Returns a channel's name without the hash, or the people of a direct message."""

    def group(self, group_id: str) -> str | None:
        """Returns a user group's handle without the at sign."""

    def file(self, file_id: str) -> tuple[str, str] | None:
        """Returns a file's address on this server and its name."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: their id and handle, their time zone, the time now, what ids are called."""

    user: str
    zone: tzinfo
    now: datetime
    names: Names
    handle: str = ""

    def href(self, channel_id: str) -> str:
        """Returns where the page shows a conversation."""
        return f"/as/{self.handle}/{channel_id}"
