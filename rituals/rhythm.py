"""On which days something recurs: weekdays, every second week, the first Monday of a month, sprints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule
from dateutil.rrule import weekday as rrule_weekday

Every = Literal["day", "week", "month"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_A_WEEK = 7
COUNTED_FROM = date(2001, 1, 1)
"""The Monday from which every second week is counted where nobody says another day."""

_FREQUENCIES: dict[Every, Literal[1, 2, 3]] = {"day": DAILY, "week": WEEKLY, "month": MONTHLY}


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """The days on which something recurs, whatever the hour.

    `interval` counts days, weeks or months from `start` on. `weekdays` are 0 (Monday) to 6; none means
    any. `ordinal` picks one of a month's: 1 the first, -1 the last, 0 all of them. Nothing recurs before
    `start`, so a sprint calendar begins with its first sprint. `working` leaves out the weekends of
    whomever it is for.
    """

    every: Every = "week"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    ordinal: int = 0
    working: bool = False
    start: date = COUNTED_FROM

    def days(self, first: date, last: date) -> list[date]:
        """Returns the days from `first` to `last`, both included, in order."""
        rule = rrule(
            _FREQUENCIES[self.every],
            dtstart=_midnight(self._begin(first)),
            interval=self.interval,
            byweekday=[self._weekday(day) for day in self.weekdays] or None,
        )
        return [found.date() for found in rule.between(_midnight(first), _midnight(last), inc=True)]

    def _begin(self, first: date) -> date:
        """Returns a day to count from that gives the same days and is no farther back than needed."""
        if first <= self.start:
            return self.start
        if self.every == "month":
            return first if self.interval == 1 else self.start
        step = self.interval * (DAYS_A_WEEK if self.every == "week" else 1)
        return self.start + timedelta(days=(first - self.start).days // step * step)

    def _weekday(self, day: int) -> rrule_weekday:
        plain = (MO, TU, WE, TH, FR, SA, SU)[day]
        return plain(self.ordinal) if self.ordinal else plain


EVERY_DAY = Rhythm(every="day")
EVERY_WORKDAY = Rhythm(every="day", working=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())  # days without a place: rrule only counts them
