"""What is exported reads as the same team."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from knowledge.registers.team import Team
from knowledge.registers.team_file.plan import plan
from knowledge.registers.team_file.reading import read_team_file
from knowledge.registers.team_file.writing import write_team_file
from tests.knowledge.registers.teams import teams


def test_the_sample_team_comes_back(sample: Team) -> None:
    assert read_team_file(write_team_file(sample)).team == sample


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(teams)
def test_every_team_comes_back(team: Team) -> None:
    """Whatever people are called: `no`, `3.10`, `role:x`, quotes and all."""
    assert read_team_file(write_team_file(team)).team == team


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(teams, teams)
def test_a_plan_carried_out_leaves_nothing_to_do(current: Team, team: Team) -> None:
    """Whatever was there before: with force, a second plan finds nothing more to do."""
    wanted = read_team_file(write_team_file(team))
    edits = plan(current, wanted, {}, force=True).edits
    gone = {(edit.entry.kind, edit.entry.key) for edit in edits if edit.after is None}
    kept = [entry for entry in current.entries() if (entry.kind, entry.key) not in gone]
    after = Team.of([*kept, *(edit.after for edit in edits if edit.after is not None)])
    assert plan(after, wanted, {}, force=True).is_empty
