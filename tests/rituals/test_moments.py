"""Local times where clocks jump, twice-shown hours, and the hours in which people sleep."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.moments import BeforeMoment, LocalMoment, OwnMoment, QuietHours, instant


def local(at: datetime | None, zone: str) -> str:
    assert at is not None
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %z")


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        # Gaps: the first time that exists.
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08 03:00 -0400"),
        ("Europe/London", date(2026, 3, 29), time(1, 15), "2026-03-29 02:00 +0100"),
        ("Asia/Beirut", date(2026, 3, 29), time(0, 0), "2026-03-29 01:00 +0300"),
        ("Asia/Beirut", date(2026, 3, 29), time(0, 59), "2026-03-29 01:00 +0300"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04 02:30 +1100"),
        # Folds: the first of the two.
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01 01:30 -0400"),
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25 01:30 +0100"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05 01:45 +1100"),
        ("Asia/Beirut", date(2026, 10, 24), time(23, 30), "2026-10-24 23:30 +0300"),
        # Days like any other.
        ("Europe/London", date(2028, 2, 29), time(9), "2028-02-29 09:00 +0000"),
        ("Pacific/Apia", date(2011, 12, 31), time(9), "2011-12-31 09:00 +1400"),
    ],
)
def test_a_local_time_happens_once_on_its_day(zone: str, day: date, at: time, expected: str) -> None:
    """Gaps move it to the first time that there is; of a time shown twice the first counts."""
    assert local(instant(day, at, zone), zone) == expected


def test_a_day_that_a_zone_left_out_has_no_instant() -> None:
    """Samoa went from 29 to 31 December 2011."""
    assert instant(date(2011, 12, 30), time(9), "Pacific/Apia") is None


@given(
    day=st.dates(date(2011, 1, 1), date(2035, 1, 1)),
    at=st.times(),
    zone=st.sampled_from(
        ["America/New_York", "Europe/London", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
    ),
)
def test_an_instant_reads_as_its_local_time_or_as_the_end_of_a_gap(day: date, at: time, zone: str) -> None:
    at = at.replace(microsecond=0)
    found = instant(day, at, zone)
    if found is None:
        assert (zone, day) == ("Pacific/Apia", date(2011, 12, 30))
        return
    shown = found.astimezone(ZoneInfo(zone))
    if shown.replace(tzinfo=None) != datetime.combine(day, at):
        before = (found - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert shown.replace(tzinfo=None) > datetime.combine(day, at) > before.replace(tzinfo=None)


CLOSE = LocalMoment(at=time(15), zone="Europe/London")
DAY = date(2026, 11, 23)


def test_a_reminder_comes_before_the_close_where_that_is_daytime() -> None:
    rule = BeforeMoment(of=CLOSE, by=timedelta(minutes=30))
    assert rule.on(DAY, "Europe/Madrid", "ana") == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Kolkata", "2026-11-23 17:45 +0530"), ("Pacific/Auckland", "2026-11-23 17:45 +1300")],
)
def test_a_reminder_is_moved_before_quiet_hours(zone: str, expected: str) -> None:
    """In Kolkata it would be 20:00, in Auckland 03:30 of the next day: both hear at a quarter to six."""
    rule = BeforeMoment(of=CLOSE, by=timedelta(minutes=30))
    assert local(rule.on(DAY, zone, "deepak"), zone) == expected


def test_quiet_hours_may_lie_within_one_day() -> None:
    quiet = QuietHours(begin=time(12), end=time(14))
    assert quiet.hold(time(13))
    assert not quiet.hold(time(14))
    rule = BeforeMoment(of=LocalMoment(at=time(13)), by=timedelta(), quiet=quiet)
    assert local(rule.on(DAY, "UTC", ""), "UTC") == "2026-11-23 11:45 +0000"


def test_a_person_may_have_a_moment_of_their_own() -> None:
    rule = OwnMoment(usual=CLOSE, own={"deepak": LocalMoment(at=time(9), zone="Europe/London")})
    assert rule.on(DAY, "Asia/Kolkata", "deepak") == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert rule.on(DAY, "Asia/Kolkata", "ana") == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_a_reminder_for_a_day_that_does_not_exist_is_none() -> None:
    rule = BeforeMoment(of=LocalMoment(at=time(15)), by=timedelta(minutes=30))
    assert rule.on(date(2011, 12, 30), "Pacific/Apia", "x") is None
