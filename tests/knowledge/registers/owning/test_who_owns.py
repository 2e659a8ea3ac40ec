"""Free words find rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.who_owns import find_owners
from knowledge.registers.team import Team

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def lexicon(sample: Team) -> Lexicon:
    """The sample team as words."""
    return Lexicon(team=sample)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("data quality on churn", "churn / own data quality"),
        ("who signs off fraud?", "fraud / approve release"),
        ("who looks after the data on churn", "churn / own data quality"),
        ("rolback frad", "fraud / roll back model"),
        ("who gives the go-ahead for triage", "triage / approve release"),
        ("who owns the churn model", "model churn / own model"),
        ("who owns churn", "churn / lead initiative"),
        ("who pays for triage", "triage / sponsor initiative"),
        ("retention kpi numbers", "churn / define KPI measurement"),
        ("who keeps an eye on fraud drifting", "fraud / monitor drift"),
        ("billingevents", "dataset billing_events / own data quality"),
        ("who approves data use on fraud", "team / approve data use"),
        ("what does Benny own on churn", "churn / approve release"),
        ("Clo fraud", "fraud / own model performance"),
        ("WER IST CHURN data quality??", "churn / own data quality"),
    ],
)
def test_words_find_their_row(lexicon: Lexicon, words: str, key: str) -> None:
    """Synonyms, typing errors, nicknames, datasets, the whole team as a fallback."""
    found = find_owners(words, lexicon, TODAY)
    assert found.found
    assert key in [one.row.key for one in found.rows[:3]]


def test_ambiguous_words_find_several(lexicon: Lexicon) -> None:
    found = find_owners("who watches drift", lexicon, TODAY)
    assert {one.row.subject for one in found.rows} == {"churn", "fraud", "triage"}


def test_the_nearest_rows_and_what_nobody_owns_where_nothing_matches(lexicon: Lexicon) -> None:
    found = find_owners("who does the catering for fraud", lexicon, TODAY)
    assert not found.found
    assert all(one.row.subject == "fraud" for one in found.nearest)
    assert "change prompt" in found.unowned, "triage has an owner for it, fraud has none"


@pytest.mark.parametrize(
    "words", ["", "   ", "?!", "the of and", "best pizza dough recipe", "🙂", "x" * 5000]
)
def test_other_words_find_nothing(lexicon: Lexicon, words: str) -> None:
    assert not find_owners(words, lexicon, TODAY).found


@given(st.text(max_size=80))
def test_no_words_break_it(words: str) -> None:
    found = find_owners(words, _LEXICON, TODAY)
    assert all(0 <= one.score <= 1 for one in (*found.rows, *found.nearest))


_LEXICON = Lexicon(team=Team())


def test_a_row_carries_all_that_is_shown(lexicon: Lexicon) -> None:
    (found,) = find_owners("data quality on churn", lexicon, TODAY, limit=1).rows
    assert [standing.letter for standing in found.standings] == ["A", "R", "C"]
    assert (found.accountable[0].name, found.responsible[0].name) == ("Iris Novak", "Deepak Rao")
    assert (found.confirmed, found.channel) == ("confirmed 12 days ago", "#churn")


def test_the_deputy_answers_while_somebody_is_away(lexicon: Lexicon) -> None:
    found = find_owners("who monitors drift on triage", lexicon, date(2026, 12, 24)).rows[0]
    assert found.accountable[0].deputy == "chloe-martin"
    assert found.accountable[0].note == "away until 3 Jan; Chloe Martin stands in"


def test_roles_say_who_fills_them(lexicon: Lexicon) -> None:
    found = find_owners("who approves the release of fraud", lexicon, TODAY).rows[0]
    notes = {standing.name: (standing.people, standing.note) for standing in found.responsible}
    assert notes == {
        "domain expert": (("elena-petrova",), "Elena Petrova"),
        "legal reviewer": ((), "nobody fills this role"),
    }


def test_those_who_left_are_said_to_have_left(sample: Team) -> None:
    gone = replace(sample.people["iris-novak"], left=date(2026, 11, 1))
    found = find_owners("churn data quality", Lexicon(team=sample.with_entries(gone)), TODAY).rows[0]
    assert found.accountable[0].note == "left on 1 Nov 2026"
