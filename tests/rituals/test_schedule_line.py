"""The schedules that people write, and what they mean."""

from __future__ import annotations

from datetime import date, time

import pytest

from core.errors import InputError
from rituals.schedule_line import Sprints, read_schedule, read_time, zone_named

START = date(2026, 11, 1)
END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("line", "zone", "first"),
    [
        (
            "every second thu 15:00 Europe/London from 2026-11-05",
            "Europe/London",
            ["11-05", "11-19", "12-03"],
        ),
        ("mon 09:00 Asia/Beirut", "Asia/Beirut", ["11-02", "11-09", "11-16"]),
        ("every Monday and Thursday at 9:30 London", "Europe/London", ["11-02", "11-05", "11-09"]),
        ("tue, thu 10:00", "", ["11-03", "11-05", "11-10"]),
        ("mon-wed 10:00", "", ["11-02", "11-03", "11-04"]),
        ("fri to mon 10:00", "", ["11-01", "11-02", "11-06"]),
        ("first mon of the month 10:00", "", ["11-02", "12-07"]),
        ("every second tuesday of the month 10:00", "", ["11-10", "12-08"]),
        ("last fri of each month 16.00", "", ["11-27", "12-25"]),
        ("daily 08:00 UTC", "UTC", ["11-01", "11-02", "11-03"]),
        ("sprint start 10:00", "", ["11-02", "11-16", "11-30"]),
        ("sprint end 15:00", "", ["11-01", "11-15", "11-29"]),
        ("1 day before sprint end 15:00 Europe/London", "Europe/London", ["11-14", "11-28", "12-12"]),
    ],
)
def test_a_line_means_these_days(line: str, zone: str, first: list[str]) -> None:
    found = read_schedule(line, sprints=Sprints(start=date(2026, 10, 19)))
    days = [f"{day:%m-%d}" for day in found.rhythm.days(START, END)]
    assert days[: len(first)] == first
    assert found.zone == zone


def test_each_persons_zone_is_told_from_the_teams() -> None:
    assert read_schedule("every weekday 09:00 in each time zone").each
    assert not read_schedule("every weekday 09:00").each


def test_every_weekday_leaves_the_weekend_to_the_calendar_of_each() -> None:
    assert read_schedule("every weekday 09:00").rhythm.working
    assert not read_schedule("mon 09:00").rhythm.working


def test_the_29th_of_february_and_the_years_end_are_days_like_others() -> None:
    days = read_schedule("daily 09:00").rhythm.days(date(2028, 2, 28), date(2028, 3, 1))
    assert date(2028, 2, 29) in days
    assert read_schedule("every second mon 09:00").rhythm.days(date(2026, 12, 28), date(2027, 1, 11)) == [
        date(2026, 12, 28),
        date(2027, 1, 11),
    ]


def test_every_second_week_goes_on_across_years_of_53_weeks() -> None:
    """2026 has 53 weeks: counting even week numbers would leave a fortnight out."""
    days = read_schedule("every second thu 15:00 from 2026-12-17").rhythm.days(START, date(2027, 2, 1))
    assert [f"{day:%m-%d}" for day in days] == ["12-17", "12-31", "01-14", "01-28"]


@pytest.mark.parametrize(
    "line",
    ["", "whenever", "every weekday", "every weekday 25:00", "every blue moon 09:00", "mon 09:00 Narnia"],
)
def test_what_cannot_be_read_is_quoted_with_what_can(line: str) -> None:
    with pytest.raises(InputError) as caught:
        read_schedule(line)
    assert (line or "''") in str(caught.value) or "Narnia" in str(caught.value)
    assert "Europe/London" in caught.value.cure


def test_sprints_need_their_calendar() -> None:
    with pytest.raises(InputError, match="calendar"):
        read_schedule("sprint end 15:00")


def test_times_and_zones_are_read_by_themselves() -> None:
    assert read_time("15:00 London") == (time(15), "Europe/London")
    assert zone_named("new york") == "America/New_York"
