"""Who is away today and on the next working day, and who stands in."""

from __future__ import annotations

from datetime import date, timedelta

from rituals.calendars import holiday_on, works_on
from rituals.ritual import Member, Occasion

SEARCHED_DAYS = 5


def away_lines(occasion: Occasion) -> tuple[str, ...]:
    """Returns a line for each member who is away: "Jonas Lind until 3 Jan; Chloe Martin stands in"."""
    day = occasion.slot.day
    return tuple(line for member in occasion.planned.members if (line := _line(member, day, occasion)))


def _line(member: Member, day: date, occasion: Occasion) -> str:
    if absence := member.absence_on(day):
        deputy = occasion.team.name_of(absence.deputy) if absence.deputy else ""
        stands_in = f"; {deputy} stands in" if deputy else ""
        return f"{member.name} until {absence.end.day} {absence.end:%b}{stands_in}"
    if holiday := holiday_on(day, member.country):
        return f"{member.name} today ({holiday})"
    following = _next_working_day(day, member)
    if absence := member.absence_on(following):
        return (
            f"{member.name} from {absence.start.day} {absence.start:%b} to {absence.end.day} {absence.end:%b}"
        )
    return ""


def _next_working_day(day: date, member: Member) -> date:
    days = (day + timedelta(days=number) for number in range(1, SEARCHED_DAYS + 1))
    return next((one for one in days if works_on(one, member.country)), day + timedelta(days=1))
