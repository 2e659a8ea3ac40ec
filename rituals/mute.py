"""Rituals that are only looked at: at a terminal nothing is said and nothing started."""

from __future__ import annotations

from core.durable import DIRECT, Json
from core.message import Message


class Mute:
    """A speaker and a starter that do nothing."""

    def say(self, message: Message) -> None:
        """Says nothing."""

    def start(
        self, workflow: str, key: str, argument: Json, *, queue: str = DIRECT, partition: str = ""
    ) -> None:
        """Starts nothing."""
