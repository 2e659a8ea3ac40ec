"""What people do about blockers: resolve them, pass them on, say how they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.durable import Starter
from core.errors import InputError, RefusedError
from knowledge.records.blocker import Blocker
from rituals.planning import Plan, Planning
from rituals.ritual import Slot, Speaker, leads_of
from rituals.running import QUEUE, start_slot
from rituals.standup.afterwards import Afterwards
from rituals.standup.closing import UPDATE
from rituals.standup.records import StandupRecords

CHANGED = "blocker-changed"
LONGEST_NEWS = 1_000


class BlockerDesk:
    """Takes what people do about blockers; `by` is a person's id in the register, or a Slack id."""

    def __init__(self, *, records: StandupRecords, planning: Planning, starter: Starter) -> None:
        self._records = records
        self._planning = planning
        self._starter = starter

    def open(self, *, owner: str = "") -> list[Blocker]:
        """Returns the open blockers, oldest first, of one owner where named."""
        return list(self._records.blockers.open(owner=self._id(owner) if owner else ""))

    def resolve(self, blocker: str, *, by: str, words: str = "") -> Blocker:
        """Closes a blocker. Raises `NotFoundError`, or `RefusedError` for one whom it does not concern."""
        self._must_concern(blocker, by)
        done = self._records.blockers.resolve(blocker, by=self._id(by), words=words[:LONGEST_NEWS])
        self._say(done)
        return done

    def reopen(self, blocker: str, *, by: str) -> Blocker:
        """Opens a blocker again that was closed too early."""
        self._must_concern(blocker, by)
        opened = self._records.blockers.reopen(blocker, by=self._id(by))
        self._say(opened)
        return opened

    def correct(self, blocker: str, *, owner: str, by: str) -> Blocker:
        """Gives a blocker to somebody else: whoever it came to by mistake can pass it on."""
        self._must_concern(blocker, by)
        plan = self._planning.plan()
        person = plan.team.person(owner)
        if person is None:
            raise InputError(f"{owner!r} is nobody in the register of people.", cure="Choose a person.")
        who = plan.team.name_of(self._id(by))
        passed = self._records.blockers.correct(
            blocker, owner=person.id, by=self._id(by), route=f"{who} passed it on to {person.name}"
        )
        self._say(passed)
        return passed

    def news(self, blocker: str, *, by: str, words: str) -> Blocker:
        """Notes how a blocker stands; raises `InputError` for no words."""
        said = " ".join(words.split())[:LONGEST_NEWS]
        if not said:
            raise InputError("Say in a line how it stands.")
        self._records.blockers.news(blocker, by=self._id(by), words=said)
        return self._records.blockers.get(blocker)

    def _must_concern(self, blocker: str, by: str) -> None:
        one, plan, who = self._records.blockers.get(blocker), self._planning.plan(), self._id(by)
        given = {event.who for event in self._records.blockers.story(blocker)}
        leading = {lead.id for lead in leads_of(plan.get(one.ritual).entry, plan.team)}
        if who not in given | leading | {one.owner, one.reporter}:
            owner = plan.team.name_of(one.owner) or "its owner"
            raise RefusedError(f"That blocker is {owner}'s; ask them, or whoever leads the standup.")

    def _say(self, blocker: Blocker) -> None:
        now = self._records.clock.now()
        key = f"{self._planning.workspace_id}:{blocker.id}:{now:%Y%m%dT%H%M%S%f}"
        argument = {"blocker": blocker.id, "mark": f"{now:%Y%m%dT%H%M%S%f}"}
        self._starter.start(CHANGED, key, argument, queue=QUEUE, partition=blocker.ritual)

    def _id(self, person: str) -> str:
        found = self._planning.plan().team.person(person)
        return found.id if found is not None else person


class BlockerChanges:
    """Runs as a durable workflow after a blocker changed: its cards are edited, and the last digest."""

    def __init__(self, *, afterwards: Afterwards, speaker: Speaker, starter: Starter) -> None:
        self._afterwards = afterwards
        self._speaker = speaker
        self._starter = starter

    def run(self, argument: dict[str, Any]) -> None:
        """Says how one blocker stands."""
        records, planning = self._afterwards.records, self._afterwards.planning
        blocker, plan = records.blockers.get(argument["blocker"]), planning.plan()
        for message in self._afterwards.cards(blocker, plan):
            self._speaker.say(message)
        day = records.entries.latest_day(blocker.ritual)
        if day is not None:
            start_slot(
                self._starter, self._update(blocker, day, plan), mark=f"{blocker.id}-{argument['mark']}"
            )

    def _update(self, blocker: Blocker, day: date, plan: Plan) -> Slot:
        workspace = plan.get(blocker.ritual).workspace_id
        now = self._afterwards.records.clock.now()
        return Slot(workspace_id=workspace, ritual=blocker.ritual, phase=UPDATE, day=day, due=now)
