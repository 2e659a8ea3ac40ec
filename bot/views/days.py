"""Days as people write them."""

from __future__ import annotations

from datetime import date


def long_day(day: date) -> str:
    """Returns a day as a heading names it: "Monday, 23 November"."""
    return f"{day:%A}, {day.day} {day:%B}"


def short_day(day: date) -> str:
    """Returns a day within a sentence: "23 Nov"."""
    return f"{day.day} {day:%b}"
