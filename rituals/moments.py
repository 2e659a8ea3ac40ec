"""At which instant something is due on a day: local times, where clocks jump and where people sleep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

MIDNIGHT = time()


class Moment(Protocol):
    """A rule that gives each local day an instant."""

    def on(self, day: date, zone: str, person: str) -> datetime | None:
        """Returns the UTC instant on `day` for `person` (empty: the team), who lives in `zone`.

        None where there is no such instant: the day does not exist there, or nothing is due.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class LocalMoment:
    """A local time, in `zone` or, where that is empty, in the zone of whom it is for."""

    at: time
    zone: str = ""

    def on(self, day: date, zone: str, person: str) -> datetime | None:  # noqa: ARG002  # the same for all
        """Returns the instant at which that local time is reached on `day`."""
        return instant(day, self.at, self.zone or zone)


@dataclass(frozen=True, kw_only=True)
class OwnMoment:
    """A moment that some people have otherwise: the hour they chose, the overlap with a partner."""

    usual: Moment
    own: Mapping[str, Moment] = field(default_factory=dict)

    def on(self, day: date, zone: str, person: str) -> datetime | None:
        """Returns the person's own instant, or the usual one."""
        return self.own.get(person, self.usual).on(day, zone, person)


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """The local hours in which nobody is disturbed, normally across midnight."""

    begin: time = time(18)
    end: time = time(8)

    def hold(self, at: time) -> bool:
        """Tells whether a local time is quiet."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, kw_only=True)
class BeforeMoment:
    """Some time before another moment; moved to before a person's quiet hours where it falls into them."""

    of: Moment
    by: timedelta
    quiet: QuietHours = QuietHours()
    ahead: timedelta = timedelta(minutes=15)

    def on(self, day: date, zone: str, person: str) -> datetime | None:
        """Returns the last instant that is early enough and not quiet."""
        due = self.of.on(day, zone, person)
        if due is None:
            return None
        due -= self.by
        local = due.astimezone(ZoneInfo(zone))
        if not self.quiet.hold(local.time()):
            return due
        across = self.quiet.begin > self.quiet.end and local.time() < self.quiet.end
        evening = local.date() - timedelta(days=1) if across else local.date()
        begun = instant(evening, self.quiet.begin, zone)
        return begun - self.ahead if begun else None


@lru_cache(maxsize=50_000)
def instant(day: date, at: time, zone: str) -> datetime | None:
    """Returns the UTC instant of a local time.

    A time that the clock skips becomes the first one after the gap; one that it shows twice, the first.
    None for a day that a zone left out altogether (Apia, 30 December 2011).
    """
    place = ZoneInfo(zone)
    if _first(day, MIDNIGHT, place).astimezone(place).date() > day:
        return None
    return _first(day, at, place)


def _first(day: date, at: time, place: ZoneInfo) -> datetime:
    local = datetime.combine(day, at, tzinfo=place)
    # In a gap, zoneinfo reads fold=0 with the offset before it and fold=1 with the one after: the first
    # lies behind the jump, the second before it.
    behind = local.replace(fold=0).astimezone(UTC)
    if behind.astimezone(place).replace(tzinfo=None) == local.replace(tzinfo=None):
        return behind
    return _jump(local.replace(fold=1).astimezone(UTC), behind, place)


def _jump(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """Returns the instant between two at which the offset changes, to the second."""
    offset = before.astimezone(place).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, place).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
