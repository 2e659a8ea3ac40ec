"""Text objects: plain text and mrkdwn."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.emoji import with_emoji
from bot.sandbox.page.markup.html import EMPTY, joined
from bot.sandbox.page.markup.mrkdwn import mrkdwn, mrkdwn_line, unescaped
from bot.sandbox.page.markup.reader import Reader

Json = dict[str, Any]


def text(value: Any, reader: Reader) -> Markup:
    """Returns a text object as blocks of HTML; nothing where there is none."""
    if not isinstance(value, dict):
        return EMPTY
    if value.get("type") == "mrkdwn":
        return mrkdwn(str(value.get("text", "")), reader, verbatim=bool(value.get("verbatim")))
    return joined(words(value))


def line(value: Any, reader: Reader) -> Markup:
    """Returns a text object as one run of inline HTML."""
    if isinstance(value, dict) and value.get("type") == "mrkdwn":
        return mrkdwn_line(str(value.get("text", "")), reader)
    return joined(words(value))


def words(value: Any, default: str = "") -> str:
    """Returns a plain text object's words; Slack undoes its entities here as well."""
    if not isinstance(value, dict):
        return default
    written = unescaped(str(value.get("text", "")))
    return with_emoji(written) if value.get("emoji", True) else written
