"""What follows from what somebody did: blockers are routed, cards and prompts change, so does the digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.durable import Starter
from core.message import Message, Person, Under
from knowledge.records.blocker import Blocker, blocker_id
from knowledge.records.standup_entry import Entry
from rituals.planning import Plan, Planning
from rituals.ritual import Member, Occasion, Slot, Speaker
from rituals.running import start_slot
from rituals.standup.cards import card_messages, holders_of
from rituals.standup.closing import UPDATE
from rituals.standup.items import since_when
from rituals.standup.opening import closing_time
from rituals.standup.options import read_options
from rituals.standup.records import StandupRecords
from rituals.standup.routing import route
from rituals.standup.said import (
    EntryWithdrawn,
    PromptState,
    StandupPrompt,
    digest_key,
    prompt_key,
    words_key,
)


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """Runs as a durable workflow after each thing that somebody did; bears repeating."""

    records: StandupRecords
    planning: Planning
    speaker: Speaker
    starter: Starter

    def run(self, argument: dict[str, Any]) -> None:
        """Brings everything in line with the records of one person's day."""
        ritual, person = argument["ritual"], argument["person"]
        day = date.fromisoformat(argument["day"])
        plan = self.planning.plan()
        planned = plan.get(ritual)
        slot = Slot(
            workspace_id=planned.workspace_id,
            ritual=ritual,
            phase=UPDATE,
            day=day,
            due=self.records.clock.now(),
        )
        occasion = Occasion(slot=slot, planned=planned, team=plan.team, now=slot.due)
        entry = self.records.entries.entry(ritual, day, person)
        if entry is not None:
            self._blockers(entry, plan)
        for message in self._messages(occasion, entry, person):
            self.speaker.say(message)
        self.say_cards(ritual, person, plan)
        start_slot(self.starter, slot, mark=f"{person}-{argument['mark']}")

    def say_cards(self, ritual: str, reporter: str, plan: Plan) -> None:
        """Says how the blockers of a reporter stand, to everybody who was given one of them."""
        recent = self.records.blockers.all(ritual=ritual)
        for one in (blocker for blocker in recent if blocker.reporter == reporter):
            for message in self.cards(one, plan):
                self.speaker.say(message)

    def cards(self, blocker: Blocker, plan: Plan) -> list[Message]:
        """Returns the cards of a blocker as it stands."""
        holders = holders_of(blocker, self.records.blockers.story(blocker.id))
        holders.pop(blocker.reporter, None)  # they know
        return card_messages(blocker, holders, plan.team)

    def _blockers(self, entry: Entry, plan: Plan) -> None:
        kinds = {question.id: question.kind for question in self._questions(entry, plan)}
        said = [item for item in entry.items if kinds.get(item.question) == "blockers"]
        kept = set()
        for item in said:
            words = item.text
            lexicon = self.records.registers.lexicon()
            found = route(words, item.initiative, lexicon, entry.day)
            blocker = Blocker(
                id=blocker_id(entry.ritual, entry.day, entry.person, words),
                ritual=entry.ritual,
                reporter=entry.person,
                text=words,
                initiative=item.initiative,
                since=since_when(words, entry.day),
                reported_on=entry.day,
                owner=found.owner,
                route=found.words,
                row_key=found.row_key,
                audience=entry.audience,
                news_at=entry.answered_at,
            )
            kept.add(self.records.blockers.report(blocker).id)
        self.records.blockers.withdraw(entry.ritual, entry.day, entry.person, keeping=kept)

    def _questions(self, entry: Entry, plan: Plan) -> Iterator[Any]:
        prompt = self.records.prompts.prompts(entry.ritual, entry.day).get(entry.person)
        yield from prompt.questions if prompt else ()
        yield from read_options(plan.get(entry.ritual).entry).asked

    def _messages(self, occasion: Occasion, entry: Entry | None, person: str) -> Iterator[Message]:
        ritual, day = occasion.planned.name, occasion.slot.day
        member = next((one for one in occasion.planned.members if one.id == person), None)
        if member is not None and self.records.link(prompt_key(ritual, day, person)):
            yield self._prompt(occasion, entry, member)
        if entry is None and self.records.link(words_key(ritual, day, person)):
            name = occasion.team.name_of(person)
            key, under = words_key(ritual, day, person), Under(key=digest_key(ritual, day))
            yield Message(key=key, to=under, content=EntryWithdrawn(name=name))

    def _prompt(self, occasion: Occasion, entry: Entry | None, member: Member) -> Message:
        """Returns the person's prompt as it stands after what they did."""
        ritual, day = occasion.planned.name, occasion.slot.day
        prompt = self.records.prompts.prompts(ritual, day).get(member.id)
        state, note = _state(entry, prompt.skipped if prompt else None)
        if state == "asked" and prompt and prompt.snoozed_until:
            state, note = "snoozed", prompt.snoozed_until.isoformat()
        content = StandupPrompt(
            ritual=ritual,
            day=day,
            person=member.id,
            questions=prompt.questions if prompt else (),
            closes_at=closing_time(occasion),
            state=state,
            note=note,
        )
        return Message(
            key=prompt_key(ritual, day, member.id), to=Person(name=member.address), content=content
        )


def _state(entry: Entry | None, skipped: str | None) -> tuple[PromptState, str]:
    if entry is not None:
        return "answered", ""
    return ("skipped", skipped) if skipped is not None else ("asked", "")
