"""The rituals of one workspace, wired: what the composition root takes from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine

from core.clock import Clock
from core.durable import Json, Starter
from core.llm import ChatModel
from knowledge.documents.catalogue import Catalogue
from knowledge.passages import Audience
from knowledge.records.blockers import Blockers
from knowledge.records.gaps import Gap, gaps
from knowledge.records.questions import QuestionLog
from knowledge.records.ritual_runs import RitualRuns
from knowledge.records.standup_entries import StandupEntries
from knowledge.records.standup_prompts import StandupPrompts
from knowledge.registers.reading import Reader
from knowledge.registers.registers import Registers
from rituals.members import NoRoster, Roster
from rituals.owners import AudienceOf, for_everyone
from rituals.planning import Planning
from rituals.registry import Sources, make_registry
from rituals.ritual import Links, Speaker
from rituals.running import QUEUE, WORKFLOW, Runner
from rituals.standup.afterwards import Afterwards
from rituals.standup.blocker_desk import CHANGED, BlockerChanges, BlockerDesk
from rituals.standup.desk import AFTERWARDS, StandupDesk
from rituals.standup.records import StandupRecords
from rituals.waking import Waker


class Workflows(Protocol):
    """Where durable workflows are registered: the engine, before it is launched."""

    def workflow(self, name: str, run: Callable[[Json], None]) -> None:
        """Registers what a started workflow runs."""
        ...

    def queue(self, name: str) -> None:
        """Registers a queue."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rituals:
    """Everything that a process does with rituals."""

    planning: Planning
    runs: RitualRuns
    runner: Runner
    waker: Waker
    records: StandupRecords
    desk: StandupDesk
    blockers: BlockerDesk
    afterwards: Afterwards
    changes: BlockerChanges

    def register(self, engine: Workflows) -> None:
        """Registers the workflows and their queue; before the engine is launched."""
        engine.workflow(WORKFLOW, self.runner.run)
        engine.workflow(AFTERWARDS, self.afterwards.run)
        engine.workflow(CHANGED, self.changes.run)
        engine.queue(QUEUE)


def make_rituals(
    *,
    engine: Engine,
    clock: Clock,
    workspace_id: str,
    zone: str,
    starter: Starter,
    speaker: Speaker,
    links: Links | None = None,
    roster: Roster | None = None,
    model: ChatModel | None = None,
    audience_of: AudienceOf = for_everyone,
    replays: bool = False,
) -> Rituals:
    """Makes the rituals of a workspace; without `links` and `roster` as far as a terminal knows them."""
    runs = RitualRuns(engine, clock, workspace_id=workspace_id)
    records = StandupRecords(
        prompts=StandupPrompts(engine, clock, workspace_id=workspace_id),
        entries=StandupEntries(engine, clock, workspace_id=workspace_id),
        blockers=Blockers(engine, clock, workspace_id=workspace_id),
        runs=runs,
        registers=Registers(engine, clock, workspace_id=workspace_id),
        roster=roster or NoRoster(),
        clock=clock,
        links=links,
        model=model,
    )
    questions, catalogue = QuestionLog(engine, clock), Catalogue(engine, workspace_id=workspace_id)

    def gaps_since(audience: Audience, since: datetime) -> Sequence[Gap]:
        return gaps(engine, questions, workspace_id=workspace_id, audience=audience, since=since)

    registry = make_registry(
        Sources(
            standup=records,
            gaps=gaps_since,
            readable=lambda audience: [one.document for one in catalogue.documents_for(audience)],
            audience_of=audience_of,
        )
    )
    planning = Planning(
        reader=Reader(engine, workspace_id=workspace_id),
        runs=runs,
        registry=registry,
        roster=records.roster,
        clock=clock,
        zone=zone,
        workspace_id=workspace_id,
    )
    afterwards = Afterwards(records=records, planning=planning, speaker=speaker, starter=starter)
    return Rituals(
        planning=planning,
        runs=runs,
        runner=Runner(planning=planning, runs=runs, speaker=speaker, clock=clock),
        waker=Waker(
            planning=planning, runs=runs, starter=starter, speaker=speaker, clock=clock, replays=replays
        ),
        records=records,
        desk=StandupDesk(records=records, planning=planning, starter=starter),
        blockers=BlockerDesk(records=records, planning=planning, starter=starter),
        afterwards=afterwards,
        changes=BlockerChanges(afterwards=afterwards, speaker=speaker, starter=starter),
    )
