"""The window closes: what was said becomes one digest in the channel, with each person's words below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.message import Channel, Message, Under
from knowledge.records.blocker import Blocker
from knowledge.records.standup_entry import Entry, Prompt, StandupQuestion
from knowledge.registers.team import Team
from rituals.ritual import Composed, Occasion
from rituals.schedule import asks
from rituals.standup.away import away_lines
from rituals.standup.opening import partner_ids
from rituals.standup.options import StandupOptions
from rituals.standup.records import StandupRecords
from rituals.standup.said import (
    Digest,
    DigestBlocker,
    DigestGroup,
    EntryWords,
    Line,
    SummaryLine,
    digest_key,
    words_key,
)
from rituals.standup.summary import summarise

CLOSE = "close"
UPDATE = "update"
"""The phase of a digest that is made anew because somebody answered, edited or deleted."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What the digest is made of."""

    ritual: str
    channel: str
    day: date
    team: Team
    entries: tuple[Entry, ...]
    questions: Mapping[str, str]
    blockers: tuple[Blocker, ...] = ()
    resolved: tuple[Blocker, ...] = ()
    partners: frozenset[str] = frozenset()
    away: tuple[str, ...] = ()
    summary: tuple[SummaryLine, ...] = ()
    links: Mapping[str, str]
    stands: bool = False
    linking: bool = False

    @property
    def digest(self) -> Digest:
        """Returns the digest: blockers, what changed by initiative, the hand-over, who is away."""
        return Digest(
            ritual=self.ritual,
            day=self.day,
            blockers=tuple(self._blocker(one) for one in self.blockers),
            resolved=tuple(self._blocker(one) for one in self.resolved),
            groups=tuple(self._groups()),
            handover=tuple(
                self._line(entry, text)
                for entry in self.entries
                if entry.person in self.partners
                for text in _told(entry, ("changed", "next"))
            ),
            away=self.away,
            quiet=tuple(self.team.name_of(e.person) for e in self.entries if not e.says_something),
            summary=self.summary,
        )

    def _groups(self) -> Iterator[DigestGroup]:
        grouped: dict[str, list[Line]] = {}
        for entry in self.entries:
            if entry.person in self.partners:
                continue
            for initiative, text in _changes(entry):
                grouped.setdefault(initiative, []).append(self._line(entry, text))
        for initiative in sorted(grouped, key=lambda name: (not name, name)):
            yield DigestGroup(initiative=initiative, lines=tuple(grouped[initiative]))

    def _line(self, entry: Entry, text: str) -> Line:
        return Line(name=self.team.name_of(entry.person), text=text, link=self.links.get(entry.person, ""))

    def _blocker(self, one: Blocker) -> DigestBlocker:
        return DigestBlocker(
            id=one.id,
            text=one.text,
            initiative=one.initiative,
            reporter=self.team.name_of(one.reporter),
            owner=self.team.name_of(one.owner),
            since=one.since,
            age=(self.day - one.since).days,
            level=one.level,
            route=one.route,
            link=self.links.get(one.reporter, ""),
            resolved=not one.is_open,
        )


@dataclass(frozen=True, kw_only=True)
class Close:
    """The phase "close", and the updates after it."""

    records: StandupRecords

    def gather(self, occasion: Occasion, options: StandupOptions) -> Closing | None:
        """Reads what was said; None where nobody has answered, or an update comes before the close."""
        records, ritual, day = self.records, occasion.planned.name, occasion.slot.day
        entries = tuple(records.entries.entries(ritual, day))
        stands = bool(records.link(digest_key(ritual, day)))
        if occasion.slot.phase == UPDATE and not (self._is_closed(occasion) or self.is_complete(occasion)):
            return None
        if not entries and not (stands and self._is_closed(occasion)):
            return None
        prompts = records.prompts.prompts(ritual, day)
        return Closing(
            ritual=ritual,
            channel=occasion.entry.channel,
            day=day,
            team=occasion.team,
            entries=entries,
            questions=_texts(options.asked, prompts.values()),
            blockers=tuple(one for one in records.blockers.open(ritual=ritual) if one.reported_on <= day),
            resolved=tuple(_resolved_on(records.blockers.all(ritual=ritual), day)),
            partners=partner_ids(options, occasion),
            away=away_lines(occasion),
            summary=summarise(entries, ritual, day, occasion.team, records) if entries else (),
            links={e.person: records.link(words_key(ritual, day, e.person)) for e in entries},
            stands=stands,
            linking=records.links is not None,
        )

    def note(self, facts: Closing) -> None:
        """Writes nothing: the digest is made of what is written already."""

    def compose(self, facts: Closing) -> Composed:
        """Returns the digest; once it stands, everybody's own words below it, and then the links to them."""
        key = digest_key(facts.ritual, facts.day)
        digest = Message(key=key, to=Channel(name=facts.channel), content=facts.digest)
        new = [one for one in facts.entries if one.revision > 1 or not facts.links[one.person]]
        words = tuple(_words(facts, entry, key) for entry in new) if facts.stands else ()
        linked = all(facts.links.values())
        answers = "answer" if len(facts.entries) == 1 else "answers"
        return Composed(
            messages=(digest, *words),
            remark=f"{len(facts.entries)} {answers}",
            unfinished=facts.linking and not (facts.stands and linked),
        )

    def is_complete(self, occasion: Occasion) -> bool:
        """Tells whether all who were asked have answered or skipped, and nobody is still to be asked."""
        ritual, day = occasion.planned.name, occasion.slot.day
        prompts = self.records.prompts.prompts(ritual, day)
        answered = {entry.person for entry in self.records.entries.entries(ritual, day)}
        done = answered | {person for person, prompt in prompts.items() if prompt.skipped is not None}
        return bool(answered) and done >= (self._expected(occasion) | set(prompts))

    def _expected(self, occasion: Occasion) -> set[str]:
        """Returns the ids of those who are asked on that day, be it later."""
        day = occasion.slot.day
        wishes = self.records.prompts.wishes(occasion.planned.name)
        opening = next(phase for phase in occasion.planned.phases if phase.name == "open")
        return {
            one.id
            for one in occasion.planned.members
            if not (one.id in wishes and wishes[one.id].opted_out)
            and (not opening.each or asks(opening, one, day))
        }

    def _is_closed(self, occasion: Occasion) -> bool:
        slot = occasion.slot
        key = f"{slot.workspace_id}:{slot.ritual}:{CLOSE}:{slot.day.isoformat()}"
        run = self.records.runs.get(key)
        return run is not None and run.state in {"said", "silent"}


def _words(facts: Closing, entry: Entry, key: str) -> Message:
    content = EntryWords(
        ritual=facts.ritual,
        day=facts.day,
        name=facts.team.name_of(entry.person),
        answers=tuple(
            (facts.questions.get(question, question), text)
            for question, text in entry.answers.items()
            if text.strip()
        ),
        edited=entry.revision > 1,
    )
    words = words_key(facts.ritual, facts.day, entry.person)
    return Message(key=words, to=Under(key=key), content=content)


def _changes(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yields (initiative, text) of what changed; of what comes next only where nothing else was said."""
    items = [item for item in entry.items if item.question not in {"next", "blockers"}]
    if items:
        yield from ((item.initiative, item.text) for item in items)
        return
    for item in entry.items:
        if item.question == "next":
            yield item.initiative, f"next: {item.text}"


def _told(entry: Entry, questions: Sequence[str]) -> Iterator[str]:
    for question in questions:
        for item in entry.items:
            if item.question == question:
                yield f"next: {item.text}" if question == "next" else item.text


def _resolved_on(blockers: Sequence[Blocker], day: date) -> Iterator[Blocker]:
    return (one for one in blockers if one.resolved_at is not None and one.resolved_at.date() == day)


def _texts(usual: Sequence[StandupQuestion], prompts: Iterable[Prompt]) -> dict[str, str]:
    asked = [question for prompt in prompts for question in prompt.questions]
    return {question.id: question.text for question in [*asked, *usual]}
