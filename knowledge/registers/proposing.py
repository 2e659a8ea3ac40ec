"""How a proposal is made, accepted and declined."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from uuid import uuid4

from sqlalchemy import Connection, Engine, insert

from core.clock import Clock
from core.errors import BusyError, InputError, NotFoundError, RefusedError
from knowledge.passages import DEFAULT_WORKSPACE
from knowledge.registers.forms import from_form, to_form
from knowledge.registers.generation import take_turn
from knowledge.registers.permissions import Editor, admins, leads_of
from knowledge.registers.proposals import (
    Proposal,
    State,
    answer_proposal,
    proposals,
    read_proposal,
    read_proposals,
)
from knowledge.registers.registrar import BrokenRulesError, answering_for, judge
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.storage import Edit, Signature, load_team, write
from knowledge.registers.team import Entry, Team


class Proposing:
    """Keeps what people propose, and carries out what is accepted."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str = DEFAULT_WORKSPACE) -> None:
        self.workspace_id = workspace_id
        self._engine = engine
        self._clock = clock

    def propose(
        self, before: Entry | None, after: Entry | None, editor: Editor, *, why: str = ""
    ) -> Proposal:
        """Keeps a wish; `asked` of what is returned says who may accept it.

        Raises `BrokenRulesError` for one that could never be accepted.
        """
        edit = Edit(before=before, after=after)
        with self._engine.begin() as connection:
            team = load_team(connection, self.workspace_id)
            self._check(edit, team)
            proposal = self._proposal(edit, team, editor, why)
            row = asdict(proposal) | {"workspace_id": self.workspace_id, "asked": list(proposal.asked)}
            connection.execute(insert(proposals), row)
        return proposal

    def waiting_for(self, person: str) -> list[Proposal]:
        """Returns the open proposals that a person, by id, is asked to accept, oldest first."""
        with self._engine.connect() as connection:
            found = read_proposals(connection, self.workspace_id)
        return [proposal for proposal in found if person in proposal.asked]

    def get(self, proposal_id: str) -> Proposal | None:
        """Returns a proposal in any state."""
        with self._engine.begin() as connection:
            return read_proposal(connection, self.workspace_id, proposal_id)

    def accept(self, proposal_id: str, editor: Editor) -> Entry:
        """Carries out a proposal; the change bears the accepter's name and says who proposed it.

        Raises `BusyError` where the entry has changed since it was proposed.
        """
        with self._engine.begin() as connection:
            turn = take_turn(connection, self.workspace_id)
            team = load_team(connection, self.workspace_id)
            proposal = self._answerable(connection, proposal_id, editor, team)
            edit = _edit(proposal)
            if (
                team.register(proposal.kind).get(edit.before.key if edit.before else proposal.key)
                != edit.before
            ):
                raise BusyError(
                    f"{proposal.key} has changed since this was proposed.", cure="Decline, and edit it."
                )
            self._check(edit, team)
            why = f"proposed by {team.name_of(proposal.by)}" + (f": {proposal.why}" if proposal.why else "")
            who = _id(editor, team)
            signature = Signature(who=who, via=editor.via, at=self._clock.now(), why=why)
            write(connection, self.workspace_id, [edit], turn=turn, signature=signature)
            self._answer(connection, proposal, who, why="", accepted=True)
            return edit.entry

    def decline(self, proposal_id: str, editor: Editor, *, why: str = "") -> Proposal:
        """Notes a no, with its reason for the proposer."""
        with self._engine.begin() as connection:
            team = load_team(connection, self.workspace_id)
            proposal = self._answerable(connection, proposal_id, editor, team)
            self._answer(connection, proposal, _id(editor, team), why=why, accepted=False)
        return replace(proposal, state="declined", answered_by=_id(editor, team), answer=why)

    def _proposal(self, edit: Edit, team: Team, editor: Editor, why: str) -> Proposal:
        return Proposal(
            id=uuid4().hex,
            at=self._clock.now(),
            by=_id(editor, team),
            kind=edit.entry.kind,
            key=edit.entry.key,
            before=to_form(edit.before) if edit.before else None,
            after=to_form(edit.after) if edit.after else None,
            why=why,
            asked=asked_about(edit, team, self._today()),
        )

    def _check(self, edit: Edit, team: Team) -> None:
        wrong = [v for v in judge([edit], team, self._today())[0] if v.severity == "error"]
        if wrong:
            raise BrokenRulesError(wrong)

    def _answerable(self, connection: Connection, proposal_id: str, editor: Editor, team: Team) -> Proposal:
        proposal = read_proposal(connection, self.workspace_id, proposal_id)
        if proposal is None:
            raise NotFoundError("There is no such proposal.")
        if proposal.state != "open":
            raise InputError(f"{team.name_of(proposal.answered_by)} has {proposal.state} this already.")
        asked = asked_about(_edit(proposal), team, self._today())
        if not editor.admin and _id(editor, team) not in {*asked, *proposal.asked}:
            names = ", ".join(team.name_of(name) for name in asked) or "an admin"
            raise RefusedError(f"This was asked of {names}; only they can answer it.")
        return proposal

    def _answer(
        self, connection: Connection, proposal: Proposal, who: str, *, why: str, accepted: bool
    ) -> None:
        state: State = "accepted" if accepted else "declined"
        answer_proposal(
            connection, self.workspace_id, proposal.id, state=state, by=who, at=self._clock.now(), why=why
        )

    def _today(self) -> date:
        return self._clock.now().date()


def asked_about(edit: Edit, team: Team, today: date) -> tuple[str, ...]:
    """Returns the ids of those who may accept an edit: the A of the row as it is, else leads, else admins."""
    row = edit.before or edit.after
    if isinstance(row, Responsibility) and edit.before is not None:
        named = [person.id for holder in row.accountable for person in answering_for(holder, team, today)]
        if here := [name for name in named if not team.people[name].has_left(today)]:
            return tuple(dict.fromkeys(here))
    return leads_of(edit.entry, team) or tuple(person.id for person in admins(team))


def _edit(proposal: Proposal) -> Edit:
    before = from_form(proposal.kind, proposal.before) if proposal.before else None
    after = from_form(proposal.kind, proposal.after) if proposal.after else None
    return Edit(before=before, after=after)


def _id(editor: Editor, team: Team) -> str:
    person = team.person(editor.who)
    return person.id if person else editor.who
