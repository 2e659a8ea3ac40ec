"""Overdue reviews: the owner of a document is reminded in private, once a week, until it is reviewed.

Who hears it: whoever owns the document, a person or all who fill the role. Why they care: answers say
"review overdue" beside what they quote from it. Nothing overdue, no message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.message import Message, Person
from knowledge.documents.document import Document
from knowledge.passages import Audience
from knowledge.registers.people import Person as Owner
from knowledge.registers.rituals import RitualEntry
from rituals.members import member_of
from rituals.moments import LocalMoment
from rituals.owners import AudienceOf, for_everyone, owners
from rituals.ritual import Composed, Occasion, Phase, Setting
from rituals.schedule_line import read_schedule

NAME = "review reminders"
DEFAULT_SCHEDULE = "tue 10:00"
GRACE = timedelta(hours=8)
MOST = 20

Readable = Callable[[Audience], Sequence[Document]]
"""The documents that an audience may read."""


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A document whose review is overdue since the day after `due`."""

    title: str
    source: str
    due: date
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewReminder:
    """What one owner hears, the longest overdue first; `more` is how many are left out."""

    owner: str
    documents: tuple[Overdue, ...]
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """The reminders of a week, by whom each is for."""

    day: date
    reminders: tuple[tuple[Owner, ReviewReminder], ...]


class ReviewReminders:
    """The ritual; `readable` reads the documents, `audience_of` says what an owner may read."""

    name = NAME
    tells = "Owners of documents whose review is overdue are reminded in private, once a week."

    def __init__(self, readable: Readable, audience_of: AudienceOf = for_everyone) -> None:
        self._readable = readable
        self._audience_of = audience_of

    def phases(self, entry: RitualEntry, setting: Setting) -> tuple[Phase, ...]:
        """Returns the one phase: "remind"."""
        line = read_schedule(entry.schedule or DEFAULT_SCHEDULE)
        moment = LocalMoment(at=line.at, zone=line.zone or setting.zone)
        return (Phase(name="remind", rhythm=line.rhythm, moment=moment, grace=GRACE),)

    def gather(self, occasion: Occasion) -> ReviewFacts | None:
        """Reads what is overdue for each owner, as far as that owner may read of it."""
        today = occasion.slot.day
        reminders = []
        for person in occasion.team.people.values():
            if person.has_left(today) or person.absence_on(today):
                continue
            overdue = sorted(
                (
                    Overdue(title=one.title, source=one.source, due=one.review_due, link=one.link)
                    for one in self._readable(self._audience_of(person))
                    if one.review_due is not None
                    and one.review_due < today
                    and person in owners(one.owner, occasion.team, today)
                ),
                key=lambda one: (one.due, one.title),
            )
            if overdue:
                more = max(0, len(overdue) - MOST)
                reminder = ReviewReminder(owner=person.name, documents=tuple(overdue[:MOST]), more=more)
                reminders.append((person, reminder))
        return ReviewFacts(day=today, reminders=tuple(reminders)) if reminders else None

    def note(self, facts: ReviewFacts) -> None:
        """Writes nothing."""

    def compose(self, facts: ReviewFacts) -> Composed:
        """Returns a private message for each owner."""
        messages = tuple(
            Message(
                key=f"reviews:{facts.day}:{person.id}",
                to=Person(name=member_of(person).address),
                content=reminder,
            )
            for person, reminder in facts.reminders
        )
        return Composed(messages=messages, remark=f"reminded {len(messages)}")
