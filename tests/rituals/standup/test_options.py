"""What a standup's line may say, and what is said about what it may not."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from core.errors import InputError
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.team_file.reading import read_team_file
from rituals.standup.options import DEFAULT_QUESTIONS, read_options, read_sprints
from rituals.standup.partners import overlap_begin


def entry(**options: Any) -> RitualEntry:
    return RitualEntry(name="standup", options=options)


def test_without_options_it_is_as_documented() -> None:
    options = read_options(entry())
    assert options.asked == DEFAULT_QUESTIONS
    assert (options.close, options.follow_up, options.remind_before) == ("15:00", "10:00", 30)
    assert (options.accountable_after, options.sponsor_after) == (2, 4)


def test_times_are_read_as_yaml_gives_them() -> None:
    """Unquoted, YAML reads 15:00 as the number 900."""
    text = "rituals: [{name: standup, close: 16:30, quiet_hours: {begin: 19:00, end: 7:30}}]"
    ritual = read_team_file(text).team.rituals["standup"]
    options = read_options(ritual)
    assert options.close == "16:30"
    assert (options.quiet.begin, options.quiet.end) == (time(19), time(7, 30))


def test_a_sprint_calendar_is_read_as_the_database_gives_it() -> None:
    sprints = read_sprints(read_options(entry(sprints={"start": "2026-11-02", "days": 21})))
    assert sprints is not None
    assert (sprints.start, sprints.days) == (date(2026, 11, 2), 21)
    assert read_sprints(read_options(entry())) is None


@pytest.mark.parametrize(
    ("options", "quoted"),
    [
        ({"colour": "red"}, "colour"),
        ({"mode": "shout"}, "'shout'"),
        ({"remind_before": -5}, "-5"),
        ({"questions": [{"id": "Ü", "text": "?"}]}, "'Ü'"),
        ({"questions": [{"id": "mood", "text": "?", "kind": "choice"}]}, "'mood'"),
    ],
)
def test_what_cannot_be_read_is_quoted(options: dict[str, Any], quoted: str) -> None:
    with pytest.raises(InputError) as caught:
        _ = read_options(entry(**options)).asked
    assert quoted in str(caught.value)


def test_overlap_hours_are_read_by_their_city() -> None:
    begin = overlap_begin("09:00-12:00 London")
    assert (begin.at, begin.zone) == (time(9), "Europe/London")
    with pytest.raises(InputError, match="mornings"):
        overlap_begin("mornings")
