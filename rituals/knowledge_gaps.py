"""The knowledge gaps: each week the owners of documents hear which questions theirs did not answer.

Who hears it: whoever owns the documents that came nearest, in private; whoever leads the ritual hears of
gaps that nobody's document is near. Why they care: a question that is asked five times and answered by
nobody costs more than the paragraph that would answer it. No gaps, no message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.message import Message, Person
from knowledge.passages import Audience
from knowledge.records.gaps import Gap
from knowledge.registers.people import Person as Owner
from knowledge.registers.rituals import RitualEntry
from rituals.members import member_of
from rituals.moments import LocalMoment
from rituals.owners import AudienceOf, for_everyone, owners
from rituals.ritual import Composed, Occasion, Phase, Setting
from rituals.schedule_line import read_schedule

NAME = "knowledge gaps"
DEFAULT_SCHEDULE = "mon 10:00"
WEEK = timedelta(days=7)
GRACE = timedelta(hours=8)
MOST = 20

GapsSince = Callable[[Audience, datetime], Sequence[Gap]]
"""What was not answered well since a time, as far as an audience may read of it."""


@dataclass(frozen=True, kw_only=True)
class GapDigest:
    """What one owner hears: the questions, the most asked first; `more` is how many are left out."""

    owner: str
    since: date
    gaps: tuple[Gap, ...]
    more: int = 0
    unowned: bool = False


@dataclass(frozen=True, kw_only=True)
class GapFacts:
    """The digests of a week, by the address of whom each is for."""

    day: date
    digests: tuple[tuple[Owner, GapDigest], ...]


class KnowledgeGaps:
    """The ritual; `gaps` reads the gaps, `audience_of` says what an owner may read."""

    name = NAME
    tells = "Owners of documents hear in private, once a week, which questions theirs did not answer."

    def __init__(self, gaps: GapsSince, audience_of: AudienceOf = for_everyone) -> None:
        self._gaps = gaps
        self._audience_of = audience_of

    def phases(self, entry: RitualEntry, setting: Setting) -> tuple[Phase, ...]:
        """Returns the one phase: "tell"."""
        line = read_schedule(entry.schedule or DEFAULT_SCHEDULE)
        moment = LocalMoment(at=line.at, zone=line.zone or setting.zone)
        return (Phase(name="tell", rhythm=line.rhythm, moment=moment, grace=GRACE),)

    def gather(self, occasion: Occasion) -> GapFacts | None:
        """Reads the last week's gaps for each owner, as far as that owner may read of them."""
        today, since = occasion.slot.day, occasion.slot.due - WEEK
        known: dict[Audience, Sequence[Gap]] = {}

        def readable(person: Owner) -> Sequence[Gap]:
            audience = self._audience_of(person)
            if audience not in known:
                known[audience] = self._gaps(audience, since)
            return known[audience]

        digests = []
        for person in occasion.team.people.values():
            if person.has_left(today):
                continue
            found = [gap for gap in readable(person) if person in owners(gap.owner, occasion.team, today)]
            if found:
                digests.append((person, _digest(person.name, since.date(), found)))
        for lead in occasion.leads:
            orphans = [gap for gap in readable(lead) if not gap.owner]
            if orphans:
                digests.append((lead, _digest(lead.name, since.date(), orphans, unowned=True)))
        return GapFacts(day=today, digests=tuple(digests)) if digests else None

    def note(self, facts: GapFacts) -> None:
        """Writes nothing."""

    def compose(self, facts: GapFacts) -> Composed:
        """Returns a private message for each owner."""
        messages = tuple(
            Message(
                key=f"gaps:{facts.day}:{person.id}{':unowned' if digest.unowned else ''}",
                to=Person(name=member_of(person).address),
                content=digest,
            )
            for person, digest in facts.digests
        )
        return Composed(messages=messages, remark=f"told {len(messages)}")


def _digest(owner: str, since: date, gaps: Sequence[Gap], *, unowned: bool = False) -> GapDigest:
    ranked = sorted(gaps, key=lambda gap: (-gap.count, gap.question))
    more = max(0, len(ranked) - MOST)
    return GapDigest(owner=owner, since=since, gaps=tuple(ranked[:MOST]), more=more, unowned=unowned)
