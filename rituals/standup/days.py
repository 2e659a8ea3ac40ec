"""Which day somebody's words count for: the one they were asked for, and in the evening the next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rituals.ritual import Member, Planned
from rituals.schedule import asks
from rituals.standup.records import StandupRecords

EVENING = time(15)
"""The local time from which an entry that nobody has asked for counts for the next working day."""
SEARCHED = timedelta(days=21)


def standup_day(planned: Planned, member: Member, now: datetime, records: StandupRecords) -> date:
    """Returns the day that a member's words belong to at a moment.

    That is the day they were asked for last and have not answered; before they are asked in the morning,
    and in the evening once the day is answered, it is the next day on which they will be asked.
    """
    local = now.astimezone(ZoneInfo(member.zone))
    today, evening = local.date(), local.time() >= EVENING
    answered = records.entries.entry(planned.name, today, member.id) is not None
    if answered:
        return _next_day(planned, member, today + timedelta(days=1)) if evening else today
    for day in (today, today - timedelta(days=1)):
        if _is_waiting(planned.name, day, member.id, records):
            return day
    return _next_day(planned, member, today + timedelta(days=1 if evening else 0))


def _is_waiting(ritual: str, day: date, person: str, records: StandupRecords) -> bool:
    """Tells whether somebody was asked on a day, and has neither answered nor skipped it."""
    prompt = records.prompts.prompts(ritual, day).get(person)
    if prompt is None or prompt.skipped is not None:
        return False
    return records.entries.entry(ritual, day, person) is None


def _next_day(planned: Planned, member: Member, first: date) -> date:
    opening = next(phase for phase in planned.phases if phase.name == "open")
    days = opening.rhythm.days(first, first + SEARCHED)
    return next((day for day in days if asks(opening, member, day)), first)
