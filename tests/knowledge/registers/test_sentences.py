"""How activities and figures are worded."""

from __future__ import annotations

import pytest

from knowledge.registers.answers.sentences import figures, gerund, listed


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ("approve release", "approving release"),
        ("own data quality", "data quality"),
        ("set KPI target", "setting KPI target"),
        ("roll back model", "rolling back model"),
        ("monitor drift", "monitoring drift"),
        ("define labels", "defining labels"),
        ("rate model risk", "rating model risk"),
        ("plan sprint", "planning sprint"),
        ("prioritise backlog", "prioritising backlog"),
        ("change prompt", "changing prompt"),
        ("choose fallback", "choosing fallback"),
        ("run backfill", "running backfill"),
        ("design integration", "designing integration"),
        ("own", "owning"),
    ],
)
def test_activities_are_things_to_be_accountable_for(activity: str, said: str) -> None:
    assert gerund(activity) == said


def test_figures_share_their_decimals() -> None:
    assert figures([2.4, 2.0], "%") == ["2.4 %", "2.0 %"]
    assert figures([310_000, 180_000], "EUR") == ["EUR 310,000", "EUR 180,000"]
    assert figures([None, 4], "h") == ["", "4 h"]


def test_names_are_listed() -> None:
    assert [listed([]), listed(["Ana"]), listed(["Ana", "Ben", "Chloe"])] == ["", "Ana", "Ana, Ben and Chloe"]
