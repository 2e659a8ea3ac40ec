"""The window opens: each person is asked in private at their hour, or the channel once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.message import Channel, Message, Person
from knowledge.records.standup_entry import Entry, StandupQuestion
from rituals.ritual import Composed, Member, Occasion
from rituals.standup.options import StandupOptions
from rituals.standup.questions import questions_for, risk_questions
from rituals.standup.records import StandupRecords
from rituals.standup.said import (
    ChannelPrompt,
    Line,
    OpenBlocker,
    StandupPrompt,
    digest_key,
    prompt_key,
)

THE_DAY_BEFORE = timedelta(days=4)
"""How far back the other side's last entries may lie: over a weekend and a holiday."""
MOST_HANDED_OVER = 12


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who is asked what: `member` None asks the channel."""

    ritual: str
    channel: str
    day: date
    questions: tuple[StandupQuestion, ...]
    closes_at: datetime | None
    member: Member | None = None
    planned: str = ""
    blockers: tuple[OpenBlocker, ...] = ()
    handover: tuple[Line, ...] = ()
    everybody: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The phase "open"."""

    records: StandupRecords

    def gather(self, occasion: Occasion, options: StandupOptions) -> Asking | None:
        """Reads whom to ask what; None for one who left, opted out, or has answered the evening before."""
        ritual, day, member = occasion.planned.name, occasion.slot.day, occasion.member
        asking = Asking(
            ritual=ritual,
            channel=occasion.entry.channel,
            day=day,
            questions=options.asked,
            closes_at=closing_time(occasion),
        )
        if options.mode == "channel":
            return replace(asking, everybody=tuple(one.id for one in self._members(occasion)))
        if member is None or self.records.prompts.wishes_of(ritual, member.id).opted_out:
            return None
        if self.records.entries.entry(ritual, day, member.id) is not None:
            return None
        last = self.records.entries.last_before(ritual, day, member.id)
        open_now = self.records.blockers.open(ritual=ritual, reporter=member.id)
        return replace(
            asking,
            member=member,
            questions=self._questions(occasion, options, member),
            planned=last.answers.get("next", "") if last else "",
            blockers=tuple(OpenBlocker(id=b.id, text=b.text, since=b.since) for b in open_now),
            handover=self._handover(occasion, options, member),
        )

    def note(self, asking: Asking) -> None:
        """Keeps that they are asked, before they are."""
        for person in asking.everybody or [asking.member.id if asking.member else ""]:
            if person:
                self.records.prompts.ask(asking.ritual, asking.day, person, asking.questions)

    def compose(self, asking: Asking) -> Composed:
        """Returns the prompt."""
        if asking.member is None:
            content = ChannelPrompt(
                ritual=asking.ritual,
                day=asking.day,
                questions=asking.questions,
                closes_at=asking.closes_at,
            )
            key, to = digest_key(asking.ritual, asking.day), Channel(name=asking.channel)
            return Composed(messages=(Message(key=key, to=to, content=content),), remark="asked the channel")
        return Composed(
            messages=(prompt_message(asking, asking.member),), remark=f"asked {asking.member.name}"
        )

    def _members(self, occasion: Occasion) -> list[Member]:
        wishes = self.records.prompts.wishes(occasion.planned.name)
        left_out = {person for person, wish in wishes.items() if wish.opted_out}
        day = occasion.slot.day
        return [
            one for one in occasion.planned.members if one.id not in left_out and one.absence_on(day) is None
        ]

    def _questions(
        self, occasion: Occasion, options: StandupOptions, member: Member
    ) -> tuple[StandupQuestion, ...]:
        prompts, day = self.records.prompts, occasion.slot.day
        return questions_for(
            options.asked,
            days_asked=prompts.days_asked(occasion.planned.name, member.id, before=day),
            rotate_every=options.rotate_every,
            risks=risk_questions(occasion.team),
        )

    def _handover(self, occasion: Occasion, options: StandupOptions, member: Member) -> tuple[Line, ...]:
        """Returns what the other side said last, for those who hand over to each other."""
        partners = partner_ids(options, occasion)
        if not partners:
            return ()
        mine = member.id in partners
        day = occasion.slot.day
        recent = [
            entry
            for entry in self.records.entries.since(day - THE_DAY_BEFORE)
            if entry.ritual == occasion.planned.name
            and entry.day <= day
            and (entry.person in partners) != mine
        ]
        return tuple(_lines(recent, occasion))[:MOST_HANDED_OVER]


def prompt_message(asking: Asking, member: Member) -> Message:
    """Returns the private prompt of one person."""
    content = StandupPrompt(
        ritual=asking.ritual,
        day=asking.day,
        person=member.id,
        questions=asking.questions,
        closes_at=asking.closes_at,
        planned=asking.planned,
        blockers=asking.blockers,
        handover=asking.handover,
    )
    key = prompt_key(asking.ritual, asking.day, member.id)
    return Message(key=key, to=Person(name=member.address), content=content)


def closing_time(occasion: Occasion) -> datetime | None:
    """Returns when the window of a day closes."""
    planned = occasion.planned
    close = next((phase for phase in planned.phases if phase.name == "close"), None)
    return close.moment.on(occasion.slot.day, planned.zone, "") if close else None


def partner_ids(options: StandupOptions, occasion: Occasion) -> frozenset[str]:
    """Returns the ids of the people who work on the other side of the day."""
    named = (occasion.team.person(name) for partner in options.partners for name in partner.members)
    return frozenset(person.id for person in named if person is not None)


def _lines(recent: Sequence[Entry], occasion: Occasion) -> list[Line]:
    """Returns the items of each person's latest entry."""
    latest: dict[str, Entry] = {}
    for entry in recent:
        latest.setdefault(entry.person, entry)
    return [
        Line(name=occasion.team.name_of(person), text=item.text)
        for person, entry in latest.items()
        for item in entry.items
        if item.question in {"changed", "next"}
    ]
