"""Timestamps and the clock that moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.clock import MovableClock, movable
from bot.sandbox.workspace.ids import Timestamps, moment_of, normal_ts, ts_of
from core.fakes import FrozenClock

NINE = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


def test_the_clock_runs_with_the_one_below_and_only_forward() -> None:
    below = FrozenClock(NINE)
    clock = movable(below)
    woken: list[int] = []
    clock.watch(lambda: woken.append(1))
    assert clock.advance(timedelta(days=1)) == NINE + timedelta(days=1)
    below.advance(timedelta(hours=1))
    assert clock.now() == NINE + timedelta(days=1, hours=1)
    assert (movable(clock), woken) == (clock, [1])
    with pytest.raises(ValueError, match="forward only"):
        MovableClock().advance(timedelta(seconds=-1))


def test_timestamps_never_repeat_while_the_clock_stands_still() -> None:
    stamps = Timestamps()
    taken = [stamps.take(NINE) for _ in range(3)]
    assert taken == ["1795424400.123456", "1795424400.123457", "1795424400.123458"]
    stamps.saw("1795424500.000000")
    assert stamps.take(NINE) == "1795424500.000001"


def test_timestamps_are_read_as_slack_reads_them() -> None:
    assert moment_of(ts_of(NINE)) == NINE
    assert normal_ts("12") == "0000000012.000000"
    assert normal_ts("1795424400.1234") == "1795424400.123400"
    assert normal_ts("soon") is None
    assert normal_ts("-5") is None
