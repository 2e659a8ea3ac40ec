from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import SystemClock
from core.fakes import FrozenClock


def test_the_system_clock_tells_aware_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_frozen_clock_moves_only_when_told() -> None:
    clock = FrozenClock(datetime(2026, 2, 28, 23, 0, tzinfo=UTC))
    before = clock.now()
    clock.advance(timedelta(hours=2))
    assert clock.now() - before == timedelta(hours=2)


def test_a_frozen_clock_refuses_to_go_back() -> None:
    with pytest.raises(ValueError, match="forward only"):
        FrozenClock().advance(timedelta(seconds=-1))


def test_a_frozen_clock_refuses_a_naive_time() -> None:
    with pytest.raises(ValueError, match="aware time"):
        FrozenClock(datetime(2026, 1, 1))  # noqa: DTZ001  # the point
