"""The list of gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.registers.gaps import activities_without_owner, gaps, unconfirmed
from knowledge.registers.initiatives import Initiative
from knowledge.registers.responsibilities import Subject
from knowledge.registers.rules import SEVERITIES
from knowledge.registers.team import Team

TODAY = date(2026, 11, 23)


def test_gaps_come_worst_first(sample: Team) -> None:
    ranks = [SEVERITIES.index(violation.severity) for violation in gaps(sample, TODAY)]
    assert ranks == sorted(ranks)
    assert ranks


def test_an_incomplete_initiative_is_a_gap_that_says_what_it_lacks(sample: Team) -> None:
    bare = Initiative(name="returns")
    words = [
        violation.words for violation in gaps(sample.with_entries(bare), TODAY) if violation.key == "returns"
    ]
    assert words[:3] == [
        "returns is incomplete: it has no objective.",
        "returns is incomplete: it has no KPI.",
        "returns is incomplete: it has no sponsor.",
    ]
    assert "returns has no responsibilities at all" in words[3]


def test_rows_not_confirmed_for_a_quarter_are_told(sample: Team) -> None:
    stale = [violation.key for violation in gaps(sample, TODAY) if violation.rule == "unconfirmed"]
    assert stale == ["dataset signup_labelled / define labels", "team / approve data use"]


def test_everybody_is_asked_for_their_own_rows_only(sample: Team) -> None:
    assert [row.key for row in unconfirmed(sample, "chloe-martin", TODAY)] == [
        "dataset signup_labelled / define labels"
    ]
    assert unconfirmed(sample, "ana-ruiz", TODAY) == []


def test_a_row_whose_owner_left_counts_as_not_owned(sample: Team) -> None:
    churn = Subject(kind="initiative", name="churn")
    assert "own data quality" not in activities_without_owner(sample, churn, TODAY)
    gone = replace(sample.people["iris-novak"], left=date(2026, 11, 1))
    assert "own data quality" in activities_without_owner(sample.with_entries(gone), churn, TODAY)


def test_one_subject_alone(sample: Team) -> None:
    found = gaps(sample, TODAY, subject=Subject(kind="initiative", name="triage"))
    assert {violation.key.split(" / ")[0] for violation in found} == {"triage"}
