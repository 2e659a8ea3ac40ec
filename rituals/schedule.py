"""When: due slots as a pure function of the clock, and the tick; the only importer of APScheduler.

APScheduler 3 fires a daily 01:30 twice when clocks go back, skips a midnight that does not exist, and
fires once a process. So it is only asked to tick. What is due is computed here, and each slot has a key
under which it happens once, however many processes and ticks find it due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from rituals.calendars import holiday_on, is_weekend
from rituals.ritual import Member, Phase, Planned, Slot

TICK_S = 5.0
SPREAD = timedelta(days=2)
"""How far from its day in UTC a slot may lie: zones reach from -12 to +14 hours, and moments are moved."""
LOOKED_AHEAD = (timedelta(days=8), timedelta(days=70), timedelta(days=800))


def due_slots(since: datetime, now: datetime, rituals: Iterable[Planned]) -> list[Slot]:
    """Returns what falls due after `since` and not after `now`, in the order in which it does.

    Pure: the same question gets the same answer, and two spans that meet have no slot in common and
    leave none out.
    """
    found = (slot for planned in rituals for slot in _slots(planned, since, now) if since < slot.due <= now)
    return sorted(found, key=lambda slot: (slot.due, slot.ritual, slot.phase, slot.person))


def coming_slots(now: datetime, planned: Planned, *, limit: int = 5) -> list[Slot]:
    """Returns the next occurrences of a ritual, one a phase and day: of each member's the first."""
    for ahead in LOOKED_AHEAD:
        found: dict[tuple[str, date], Slot] = {}
        for slot in due_slots(now, now + ahead, [planned]):
            found.setdefault((slot.phase, slot.day), slot)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _slots(planned: Planned, since: datetime, now: datetime) -> Iterator[Slot]:
    first = (since - SPREAD).date()
    last = (now + SPREAD).date()
    begin = planned.active_since or datetime.min.replace(tzinfo=UTC)
    for phase in planned.phases:
        days = phase.rhythm.days(first, last)
        slots = _each(planned, phase, days) if phase.each else _whole(planned, phase, days)
        yield from (slot for slot in slots if slot.due > begin)


def _whole(planned: Planned, phase: Phase, days: Sequence[date]) -> Iterator[Slot]:
    for day in days:
        if _is_on(phase, day, planned.country):
            yield from _slot(planned, phase, day, planned.zone)


def _each(planned: Planned, phase: Phase, days: Sequence[date]) -> Iterator[Slot]:
    for member in planned.members:
        for day in days:
            if asks(phase, member, day):
                yield from _slot(planned, phase, day, member.zone, member)


def asks(phase: Phase, member: Member, day: date) -> bool:
    """Tells whether a phase takes a member in on a day of its rhythm: not away, at work in their country."""
    return member.absence_on(day) is None and _is_on(phase, day, member.country)


def _is_on(phase: Phase, day: date, country: str) -> bool:
    if phase.rhythm.working and is_weekend(day, country):
        return False
    return phase.on_holidays or not holiday_on(day, country)


def _slot(
    planned: Planned, phase: Phase, day: date, zone: str, member: Member | None = None
) -> Iterator[Slot]:
    person = member.id if member else ""
    due = phase.moment.on(day, zone, person)
    if due is not None:
        yield Slot(
            workspace_id=planned.workspace_id,
            ritual=planned.name,
            phase=phase.name,
            day=day,
            due=due,
            person=person,
            grace=phase.grace,
        )


class Ticker:
    """Calls `act` every few seconds in a thread of its own, one call at a time; what fails is tried again.

    It keeps no store and no memory: a tick that is lost or late is made good by the next one.
    """

    def __init__(self, act: Callable[[], None], *, every_s: float = TICK_S) -> None:
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            act,
            IntervalTrigger(seconds=max(1, round(every_s)), timezone=UTC),
            id="tick",
            next_run_time=datetime.now(UTC),  # APScheduler reads the machine's clock, whatever ours says
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begins to tick, the first time at once."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it tells of every tick that waits
        self._scheduler.start()

    def nudge(self) -> None:
        """Ticks as soon as can be: after a clock was moved, or a ritual changed."""
        self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC))

    def close(self) -> None:
        """Ends after the tick that runs."""
        self._scheduler.shutdown(wait=True)
