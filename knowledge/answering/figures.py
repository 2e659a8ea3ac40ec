"""Numbers, units and dates in a text, in a form in which `2,000`, `2000` and `2k` are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Bound = Literal["", "least", "most"]

LOOK_BACK = 30
"""Characters before a number in which its bound is looked for."""

_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: value for value, word in enumerate(_COUNTED.split())} | {
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "hundred": 100,
    "dozen": 12,
}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_UNITS = {
    name: unit
    for unit, names in {
        "%": "% percent",
        "percentage point": "pp",
        "point": "point points",
        "EUR": "€ eur euro euros",
        "USD": "$ usd dollar dollars",
        "GBP": "£ gbp pound pounds",
        "ms": "ms millisecond milliseconds",
        "s": "s sec secs second seconds",
        "min": "min mins minute minutes",
        "h": "h hr hrs hour hours",
        "day": "d day days",
        "week": "week weeks",
        "month": "month months",
        "quarter": "quarter quarters",
        "year": "year years",
        "sprint": "sprint sprints",
        "kB": "kb kilobyte kilobytes",
        "MB": "mb megabyte megabytes",
        "GB": "gb gigabyte gigabytes",
        "TB": "tb terabyte terabytes",
        "time": "times",
    }.items()
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?P<before>[€$£]|\b(?:EUR|USD|GBP)\s)?\s?(?<![\w.])(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)"
    r"(?:\s?(?P<scale>k|mn|m|bn|thousand|million|billion)\b)?(?=(?P<after>(?:[\s-]?[%\w]+){0,3}))(?!\.\d)",
    re.IGNORECASE,
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<name>{_MONTH})\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
)
_VERSION = re.compile(r"\bv?(\d+(?:\.\d+){2,})\b")
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "least",
        re.compile(r"\b(?:at least|(?:no|not) (?:less|fewer|under|sooner|earlier) than)\W*$", re.IGNORECASE),
    ),
    ("most", re.compile(r"\b(?:at most|(?:no|not) (?:more|over|later|longer) than)\W*$", re.IGNORECASE)),
    (
        "least",
        re.compile(
            r"\b(?:(?:more|longer|later) than|over|above|minimum(?: of)?|exceed\w*)\W*$", re.IGNORECASE
        ),
    ),
    (
        "most",
        re.compile(
            r"\b(?:(?:less|fewer|sooner) than|under|below|up to|maximum(?: of)?|within)\W*$", re.IGNORECASE
        ),
    ),
)
"""What stands before a number and bounds it; the denied forms come first, for they contain the others."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its unit (empty where it has none that is known) and what it bounds."""

    value: float
    unit: str = ""
    bound: Bound = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A date as far as it is given: each part may be None."""

    year: int | None
    month: int | None
    day: int | None

    def says(self, other: Day) -> bool:
        """Tells whether this date, as found in a document, bears another that may be vaguer."""
        mine, theirs = (self.year, self.month, self.day), (other.year, other.month, other.day)
        return all(his is None or his == my for my, his in zip(mine, theirs, strict=True))


def dates(text: str) -> list[Day]:
    """Returns the dates in a text, in no particular order."""
    return [day for day, _ in _dated(text)]


def figures(text: str) -> list[Figure]:
    """Returns the numbers in a text that are no parts of dates or versions, `one` as a pronoun left out."""
    spans = [span for _, span in _dated(text)] + [match.span() for match in _VERSION.finditer(text)]
    return [
        figure
        for match in _NUMBER.finditer(text)
        if not any(start <= match.start("number") < end for start, end in spans)
        and (figure := _figure(text, match)) is not None
    ]


def is_number(word: str) -> bool:
    """Tells whether a word, lower case, is a number in digits or in letters."""
    return word[:1].isdigit() or word in _WORDS


def versions(text: str) -> set[str]:
    """Returns the numbers with more than one point, such as those of versions."""
    return set(_VERSION.findall(text))


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    raw = match["number"].replace(",", "").lower()
    unit = _unit(match)
    if raw == "one" and not unit:
        return None
    value = float(_WORDS[raw]) if raw in _WORDS else float(raw)
    before = text[
        max(0, match.start() - LOOK_BACK) : match.start() if match["before"] else match.start("number")
    ]
    bound: Bound = next((bound for bound, pattern in _BOUNDS if pattern.search(before)), "")
    return Figure(value=value * _SCALE.get((match["scale"] or "").lower(), 1.0), unit=unit, bound=bound)


def _unit(match: re.Match[str]) -> str:
    if match["before"]:
        return _UNITS[match["before"].strip().lower()]
    after = re.findall(r"%|\w+", match["after"].lower())
    if after[:2] == ["per", "cent"]:
        return "%"
    if after[:2] == ["percentage", "points"] or after[:2] == ["percentage", "point"]:
        return "point"
    for word in after:
        if word[0].isdigit() or word in _WORDS or word in {"and", "or", "to", "of", "per", "in", "a"}:
            return ""
        if word in _UNITS:
            return _UNITS[word]
    return ""


def _dated(text: str) -> Iterator[tuple[Day, tuple[int, int]]]:
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            yield _day(match.groupdict()), match.span()


def _day(parts: dict[str, str | None]) -> Day:
    name = parts.get("name")
    month = _MONTHS[name.lower()] if name else int(parts["month"] or 0)
    year, day = parts.get("year"), parts.get("day")
    return Day(year=int(year) if year else None, month=month, day=int(day) if day else None)
