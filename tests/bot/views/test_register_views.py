"""The views of the registers, with none, one, 50 and 500 rows, harmless and hostile: what Slack takes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.limits.payloads import BLOCKS_JSON_MOST, block_findings, view_findings
from bot.views.absences import absence_modal
from bot.views.blocks import meant, token
from bot.views.home import home_view
from bot.views.home_register import mine_of, register_blocks
from bot.views.initiative_form import initiative_modal
from bot.views.initiatives import initiative_view, portfolio_view
from bot.views.raci_form import RowForm, digest, removal_modal, row_modal
from bot.views.raci_import import Preview, import_modal
from bot.views.raci_owners import owners_view
from bot.views.raci_proposals import answered_view, asked_modal, decline_modal, proposal_view
from bot.views.raci_tables import list_view, matrix_csv, matrix_view
from bot.views.raci_telling import letter_modal, letter_view, named_view
from bot.views.raci_upkeep import confirm_view, gaps_view, history_view
from bot.views.rendered import Rendered
from knowledge.registers.changes import Change
from knowledge.registers.forms import to_form
from knowledge.registers.gaps import gaps
from knowledge.registers.initiatives import Initiative, Kpi, Risk
from knowledge.registers.owning.owners import Owners, owned
from knowledge.registers.people import Absence, Person
from knowledge.registers.proposals import Proposal
from knowledge.registers.responsibilities import Holder, Responsibility, Subject
from knowledge.registers.rules import Violation
from knowledge.registers.team import Team
from tests.bot.views.test_views import HOSTILE, TOKEN, mrkdwn_of

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
READER = "U0READER"
MENTION = {"<@U0ANA>", "<@U0BEN>"}
SIZES = (0, 1, 50, 500)
NAMES = ("churn", HOSTILE, "x" * 190)


def team_of(size: int, name: str) -> Team:
    """Returns a team of three with `size` rows and as many initiatives, all called by a name."""
    ana = Person(id="ana", name=f"Ana {name}", slack_user="U0ANA", roles=(name,))
    away = Absence(start=TODAY, end=TODAY + timedelta(days=5), deputy="ana")
    ben = Person(id="ben", name=f"Ben {name}", slack_user="U0BEN", absences=(away,))
    left = Person(id="left", name="Left", left=TODAY - timedelta(days=9))
    holders = [Holder(kind="person", name=one) for one in ("ana", "ben", "left")]
    rows = [
        Responsibility(
            subject_kind="initiative",
            subject=f"{name} {number % 7}",
            activity=f"do {name} {number}",
            accountable=(holders[number % 3],),
            responsible=(*holders, Holder(kind="role", name=name)),
            consulted=tuple(Holder(kind="role", name=f"{name}{at}") for at in range(9)),
        )
        for number in range(size)
    ]
    return Team.of([ana, ben, left, *rows, *(initiative(f"{name} {number}") for number in range(size))])


def initiative(name: str) -> Initiative:
    kpi = Kpi(name=name, unit=name[:20], baseline=2.4, target=2.0, target_date=TODAY)
    risks = (Risk(what=name, owner="ana"),)
    return Initiative(
        name=name,
        objective=name,
        kpi=kpi,
        sponsor="ana",
        lead="ben",
        risks=risks,
        channel=name,
        needs=(name,),
    )


def of_row(row: Responsibility, after: Responsibility | None) -> Proposal:
    return Proposal(
        id="p1",
        at=NOW,
        by="ana",
        kind=row.kind,
        key=row.key,
        before=to_form(row),
        after=to_form(after) if after else None,
        why=HOSTILE,
        asked=("ben",),
        answered_by="ben",
        answer=HOSTILE,
    )


def messages_of(team: Team, name: str) -> list[Rendered]:
    rows = list(team.responsibilities.values())
    found = tuple(owned(row, team, TODAY) for row in rows)
    made = [
        owners_view(Owners(words=name, rows=found), team, reader=READER),
        owners_view(
            Owners(words=name, nearest=found, unowned=(name,) * 40, subject=name), team, reader=READER
        ),
        list_view(rows, team, TODAY, subject=None),
        list_view(rows, team, TODAY, subject=Subject(kind="initiative", name=name)),
        gaps_view(gaps(team, TODAY), subject=None),
        confirm_view(rows, team, TODAY),
        portfolio_view(list(team.initiatives.values()), team),
        *(initiative_view(one, team) for one in list(team.initiatives.values())[:1]),
        letter_view(HOSTILE, by="<@U0ANA>", key=name),
    ]
    matrix = matrix_view(rows, team, subject=None) if rows else None
    for row in rows[:1]:
        change = Change(
            number=1, at=NOW, who=name, via="slack", kind=row.kind, key=row.key, before=to_form(row),
            after=to_form(replace(row, accountable=())), why=HOSTILE,
        )  # fmt: skip
        proposal = of_row(row, replace(row, accountable=(Holder(kind="role", name=name),)))
        made += [
            history_view([change] * 50, team, key=row.key),
            proposal_view(proposal, team),
            proposal_view(of_row(row, None), team),
            answered_view(replace(proposal, state="declined"), team),
            named_view(row, by="<@U0BEN>", why=HOSTILE, team=team),
        ]
    return [*made, matrix] if matrix else made


def modals_of(team: Team, name: str) -> list[dict[str, Any]]:
    rows = list(team.responsibilities.values())
    wrong = [Violation(rule="x", severity="error", field="accountable", words=name)] * 50
    preview = Preview(
        new=tuple(rows), changed=tuple(rows), violations=tuple(wrong), differing=(name,) * 9, left=3
    )
    made = [
        row_modal(RowForm(subject=Subject(kind="dataset", name=name), activity=name), team),
        initiative_modal(initiative(name), team, is_new=True),
        initiative_modal(initiative(name), team, is_new=False, seen="0" * 32, notice="Changed."),
        absence_modal(TODAY, team, deputy="ana"),
        import_modal(team, form="csv", text="x" * 3_000, preview=preview, seen="0" * 64),
        letter_modal("<@U0ANA>", name, name, f"U0ANA {name}"),
        decline_modal("p1", name),
    ]
    for row in rows[:1]:
        found = owned(row, team, TODAY)
        made += [
            row_modal(RowForm(row=row, seen=digest(row), proposes=True, notice="No."), team),
            removal_modal(found, team, reader=READER, proposes=False),
            asked_modal(of_row(row, None), team),
        ]
    return made


@pytest.mark.parametrize("name", NAMES, ids=("harmless", "hostile", "long"))
@pytest.mark.parametrize("size", SIZES)
def test_slack_takes_every_message(size: int, name: str) -> None:
    for message in messages_of(team_of(size, name), name):
        blocks = list(message.blocks)
        assert block_findings(blocks) == []
        assert len(json.dumps(blocks, ensure_ascii=False)) <= BLOCKS_JSON_MOST
        assert 0 < len(message.text) <= 3_000


@pytest.mark.parametrize("name", NAMES, ids=("harmless", "hostile", "long"))
@pytest.mark.parametrize("size", SIZES)
def test_slack_takes_every_modal_and_the_home_tab(size: int, name: str) -> None:
    team = team_of(size, name)
    for view in modals_of(team, name):
        assert view_findings(view) == [], view["callback_id"]
    for person in (*team.people.values(), None):
        proposals = [of_row(row, None) for row in list(team.responsibilities.values())[:20]]
        mine = mine_of(person, proposals, team, TODAY)
        assert view_findings(home_view([], [], register_blocks(mine, team, TODAY))) == []


def test_nothing_that_people_wrote_becomes_a_mention_or_a_link() -> None:
    team = team_of(1, HOSTILE)
    for rendered in messages_of(team, HOSTILE):
        for text in (rendered.text, *mrkdwn_of(list(rendered.blocks))):
            assert set(TOKEN.findall(text)) <= MENTION, text
    for view in modals_of(team, HOSTILE):
        for text in mrkdwn_of(view["blocks"]):
            assert set(TOKEN.findall(text)) <= MENTION, text


def test_a_deputy_is_written_to_in_place_of_who_is_away() -> None:
    team = team_of(2, "churn")
    found = owned(team.responsibilities["churn 1 / do churn 1"], team, TODAY)
    card = owners_view(Owners(words="churn", rows=(found,)), team, reader=READER)
    assert "<@U0BEN> · away until 28 Nov, <@U0ANA> stands in" in str(card.blocks)
    assert "Message Ana churn" in str(card.blocks)


def test_a_matrix_has_a_letter_where_a_person_stands_and_no_formulas_in_its_file() -> None:
    ana, ben = (Holder(kind="person", name=name) for name in ("ana", "ben"))
    row = Responsibility(
        subject_kind="initiative",
        subject="churn",
        activity="=cmd()",
        accountable=(ana,),
        responsible=(ana, ben),
    )
    team = Team.of([Person(id="ana", name="Ana"), Person(id="ben", name="Ben"), row])
    subject = Subject(kind="initiative", name="churn")
    assert matrix_csv([row], team, subject=subject) == "Activity,Ana,Ben\n'=cmd(),AR,R\n"


def test_a_value_too_long_for_a_menu_is_found_again() -> None:
    long = "a" * 200
    assert len(token(long)) < 150
    assert meant(token(long), ["b" * 200, long]) == long
    assert meant("short", []) == "short"
