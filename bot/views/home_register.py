"""The Home tab's part of the registers: what waits for me, what is mine, when I am away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.views.absences import absence_blocks
from bot.views.blocks import actions, button, counted, divider, header, section, sections, small
from bot.views.initiatives import CREATE, initiative_block, worst_first
from bot.views.mrkdwn import cut, escape
from bot.views.raci_owners import EDIT
from bot.views.raci_people import name_text
from bot.views.raci_proposals import proposal_blocks
from bot.views.raci_upkeep import confirm_blocks
from bot.views.rendered import Block
from knowledge.registers.gaps import unconfirmed
from knowledge.registers.initiatives import Initiative
from knowledge.registers.people import Person
from knowledge.registers.proposals import Proposal
from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.team import Team

MOST_PROPOSALS = 5
MOST_CONFIRMATIONS = 4
MOST_SUBJECTS = 12
MOST_INITIATIVES = 6
LONGEST_LINE = 400
STRANGER = "You are not in the register of people yet: somebody who edits it can name you, and you come in."


@dataclass(frozen=True, kw_only=True)
class Mine:
    """What the registers hold for one person; `person` is None for somebody they don't know."""

    person: Person | None = None
    proposals: Sequence[Proposal] = ()
    unconfirmed: Sequence[Responsibility] = ()
    accountable: Sequence[Responsibility] = ()
    responsible: Sequence[Responsibility] = ()
    stands_in_for: Sequence[Person] = ()
    initiatives: Sequence[Initiative] = ()


def mine_of(person: Person | None, proposals: Sequence[Proposal], team: Team, today: date) -> Mine:
    """Returns what is somebody's: by name, and by the roles that they fill."""
    if person is None:
        return Mine()
    held = {
        Holder(kind="person", name=person.id),
        *(Holder(kind="role", name=one) for one in _roles(person, team)),
    }
    rows = list(team.responsibilities.values())
    accountable = [row for row in rows if held & set(row.accountable)]
    led = (one for one in team.initiatives.values() if person.id in {one.lead, one.sponsor})
    absent = (
        one for one in team.people.values() if (away := one.absence_on(today)) and away.deputy == person.id
    )
    return Mine(
        person=person,
        proposals=proposals,
        unconfirmed=unconfirmed(team, person.id, today),
        accountable=accountable,
        responsible=[row for row in rows if held & set(row.responsible) and row not in accountable],
        stands_in_for=list(absent),
        initiatives=list(led),
    )


def register_blocks(mine: Mine, team: Team, today: date) -> list[Block]:
    """Returns the blocks, what waits for the person first."""
    if mine.person is None:
        return [header("Who owns what"), section(STRANGER), actions(_ask_button()), divider()]
    return [
        *_waiting(mine, team, today),
        *_owned(mine),
        divider(),
        *_initiatives(mine, team),
        header("When you are away"),
        *absence_blocks(mine.person, team, today),
        divider(),
    ]


def _waiting(mine: Mine, team: Team, today: date) -> list[Block]:
    blocks: list[Block] = []
    for proposal in mine.proposals[:MOST_PROPOSALS]:
        blocks += proposal_blocks(proposal, team)
    if len(mine.proposals) > MOST_PROPOSALS:
        blocks.append(small(f"and {counted(len(mine.proposals) - MOST_PROPOSALS, 'more proposal')}"))
    if mine.unconfirmed:
        said = f"*{counted(len(mine.unconfirmed), 'row')} with your name: still right?*"
        blocks += [section(said), *confirm_blocks(mine.unconfirmed, team, today, most=MOST_CONFIRMATIONS)]
    if not blocks:
        return []
    return [header("Waiting for you"), *blocks, divider()]


def _owned(mine: Mine) -> list[Block]:
    blocks = [header("You are accountable for"), *_by_subject(mine.accountable)]
    if mine.responsible:
        blocks += [header("You are responsible for"), *_by_subject(mine.responsible)]
    for person in mine.stands_in_for:
        away = f":palm_tree: {name_text(person.name)} is away: you stand in"
        blocks.append(small(away))
    return [*blocks, actions(_ask_button())]


def _by_subject(rows: Sequence[Responsibility]) -> list[Block]:
    if not rows:
        return [small("Nothing in the register.")]
    subjects = dict.fromkeys(row.about for row in rows)
    lines = [
        f"*{escape(cut(subject.label, 100))}*  {cut(', '.join(_activities(rows, subject)), LONGEST_LINE)}"
        for subject in list(subjects)[:MOST_SUBJECTS]
    ]
    left = len(subjects) - MOST_SUBJECTS
    more = [small(f"and {counted(left, 'more subject')}: `/raci list`")] if left > 0 else []
    return [*sections(lines), *more]


def _activities(rows: Sequence[Responsibility], subject: object) -> Iterator[str]:
    yield from (name_text(row.activity) for row in rows if row.about == subject)


def _initiatives(mine: Mine, team: Team) -> list[Block]:
    if not mine.initiatives:
        return []
    shown = worst_first(mine.initiatives)[:MOST_INITIATIVES]
    left = len(mine.initiatives) - len(shown)
    more = [small(f"and {counted(left, 'more')}: `/initiative list`")] if left else []
    create = actions(button(CREATE, "New initiative"))
    told = [initiative_block(one, team) for one in shown]
    return [header("Your initiatives"), *told, *more, create, divider()]


def _ask_button() -> dict[str, object]:
    return button(EDIT, "Set who owns something")


def _roles(person: Person, team: Team) -> Iterator[str]:
    for role in person.roles:
        yield team.role(role) or role
