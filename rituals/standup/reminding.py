"""One private word to those who were asked and have not answered: never in the channel, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.message import Message, Person
from rituals.ritual import Composed, Member, Occasion
from rituals.standup.opening import closing_time
from rituals.standup.options import StandupOptions
from rituals.standup.records import StandupRecords
from rituals.standup.said import StandupReminder


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Who is reminded of which day."""

    ritual: str
    day: date
    member: Member
    closes_at: datetime | None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reminding:
    """The phase "remind"."""

    records: StandupRecords

    def gather(self, occasion: Occasion, options: StandupOptions) -> Reminder | None:  # noqa: ARG002  # the phases' form
        """Reads whether somebody is to be reminded: asked, silent, not skipping, not snoozing, willing."""
        ritual, day, member = occasion.planned.name, occasion.slot.day, occasion.member
        if member is None:
            return None
        wishes = self.records.prompts.wishes_of(ritual, member.id)
        prompt = self.records.prompts.prompts(ritual, day).get(member.id)
        if prompt is None or prompt.skipped is not None or wishes.opted_out or not wishes.reminders:
            return None
        if prompt.snoozed_until is not None and prompt.snoozed_until > occasion.now:
            return None
        if self.records.entries.entry(ritual, day, member.id) is not None:
            return None
        return Reminder(ritual=ritual, day=day, member=member, closes_at=closing_time(occasion))

    def note(self, reminder: Reminder) -> None:
        """Keeps that they were reminded."""
        self.records.prompts.remind(reminder.ritual, reminder.day, reminder.member.id)

    def compose(self, reminder: Reminder) -> Composed:
        """Returns the one word."""
        content = StandupReminder(
            ritual=reminder.ritual,
            day=reminder.day,
            person=reminder.member.id,
            closes_at=reminder.closes_at,
        )
        key = f"standup:{reminder.ritual}:{reminder.day}:remind:{reminder.member.id}"
        message = Message(key=key, to=Person(name=reminder.member.address), content=content)
        return Composed(messages=(message,), remark=f"reminded {reminder.member.name}")


@dataclass(frozen=True, kw_only=True)
class AskingAgain:
    """The phase "again": who snoozed is asked once more, at the time they said."""

    records: StandupRecords

    def gather(self, occasion: Occasion, options: StandupOptions) -> Reminder | None:  # noqa: ARG002  # the phases' form
        """Reads whether they still owe an entry."""
        ritual, day, member = occasion.planned.name, occasion.slot.day, occasion.member
        prompt = self.records.prompts.prompts(ritual, day).get(member.id) if member else None
        if member is None or prompt is None or prompt.skipped is not None:
            return None
        if self.records.entries.entry(ritual, day, member.id) is not None:
            return None
        return Reminder(
            ritual=ritual, day=day, member=member, closes_at=closing_time(occasion), at=occasion.slot.due
        )

    def note(self, reminder: Reminder) -> None:
        """Writes nothing: the snooze lies in the past, and the key of its slot is taken."""

    def compose(self, reminder: Reminder) -> Composed:
        """Returns the question once more, in a word."""
        content = StandupReminder(
            ritual=reminder.ritual,
            day=reminder.day,
            person=reminder.member.id,
            closes_at=reminder.closes_at,
        )
        at = f"{reminder.at:%Y%m%dT%H%M}" if reminder.at else ""
        key = f"standup:{reminder.ritual}:{reminder.day}:again:{reminder.member.id}:{at}"
        message = Message(key=key, to=Person(name=reminder.member.address), content=content)
        return Composed(messages=(message,), remark=f"asked {reminder.member.name} again")
