"""Slack's dictionaries become our values here, and nowhere else."""

from __future__ import annotations

import html
import re
from typing import Any

from bot.asked import Asked

Json = dict[str, Any]

SPOKEN = {None, "", "file_share", "thread_broadcast"}
"""The subtypes of messages that a person wrote anew; all others are edits, joins and the like."""
TOKEN = re.compile(r"<([^<>]+)>")
PLEASANTRIES = re.compile(
    r"(thanks?( you| a lot| so much)?|thx|ty|cheers|great|perfect|nice|cool"
    r"|ok(ay)?|got it|will do|sure|yes|no|done)",
    re.IGNORECASE,
)


def asked_in(event: Json, *, team: str, bot_user_id: str) -> Asked | None:
    """Returns the question in a message or mention, or None where no person newly wrote one to read.

    Messages of bots, Muster's own, edits, deletions and empty ones are none.
    """
    spoken = event.get("subtype") in SPOKEN and not event.get("bot_id") and "edited" not in event
    if not spoken or not event.get("user") or event["user"] == bot_user_id:
        return None
    thread = event.get("thread_ts", "")
    return Asked(
        team=team,
        channel=event["channel"],
        ts=event["ts"],
        user=event["user"],
        text=words_of(event.get("text", ""), bot_user_id=bot_user_id),
        thread_ts="" if thread == event["ts"] else thread,
        direct=event.get("channel_type") == "im",
    )


def mentions(event: Json, user_id: str) -> bool:
    """Tells whether a message mentions a user."""
    return f"<@{user_id}>" in event.get("text", "") or f"<@{user_id}|" in event.get("text", "")


def mentions_somebody(event: Json) -> bool:
    """Tells whether a message is addressed to people by mention."""
    return bool(re.search(r"<(@[UW]|!subteam)", event.get("text", "")))


def is_pleasantry(text: str) -> bool:
    """Tells whether a message in a thread only says thanks or the like and wants no answer."""
    return bool(PLEASANTRIES.fullmatch(text.strip(" .!…👍🙏\n")) or not re.search(r"\w", text))


def words_of(text: str, *, bot_user_id: str) -> str:
    """Returns what a person wrote, as they read it: Slack's tokens and entities become words."""

    def word(match: re.Match[str]) -> str:
        body, _, label = match.group(1).partition("|")
        if body == f"@{bot_user_id}":
            return ""
        if body.startswith("#"):
            return f"#{label}" if label else body
        if body.startswith(("@", "!")):
            return label or body.lstrip("!")
        return label or body.removeprefix("mailto:")

    return " ".join(html.unescape(TOKEN.sub(word, text)).split())
