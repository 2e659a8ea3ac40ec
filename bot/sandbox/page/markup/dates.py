"""Dates in the reader's own zone: Slack's `<!date^...>` formats, and the times that the page itself shows."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from bot.sandbox.page.markup.reader import Reader

_TOKEN = re.compile(r"\{(\w+)\}")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_DAY = 86_400


def formatted(timestamp: int, template: str, reader: Reader) -> str | None:
    """Returns a date in Slack's format, such as `{date_short_pretty} at {time}`; None if impossible."""
    try:
        at = datetime.fromtimestamp(timestamp, tz=UTC).astimezone(reader.zone)
    except (OverflowError, ValueError, OSError):
        return None
    return _TOKEN.sub(lambda match: _part(match[1], at, reader) or match[0], template)


def clock_time(at: datetime, reader: Reader) -> str:
    """Returns `10:04` in the reader's zone."""
    return f"{at.astimezone(reader.zone):%H:%M}"


def day_name(day: date, reader: Reader) -> str:
    """Returns `Today`, `Yesterday` or `Monday, 23 November`, with the year where it is another one."""
    today = reader.now.astimezone(reader.zone).date()
    near = _NEAR.get((day - today).days)
    if near:
        return near.capitalize()
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A}, {day.day} {day:%B}{year}"


def full_moment(at: datetime, reader: Reader) -> str:
    """Returns everything there is to say about a moment, for a tooltip."""
    local = at.astimezone(reader.zone)
    return f"{local:%A}, {local.day} {local:%B %Y, %H:%M:%S %Z}"


def _part(token: str, at: datetime, reader: Reader) -> str | None:
    plain = token.removesuffix("_pretty")
    if plain != token:
        near = _NEAR.get((at.date() - reader.now.astimezone(reader.zone).date()).days)
        if near:
            return near
    month = f"{at:%b}" if "short" in plain else f"{at:%B}"
    weekday = f"{at:%A}, " if "long" in plain else ""
    words = {
        "date_num": f"{at:%Y-%m-%d}",
        "date_slash": f"{at:%m/%d/%Y}",
        "date": f"{month} {at.day}, {at.year}",
        "date_short": f"{month} {at.day}, {at.year}",
        "date_long": f"{weekday}{month} {at.day}, {at.year}",
        "day_divider": f"{at:%A}, {month} {at.day}",
        "time": f"{at:%H:%M}",
        "time_secs": f"{at:%H:%M:%S}",
        "ago": _ago(at, reader.now),
    }
    return words.get(plain)


def _ago(at: datetime, now: datetime) -> str:
    seconds = int((now - at).total_seconds())
    away = abs(seconds)
    sizes = ((_DAY, "day"), (3_600, "hour"), (60, "minute"))
    size, unit = next(((s, u) for s, u in sizes if away >= s), (1, "second"))
    count = away // size
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds >= 0 else f"in {words}"
