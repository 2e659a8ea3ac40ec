"""The form of a standup: what is prefilled, what comes back, and that Slack takes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.sandbox.limits.payloads import view_findings
from bot.views.standup import read_standup_value, standup_value
from bot.views.standup_form import read_standup_form, standup_form
from bot.views.standup_stats import bars, stats_blocks
from knowledge.records.standup_entry import StandupQuestion
from knowledge.records.standup_stats import StandupDay, StandupStats
from rituals.standup.desk import StandupForm
from rituals.standup.said import OpenBlocker

MONDAY = date(2026, 11, 23)
QUESTIONS = (
    StandupQuestion(id="changed", text="What changed?"),
    StandupQuestion(id="mood", text="How are you?", kind="mood", choices=("🙂", "🙁")),
    StandupQuestion(id="hours", text="Hours lost?", kind="number"),
    StandupQuestion(id="blockers", text="In your way?", kind="blockers", needed=True),
)


def form(**more: Any) -> StandupForm:
    facts: dict[str, Any] = {
        "ritual": "standup",
        "day": MONDAY,
        "person": "ana",
        "questions": QUESTIONS,
        "answers": {"changed": "churn: a", "mood": "🙁", "hours": "2"},
        "blockers": (OpenBlocker(id="b1", text="<!channel> " * 40, since=MONDAY),),
    }
    return StandupForm(**(facts | more))


def test_slack_takes_the_form_whatever_is_in_it() -> None:
    long = {"changed": "x" * 5_000, "mood": "gone", "hours": "2"}
    many = tuple(OpenBlocker(id=f"b{n}", text="t" * 500, since=MONDAY) for n in range(40))
    for view in (standup_form(form()), standup_form(form(blockers=many), long, note="<!here>", guessed=True)):
        assert view_findings(view) == []


def test_what_was_said_before_is_filled_in() -> None:
    blocks = {block.get("block_id"): block for block in standup_form(form())["blocks"]}
    assert blocks["changed"]["element"]["initial_value"] == "churn: a"
    assert blocks["mood"]["element"]["initial_option"]["value"] == "🙁"
    assert blocks["hours"]["element"]["initial_value"] == "2"
    assert not blocks["blockers"]["optional"]


def test_a_sorted_reply_stands_in_place_of_it_and_says_so() -> None:
    view = standup_form(form(), {"changed": "from the reply"}, guessed=True)
    assert "sorted" in str(view["blocks"][1])
    assert "from the reply" in str(view["blocks"])
    assert "churn: a" not in str(view["blocks"])


def test_what_comes_back_is_read() -> None:
    state = {
        "values": {
            "changed": {"answer": {"type": "plain_text_input", "value": "a\nb"}},
            "mood": {"answer": {"type": "static_select", "selected_option": {"value": "🙂"}}},
            "hours": {"answer": {"type": "number_input", "value": None}},
            "resolved_blockers": {"answer": {"selected_options": [{"value": "b1"}]}},
        }
    }
    assert read_standup_form(state) == ({"changed": "a\nb", "mood": "🙂", "hours": ""}, ("b1",))


@pytest.mark.parametrize("ritual", ["standup", "fraud | standup", "a|b"])
def test_a_buttons_value_comes_back_as_it_was(ritual: str) -> None:
    assert read_standup_value(standup_value(ritual, MONDAY)) == (ritual, MONDAY)


def test_the_figures_are_a_line_of_bars() -> None:
    day = StandupDay(day=MONDAY, asked=4, answered=3, skipped=0, minutes=4.0)
    stats = StandupStats(days=(day,), open_blockers=2, long_open=1, age_closed=3.0)
    shown = str(stats_blocks(stats))
    assert "75% answered · 4 min to answer · 2 open blockers · 1 for more than 5 days" in shown
    assert bars([0, 0.5, 1, 7]) == "▁▅██"
    assert stats_blocks(StandupStats(days=(), open_blockers=0, long_open=0, age_closed=None)) == []
