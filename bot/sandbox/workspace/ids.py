"""Ids and timestamps as Slack writes them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Container
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

MICROS = 1_000_000


def derived_id(prefix: str, name: str, taken: Container[str]) -> str:
    """Returns an id made of a name, the same one each time: `U` and `ana` give `U0ANA`."""
    stem = f"{prefix}0{re.sub(r'[^A-Z0-9]', '', name.upper())}"
    candidate, number = stem, 2
    while candidate in taken:
        candidate, number = f"{stem}{number}", number + 1
    return candidate


def random_id(prefix: str) -> str:
    """Returns an id that nobody can guess."""
    return prefix + secrets.token_hex(5).upper()


def ts_of(moment: datetime) -> str:
    """Returns a moment as a message timestamp; these sort as text in the order of time."""
    micros = int(moment.timestamp()) * MICROS + moment.microsecond
    return _written(micros)


def moment_of(ts: str) -> datetime:
    """Returns the moment of a timestamp."""
    micros = _micros(ts)
    return datetime.fromtimestamp(micros // MICROS, tz=UTC).replace(microsecond=micros % MICROS)


def normal_ts(text: str) -> str | None:
    """Returns a timestamp in its full form (`12` gives `0000000012.000000`), or None if it is not one."""
    try:
        return _written(_micros(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None


class Timestamps:
    """Gives out timestamps, each later than the one before, even while the clock stands still."""

    def __init__(self) -> None:
        self._last = 0

    def take(self, moment: datetime) -> str:
        """Returns the timestamp of this moment, or the next free one after it."""
        micros = max(_micros(ts_of(moment)), self._last + 1)
        self._last = micros
        return _written(micros)

    def saw(self, ts: str) -> None:
        """Keeps later timestamps after this one."""
        self._last = max(self._last, _micros(ts))


def _micros(ts: str) -> int:
    return int(Decimal(ts) * MICROS)


def _written(micros: int) -> str:
    if micros < 0:
        raise ValueError("timestamps begin in 1970")
    return f"{micros // MICROS:010d}.{micros % MICROS:06d}"
