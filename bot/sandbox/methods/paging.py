"""Pages of long answers, with Slack's cursors."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Arguments
from bot.sandbox.workspace.records import Json

Item = TypeVar("Item")


def page(
    items: Sequence[Item], args: Arguments, *, default: int = 100, most: int = 1000
) -> tuple[list[Item], Json]:
    """Returns one page of a list and the `response_metadata` that leads to the next.

    Raises:
        SlackError: `invalid_cursor`, `invalid_limit`.
    """
    start = int(read_cursor(args, "offset") or 0)
    size = limit(args, default=default, most=most)
    rest = start + size < len(items)
    return list(items[start : start + size]), next_cursor("offset", str(start + size) if rest else "")


def limit(args: Arguments, *, default: int, most: int) -> int:
    """Returns how many items a page has; 0 stands for the default."""
    wanted = args.number("limit", default) or default
    if wanted < 0:
        raise SlackError("invalid_limit")
    return min(wanted, most)


def read_cursor(args: Arguments, kind: str) -> str:
    """Returns what a cursor of this kind points to, empty without one."""
    cursor = args.text("cursor")
    if not cursor:
        return ""
    try:
        found, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_cursor") from error
    if found != kind:
        raise SlackError("invalid_cursor")
    return value


def next_cursor(kind: str, value: str) -> Json:
    """Returns the `response_metadata` with a cursor, or with an empty one at the end."""
    return {"next_cursor": base64.b64encode(f"{kind}:{value}".encode()).decode() if value else ""}
