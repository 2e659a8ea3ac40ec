"""What a standup stands on: the records it reads and writes, and the world around it."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.llm import ChatModel
from knowledge.records.blockers import Blockers
from knowledge.records.ritual_runs import RitualRuns
from knowledge.records.standup_entries import StandupEntries
from knowledge.records.standup_prompts import StandupPrompts
from knowledge.registers.registers import Registers
from rituals.members import Roster
from rituals.ritual import Links


@dataclass(frozen=True, kw_only=True)
class StandupRecords:
    """Everything that the phases of a standup read and write.

    Without a `model` nothing is summarised;
    without `links` nobody's own words go into the thread, for it is not known whether there is one.
    """

    prompts: StandupPrompts
    entries: StandupEntries
    blockers: Blockers
    runs: RitualRuns
    registers: Registers
    roster: Roster
    clock: Clock
    links: Links | None = None
    model: ChatModel | None = None

    def link(self, key: str) -> str:
        """Returns where the message with that key stands; empty where it does not, or nothing is known."""
        return self.links.link(key) if self.links is not None else ""
