"""Proposals: asked, accepted, declined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from core.errors import BusyError, InputError, NotFoundError, RefusedError
from core.fakes import FrozenClock
from knowledge.registers.permissions import Editor
from knowledge.registers.proposing import Proposing
from knowledge.registers.reading import Reader
from knowledge.registers.registrar import BrokenRulesError, Registrar
from knowledge.registers.responsibilities import Holder, Responsibility

KEY = "churn / own data quality"
ANA = Editor(who="ana-ruiz", via="slack")
BEN = Editor(who="ben-carter", via="slack")
IRIS = Editor(who="iris-novak", via="slack")
TO_ANA = (Holder(kind="person", name="ana-ruiz"),)


@pytest.fixture
def proposing(any_database: Engine, clock: FrozenClock, sample_text: str, admin: Editor) -> Proposing:
    """Proposals over the sample team, on both databases."""
    from knowledge.registers.team_file.applying import TeamFile  # noqa: PLC0415  # this fixture only

    TeamFile(any_database, clock).apply(sample_text, admin)
    return Proposing(any_database, clock)


@pytest.fixture
def row(proposing: Proposing, any_database: Engine) -> Responsibility:  # noqa: ARG001  # applied first
    """The row that Ana would change."""
    return Reader(any_database).team().responsibilities[KEY]


def test_the_accountable_is_asked_and_accepts(
    proposing: Proposing, any_database: Engine, row: Responsibility
) -> None:
    proposal = proposing.propose(row, replace(row, responsible=TO_ANA), ANA, why="Deepak is swamped")
    assert proposal.asked == ("iris-novak",)
    assert proposing.waiting_for("iris-novak") == [proposal]
    proposing.accept(proposal.id, IRIS)
    reader = Reader(any_database)
    assert reader.team().responsibilities[KEY].responsible == TO_ANA
    newest = reader.history(key=KEY)[0]
    assert (newest.who, newest.why) == ("iris-novak", "proposed by Ana Ruiz: Deepak is swamped")
    assert proposing.waiting_for("iris-novak") == []


def test_nobody_else_may_answer(proposing: Proposing, row: Responsibility) -> None:
    proposal = proposing.propose(row, replace(row, responsible=TO_ANA), ANA)
    with pytest.raises(RefusedError, match="Iris Novak"):
        proposing.accept(proposal.id, ANA)


def test_an_answer_is_final(proposing: Proposing, row: Responsibility) -> None:
    proposal = proposing.propose(row, replace(row, responsible=TO_ANA), ANA)
    assert proposing.decline(proposal.id, IRIS, why="not now").answer == "not now"
    with pytest.raises(InputError, match="Iris Novak has declined"):
        proposing.accept(proposal.id, IRIS)
    with pytest.raises(NotFoundError):
        proposing.accept("no such", IRIS)


def test_a_proposal_for_a_changed_row_is_not_accepted(
    proposing: Proposing, any_database: Engine, clock: FrozenClock, row: Responsibility
) -> None:
    proposal = proposing.propose(row, replace(row, responsible=TO_ANA), ANA)
    Registrar(any_database, clock).save(replace(row, consulted=()), BEN)
    with pytest.raises(BusyError):
        proposing.accept(proposal.id, IRIS)


def test_what_breaks_a_rule_is_not_even_proposed(proposing: Proposing, row: Responsibility) -> None:
    with pytest.raises(BrokenRulesError):
        proposing.propose(row, replace(row, accountable=()), ANA)


def test_a_new_row_is_asked_of_the_lead(proposing: Proposing, row: Responsibility) -> None:
    new = replace(row, activity="mask personal fields")
    assert proposing.propose(None, new, ANA).asked == ("ben-carter",)
