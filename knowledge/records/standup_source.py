"""Standup entries and blockers as a source of passages: "what is Ana working on?", "what blocks churn?"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine, Text, cast, select

from core.clock import Clock
from knowledge.answering.words import stems
from knowledge.documents.index.words import fold
from knowledge.passages import Audience, Passage, Question
from knowledge.records.blocker import Blocker
from knowledge.records.blockers import Blockers
from knowledge.records.standup_entries import StandupEntries
from knowledge.records.standup_entry import Entry, Item
from knowledge.records.standup_tables import standup_entries
from knowledge.registers.answers.making import passage
from knowledge.registers.answers.rows import day as long_day
from knowledge.registers.owning.asking import understand
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.matching import named_subjects
from knowledge.registers.registers import Registers
from knowledge.registers.team import Team

LOOKED_BACK = timedelta(days=14)
RECENT = timedelta(days=4)
SURE = 0.92
NAMED = 0.85
MOST_DAYS = 3
MOST_LINES = 12

_BLOCKED = re.compile(
    r"\bblock(s|ed|ing|er|ers)?\b|\bimpediments?\b|\bin the way\b|\bstuck\b|\bholding (\w+ )?up\b|\bheld up\b"
)
_WORK = re.compile(
    r"\bwork(s|ing|ed)? on\b|\b(is|are|was|were) (\w+ ){1,3}(doing|up to|busy with)\b|\bdid (\w+ ){1,3}do\b"
    r"|\bup to\b|\bwhat('s| is) new\b|\bwhat changed\b|\bnews (on|about|from|of)\b|\blatest (on|from|about)\b"
    r"|\bprogress\b|\bstandups?\b|\b(last|latest) (entry|update)\b|\bplans? (for|of)\b|\bnext for\b"
)


class StandupSource:
    """Answers from the entries and blockers of one workspace, as far as the asker may read them."""

    def __init__(self, engine: Engine, clock: Clock, registers: Registers, *, workspace_id: str) -> None:
        self._entries = StandupEntries(engine, clock, workspace_id=workspace_id)
        self._blockers = Blockers(engine, clock, workspace_id=workspace_id)
        self._clock = clock
        self._registers = registers

    def search(self, question: Question, *, limit: int = 10) -> Sequence[Passage]:
        """Returns what was said in standups about a question; nothing for other questions."""
        lexicon = self._registers.lexicon()
        asked, asking = fold(question.text), understand(question.text, lexicon)
        found: list[Passage] = []
        if _BLOCKED.search(asked):
            found += self._blocked(question.audience, _initiatives(question.text, lexicon), lexicon.team)
        elif _WORK.search(asked):
            if asking.people:
                found += self._people(question.audience, asking.people, lexicon.team)
            else:
                found += self._work(question.audience, _initiatives(question.text, lexicon), lexicon.team)
        return found[:limit]

    def _blocked(self, audience: Audience, initiatives: frozenset[str], team: Team) -> Iterator[Passage]:
        readable = [one for one in self._blockers.open() if audience.may_read(frozenset(one.audience))]
        wanted = [one for one in readable if not initiatives or one.initiative in initiatives]
        if not wanted:
            return
        today = self._clock.now().date()
        about = f" of {' and '.join(sorted(initiatives))}" if initiatives else ""
        said = [_blocker_line(one, team, today) for one in wanted[:MOST_LINES]]
        yield _recorded(
            passage(
                source=f"Standup: open blockers{about}",
                sentences=said,
                confidence=SURE,
                as_list=len(said) > 1,
                lead=f"These blockers{about} are open:" if len(said) > 1 else "",
                owner=team.name_of(wanted[0].owner),
                reviewed=wanted[0].news_at.date(),
            )
        )

    def _people(self, audience: Audience, people: frozenset[str], team: Team) -> Iterator[Passage]:
        since = self._clock.now().date() - LOOKED_BACK
        for person in sorted(people):
            entries = [e for e in self._entries.since(since, person=person) if _may_read(audience, e)]
            for entry in [one for one in entries if one.items][:MOST_DAYS]:
                newest = entry is entries[0]
                yield _entry_passage(entry, entry.items, team, confidence=SURE if newest else SURE * 0.7)

    def _work(self, audience: Audience, initiatives: frozenset[str], team: Team) -> Iterator[Passage]:
        if not initiatives:
            return
        since = self._clock.now().date() - RECENT
        for entry in self._entries.since(since):
            items = [item for item in entry.items if item.initiative in initiatives]
            if items and _may_read(audience, entry):
                yield _entry_passage(entry, items, team, confidence=SURE * 0.9)


def standup_audiences(engine: Engine, workspace_id: str) -> frozenset[str]:
    """Returns every name that some entry is for: whom to look up before an audience is made."""
    table = standup_entries
    query = select(cast(table.c.audience, Text)).where(table.c.workspace_id == workspace_id).distinct()
    with engine.connect() as connection:
        return frozenset(name for row in connection.scalars(query) for name in json.loads(row))


def _initiatives(text: str, lexicon: Lexicon) -> frozenset[str]:
    subjects = named_subjects(understand(text, lexicon), lexicon, at_least=NAMED)
    found = (lexicon.team.initiative_of(subject) for subject in subjects)
    return frozenset(initiative.name for initiative in found if initiative is not None)


def _may_read(audience: Audience, entry: Entry) -> bool:
    return audience.may_read(frozenset(entry.audience))


def _entry_passage(entry: Entry, items: Sequence[Item], team: Team, *, confidence: float) -> Passage:
    name = team.name_of(entry.person)
    labels = {"changed": "reported", "next": "plans", "blockers": "is blocked by"}
    said = [
        f"**{name}** {labels.get(item.question, 'said')} on {long_day(entry.day)}: {item.text.rstrip('.')}."
        for item in entry.items
        if item in items and stems(item.text)
    ][:MOST_LINES]
    made = passage(
        source=f"Standup: {name}, {long_day(entry.day)}",
        sentences=said,
        confidence=confidence,
        as_list=len(said) > 1,
        lead=f"{name} in the standup of {long_day(entry.day)}:" if len(said) > 1 else "",
        owner=name,
        reviewed=entry.day,
    )
    return _recorded(made)


def _blocker_line(one: Blocker, team: Team, today: date) -> str:
    days = (today - one.since).days
    age = "since today" if days <= 0 else f"for {days} {'day' if days == 1 else 'days'}"
    owner = f"{team.name_of(one.owner)} has it" if one.owner else "nobody has it yet"
    about = f" on {one.initiative}" if one.initiative else ""
    return f"**{team.name_of(one.reporter)}** is blocked{about} {age} ({owner}): {one.text.rstrip('.')}."


def _recorded(made: Passage) -> Passage:
    return replace(made, id=made.id.replace("register:", "record:", 1), kind="record")
