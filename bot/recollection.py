"""Finding what may have been said already: by its key, in the conversation's recent history."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from bot.delivery_log import DeliveryLog, Entry
from bot.persistence import growing
from bot.slack_calls import SlackCalls, SlackRefusedError
from core.errors import UnavailableError

logger = logging.getLogger(__name__)

EVENT_TYPE = "muster_message"
RECENT = 100
MOST_PAGES = 10
MOST_ATTEMPTS = 12


def metadata_of(key: str) -> dict[str, Any]:
    """Returns the message metadata that carries `key`; everyone in the workspace can read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


class Recollection:
    """Looks for messages of Muster's own."""

    def __init__(
        self, calls: SlackCalls, log: DeliveryLog, pause: Callable[[float], None], *, bot_user_id: str
    ) -> None:
        self._calls = calls
        self._log = log
        self._pause = pause
        self._bot_user_id = bot_user_id

    def find(self, entry: Entry) -> str | None:
        """Returns the ts of the message with the entry's key, or None where there is none to be seen.

        A stream carries no key until it ends: where one was begun, an own message that nobody claims is it.
        """
        messages = self._recent(entry)
        for message in messages:
            if _key_of(message) == entry.key:
                return str(message["ts"])
        if entry.state != "streaming":
            return None
        for message in messages:
            if self._is_orphan(message, entry):
                return str(message["ts"])
        return None

    def _is_orphan(self, message: dict[str, Any], entry: Entry) -> bool:
        own = message.get("user") == self._bot_user_id and not _key_of(message)
        if not own or message["ts"] == entry.thread_ts:
            return False
        return self._log.at(entry.channel, str(message["ts"])) is None

    def _recent(self, entry: Entry) -> list[dict[str, Any]]:
        """Returns the newest messages of the thread or the channel, the newest first."""
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                return self._read(entry)
            except UnavailableError as error:
                logger.warning("could not look back key=%s attempt=%d error=%s", entry.key, attempt, error)
                self._pause(error.retry_after or growing(attempt))
            except SlackRefusedError as error:
                # Said twice is better than not at all, where Slack lets nobody look.
                logger.warning("may not look back key=%s error=%s", entry.key, error)
                return []
        raise UnavailableError(f"Slack does not let me look for {entry.key!r}.", cure="It is tried again.")

    def _read(self, entry: Entry) -> list[dict[str, Any]]:
        if entry.thread_ts:
            pages = self._calls.pages(
                "conversations.replies",
                "messages",
                most=MOST_PAGES,
                channel=entry.channel,
                ts=entry.thread_ts,
                limit=RECENT,
                include_all_metadata=True,
            )
            return list(pages)[::-1]
        page = self._calls.read(
            "conversations.history", channel=entry.channel, limit=RECENT, include_all_metadata=True
        )
        return list(page.get("messages", []))


def _key_of(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str(metadata.get("event_payload", {}).get("key", ""))
