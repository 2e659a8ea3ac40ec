"""Numbers, units and dates: what is one, what is another."""

from __future__ import annotations

import pytest

from knowledge.answering.figures import Bound, Day, Figure, dates, figures, versions


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("2,000 subscribers", 2000, "", ""),
        ("2000 subscribers", 2000, "", ""),
        ("EUR 310k a year", 310_000, "EUR", ""),
        ("€310,000", 310_000, "EUR", ""),
        ("310 thousand euros", 310_000, "EUR", ""),
        ("five percent", 5, "%", ""),
        ("5 per cent", 5, "%", ""),
        ("5%", 5, "%", ""),
        ("5 percentage points", 5, "point", ""),
        ("at least 14 working days", 14, "day", "least"),
        ("no fewer than 14 days", 14, "day", "least"),
        ("no more than three days", 3, "day", "most"),
        ("up to 14 d", 14, "day", "most"),
        ("within 48 hours", 48, "h", "most"),
        ("48h", 48, "h", ""),
        ("a 90-minute workshop", 90, "min", ""),
        ("one week", 1, "week", ""),
        ("200 ms", 200, "ms", ""),
        ("twelve months", 12, "month", ""),
    ],
)
def test_a_number_is_read_with_its_unit_and_bound(text: str, value: float, unit: str, bound: Bound) -> None:
    assert figures(text) == [Figure(value=value, unit=unit, bound=bound)]


def test_each_number_of_a_range_is_read() -> None:
    assert [figure.value for figure in figures("between 10 and 20 days")] == [10, 20]


def test_one_as_a_pronoun_is_no_number() -> None:
    assert figures("No one signs, and the one who asks waits.") == []


@pytest.mark.parametrize("text", ["on 12 October 2026", "October 12th, 2026", "2026-10-12", "12 Oct 2026"])
def test_a_date_is_one_however_it_is_written(text: str) -> None:
    assert dates(text) == [Day(year=2026, month=10, day=12)]
    assert figures(text) == []


def test_a_date_in_a_document_bears_a_vaguer_one_only() -> None:
    stated = Day(year=2026, month=10, day=12)
    assert stated.says(Day(year=None, month=10, day=12))
    assert not Day(year=None, month=10, day=12).says(stated)
    assert not stated.says(Day(year=2025, month=10, day=12))


def test_a_version_is_no_number() -> None:
    assert versions("from 3.2.1 to v3.2.2") == {"3.2.1", "3.2.2"}
    assert figures("version 3.2.1") == []
