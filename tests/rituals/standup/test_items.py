"""Words taken apart: what is an item, which initiative it is about, since when a blocker stands."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.records.standup_entry import StandupQuestion
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.team_file.reading import read_team_file
from rituals.standup.items import initiative_in, items_of, says_nothing, since_when
from rituals.standup.options import DEFAULT_QUESTIONS
from rituals.standup.questions import asked_now, questions_for, risk_questions
from rituals.standup.routing import climbed, route
from tests.rituals.conftest import TEAM

LEXICON = Lexicon(team=read_team_file(TEAM).team)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "words",
    ["", "nothing new", "None.", "no blockers", "-", "n/a", "👍", "same as yesterday", "Nothing in my way"],
)
def test_nothing_is_no_item(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["nothing works now", "no access to the ledger", "none of the tests pass"])
def test_what_only_sounds_like_nothing_is_something(words: str) -> None:
    assert not says_nothing(words)


def test_lines_and_sentences_are_items_of_their_own() -> None:
    answers = {"changed": "- churn: loaded May. Checked it.\n* wiki updated", "next": "none"}
    found = items_of(DEFAULT_QUESTIONS, answers, LEXICON)
    assert [(one.text, one.initiative) for one in found] == [
        ("churn: loaded May.", "churn"),
        ("Checked it.", ""),
        ("wiki updated", ""),
    ]


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("churn: retrained", "churn"),
        ("the threshold of fraud is agreed", "fraud"),
        ("billing_events is late again", "churn"),
        ("wrote the minutes", ""),
    ],
)
def test_an_item_knows_its_initiative(text: str, initiative: str) -> None:
    assert initiative_in(text, LEXICON) == initiative


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("no access; asked the DevOps engineer on Friday", date(2026, 11, 20)),
        ("waiting since Monday", MONDAY),
        ("open since yesterday", date(2026, 11, 22)),
        ("asked on 2026-11-12, no answer", date(2026, 11, 12)),
        ("waiting since 3 Nov", date(2026, 11, 3)),
        ("waiting since 24 Dec", date(2025, 12, 24)),
        ("the legal statement is two weeks late", MONDAY),
        ("the legal statement is 2 days late", date(2026, 11, 21)),
        ("blocked for 2 weeks", date(2026, 11, 9)),
        ("needs 60 cases by Thursday", MONDAY),
        ("no access", MONDAY),
    ],
)
def test_a_blocker_says_since_when(text: str, since: date) -> None:
    assert since_when(text, MONDAY) == since


def test_a_blocker_finds_the_row_that_it_is_about() -> None:
    found = route("churn: data quality of May is poor", "churn", LEXICON, MONDAY)
    assert (found.owner, found.row_key) == ("deepak-rao", "churn / own data quality")
    found = route("fraud: the model is not yet promoted to production", "fraud", LEXICON, MONDAY)
    assert found.owner == "ana-ruiz"


def test_what_no_row_names_goes_to_the_lead_and_says_so() -> None:
    found = route("fraud: the coffee machine is broken", "fraud", LEXICON, MONDAY)
    assert found.owner == "ben-carter"
    assert "no row of the register" in found.words


def test_a_blocker_climbs_to_the_rows_a_and_the_initiatives_sponsor() -> None:
    team = LEXICON.team
    assert climbed("accountable", "churn / own data quality", "churn", team, MONDAY).owner == "iris-novak"
    assert climbed("sponsor", "", "churn", team, MONDAY).owner == "farid-haddad"
    assert climbed("sponsor", "", "", team, MONDAY).owner == ""


def test_after_ten_days_one_question_makes_room_for_a_risk() -> None:
    risks = risk_questions(LEXICON.team)
    ask = {
        n: questions_for(DEFAULT_QUESTIONS, days_asked=n, rotate_every=10, risks=risks)
        for n in (0, 9, 10, 11)
    }
    assert ask[0] == ask[9] == ask[11] == DEFAULT_QUESTIONS
    assert [one.id for one in ask[10]] == ["risk-churn-1", "next", "blockers"]


def test_a_conditional_question_stands_only_after_its_answer() -> None:
    asked = (
        StandupQuestion(id="stuck", text="Stuck?", kind="choice", choices=("yes", "no")),
        StandupQuestion(id="why", text="Why?", when=("stuck", "yes")),
    )
    assert [one.id for one in asked_now(asked, {"stuck": "Yes"})] == ["stuck", "why"]
    assert [one.id for one in asked_now(asked, {"stuck": "no"})] == ["stuck"]
