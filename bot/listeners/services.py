"""What listeners work with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.asking import Asking
from bot.delivery import Delivery
from bot.directory import Directory
from bot.roster import Roster
from bot.slack_calls import SlackCalls
from bot.uploads import Uploads
from core.clock import Clock
from core.metrics import Metrics
from knowledge.documents.audiences import Known
from knowledge.passages import Audience
from knowledge.records.questions import QuestionLog
from knowledge.records.threads import Threads
from knowledge.registers.permissions import Editor
from knowledge.registers.proposing import Proposing
from knowledge.registers.reading import Reader
from knowledge.registers.registers import Registers
from knowledge.registers.registrar import Registrar
from knowledge.registers.team import Team


class Library(Protocol):
    """What Muster knows, as far as somebody may read it."""

    def readable(self, audience: Audience) -> Sequence[Known]:
        """Returns the documents that `audience` may read."""
        ...

    def audience_names(self) -> frozenset[str]:
        """Returns every name that some document is for."""
        ...


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who Muster is in its workspace."""

    team_id: str
    bot_user_id: str
    bot_id: str


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a listener may use."""

    workspace_id: str
    identity: Identity
    asking: Asking
    delivery: Delivery
    directory: Directory
    calls: SlackCalls
    threads: Threads
    questions: QuestionLog
    library: Library
    registers: Registers
    changes: Reader
    registrar: Registrar
    proposing: Proposing
    roster: Roster
    uploads: Uploads
    clock: Clock
    metrics: Metrics

    @property
    def team(self) -> Team:
        """Returns the registers as they are now."""
        return self.registers.team()

    @property
    def today(self) -> date:
        """Returns the day by which the registers are judged."""
        return self.clock.now().date()

    def editor(self, user: str) -> Editor:
        """Returns somebody, by Slack id, as the registers know editors; Slack's admins are theirs too."""
        member = self.directory.member(user)
        return Editor(who=user, via="slack", admin=member is not None and member.admin)

    def known_to(self, user: str) -> Sequence[Known]:
        """Returns the documents that somebody may read."""
        audience = self.directory.audience(user, self.library.audience_names())
        return self.library.readable(audience)
