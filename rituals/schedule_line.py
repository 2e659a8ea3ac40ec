"""The line in which people write a schedule: "every weekday 09:00 in each time zone"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from zoneinfo import available_timezones

from core.errors import InputError
from rituals.rhythm import COUNTED_FROM, WEEKDAYS, Rhythm

EXAMPLES = (
    '"every weekday 09:00 in each time zone", "every second thu 15:00 Europe/London from 2026-11-05", '
    '"first mon of the month 10:00" or "1 day before sprint end 15:00"'
)
EACH_DAY = {"day", "daily", "every day", "each day"}
EACH_WORKDAY = {"weekday", "weekdays", "every weekday", "each weekday", "every working day"}
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
_DAYS = rf"{_DAY}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_DAY})*"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORDINAL = "|".join((*_ORDINALS, "last"))
_LINE = re.compile(
    r"(?P<days>.+?)\s+(?:at\s+)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)"
    r"(?:\s+(?P<zone>in each (?:person's )?time zone|[A-Za-z][\w/+-]*))?"
    r"(?:\s+from\s+(?P<start>\d{4}-\d\d-\d\d))?\s*",
    re.IGNORECASE,
)
_EVERY_SECOND = re.compile(rf"every\s+(?:second|other|2nd)\s+(?P<days>{_DAYS}|week)", re.IGNORECASE)
_OF_MONTH = re.compile(
    rf"(?:the\s+|every\s+)?(?P<ordinal>{_ORDINAL})\s+(?P<days>{_DAY})\s+of\s+(?:the|each|every)\s+month",
    re.IGNORECASE,
)
_WEEKLY = re.compile(rf"(?:every\s+)?(?P<days>{_DAYS})", re.IGNORECASE)
_RANGE = re.compile(rf"(?:every\s+)?(?P<first>{_DAY})\s*(?:-|–|to)\s*(?P<last>{_DAY})", re.IGNORECASE)
_SPRINT = re.compile(
    r"(?:(?P<number>\d+)\s+days?\s+(?P<side>before|after)\s+)?sprint\s+(?P<edge>start|end)", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Sprints:
    """A calendar of sprints: the first day of one of them, and how many days each lasts."""

    start: date
    days: int = 14


@dataclass(frozen=True, kw_only=True)
class ScheduleLine:
    """What a schedule says: the days, the local time, and whose: `zone`, or everybody's own."""

    rhythm: Rhythm
    at: time
    zone: str = ""
    each: bool = False


def read_schedule(text: str, *, sprints: Sprints | None = None) -> ScheduleLine:
    """Reads a schedule's line; raises `InputError` that quotes it and shows what can be written."""
    match = _LINE.fullmatch(" ".join(text.split()))
    if match is None:
        raise InputError(f"The schedule {text!r} can't be read.", cure=f"Write one like {EXAMPLES}.")
    start = _date(match["start"], text) if match["start"] else None
    rhythm = _rhythm(match["days"].lower(), start, sprints)
    if rhythm is None:
        raise InputError(
            f"The days {match['days']!r} in the schedule {text!r} can't be read.",
            cure=f"Write one like {EXAMPLES}.",
        )
    said = match["zone"] or ""
    each = said.lower().startswith("in each")
    at = time(int(match["hour"]), int(match["minute"]))
    return ScheduleLine(rhythm=rhythm, at=at, zone="" if each or not said else zone_named(said), each=each)


def read_time(text: str) -> tuple[time, str]:
    """Reads "15:00 Europe/London" as a local time and a zone, which is empty where none is said."""
    line = read_schedule(f"day {text}")
    return line.at, line.zone


def zone_named(text: str) -> str:
    """Returns the time zone that a name means: `Europe/London`, or its city alone."""
    if found := _zones().get(text.lower().replace(" ", "_")):
        return found
    raise InputError(f"{text!r} is not a time zone.", cure="Write one like Europe/London, or its city.")


@cache
def _zones() -> Mapping[str, str]:
    whole = {name.lower(): name for name in available_timezones()}
    cities = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return {name.rpartition("/")[2].lower(): name for name in reversed(cities)} | whole


def _rhythm(days: str, start: date | None, sprints: Sprints | None) -> Rhythm | None:
    begin = start or COUNTED_FROM
    if match := _SPRINT.fullmatch(days):
        return _of_sprints(match, sprints)
    if days in EACH_DAY | EACH_WORKDAY:
        return Rhythm(every="day", working=days in EACH_WORKDAY, start=begin)
    if match := _OF_MONTH.fullmatch(days):
        ordinal = _ORDINALS.get(match["ordinal"], -1)
        return Rhythm(every="month", ordinal=ordinal, weekdays=_weekdays(match["days"]), start=begin)
    if match := _EVERY_SECOND.fullmatch(days):
        return Rhythm(interval=2, weekdays=_weekdays(match["days"]), start=begin)
    weekdays = _of_week(days)
    return Rhythm(weekdays=weekdays, start=begin) if weekdays else None


def _of_week(days: str) -> tuple[int, ...]:
    if match := _RANGE.fullmatch(days):
        return _span(match["first"], match["last"])
    match = _WEEKLY.fullmatch(days)
    return _weekdays(match["days"]) if match else ()


def _of_sprints(match: re.Match[str], sprints: Sprints | None) -> Rhythm:
    if sprints is None:
        raise InputError(
            f"{match[0]!r} needs the sprints' calendar.",
            cure="Give the ritual `sprints: {start: 2026-11-02, days: 14}`.",
        )
    shift = int(match["number"] or 0) * (-1 if match["side"] == "before" else 1)
    if match["edge"] == "end":
        shift += sprints.days - 1
    start = date.fromordinal(sprints.start.toordinal() + shift % sprints.days)
    return Rhythm(every="day", interval=sprints.days, start=start)


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(sorted(set(_each_weekday(text))))


def _each_weekday(text: str) -> Iterator[int]:
    for word in re.findall(_DAY, text, re.IGNORECASE):
        yield WEEKDAYS.index(word.lower()[:3])


def _span(first: str, last: str) -> tuple[int, ...]:
    begin, end = WEEKDAYS.index(first.lower()[:3]), WEEKDAYS.index(last.lower()[:3])
    return tuple(sorted((begin + number) % 7 for number in range((end - begin) % 7 + 1)))


def _date(text: str, line: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} in {line!r} is not a day.", cure="Write 2026-11-05.") from None
