"""Stand-ins for the ports of `core`, for tests, demos and other people's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) -> None:
        if at.tzinfo is None:
            msg = f"a clock needs an aware time, got {at!r}"
            raise ValueError(msg)
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Returns the time that was set last."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Moves forward by a positive amount."""
        if by < timedelta(0):
            msg = f"time goes forward only, got {by}"
            raise ValueError(msg)
        self._at += by
