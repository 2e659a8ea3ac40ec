"""What people read of the rituals in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from knowledge.records.ritual_runs import Run
    from knowledge.records.standup_stats import StandupStats
    from knowledge.registers.team import Team
    from rituals.planning import Plan
    from rituals.ritual import Slot

NO_RITUALS = "There are no rituals yet. `muster apply team.yaml` brings them in."


def print_rituals(plan: Plan, coming: Mapping[str, Slot | None], zone: ZoneInfo) -> None:
    """Prints a line a ritual, then what can't be read and what is not known."""
    if plan.planned:
        table = Table("Ritual", "Channel", "Schedule", "Members", "Next", box=None, header_style="bold")
        for one in plan.planned:
            slot = coming.get(one.name)
            following = "paused" if one.name in plan.paused else _when(slot.due, zone) if slot else "–"
            members = str(len(one.members)) if one.members else "–"
            table.add_row(one.name, one.entry.channel, one.entry.schedule or "(usual)", members, following)
        _console().print(table)
    for words in plan.problems.values():
        typer.echo(words, err=True)
    if plan.unknown:
        typer.echo(f"No ritual of Muster is called {', '.join(map(repr, plan.unknown))}.", err=True)
    if not (plan.planned or plan.problems or plan.unknown):
        typer.echo(NO_RITUALS)


def print_slots(slots: Sequence[Slot], zone: ZoneInfo) -> None:
    """Prints what falls due, in order."""
    for slot in slots:
        typer.echo(f"{_when(slot.due, zone)}  {slot.ritual} / {slot.phase}")
    if not slots:
        typer.echo("Nothing falls due.")


def print_runs(runs: Sequence[Run], team: Team, zone: ZoneInfo) -> None:
    """Prints what each run did."""
    for run in runs:
        who = f" {team.name_of(run.person)}" if run.person else ""
        remark = f": {run.remark}" if run.remark else ""
        typer.echo(f"{_when(run.due_at, zone)}  {run.ritual} / {run.phase}{who}  {run.state}{remark}")
    if not runs:
        typer.echo("No runs yet.")


def print_stats(stats: StandupStats) -> None:
    """Prints the figures of a standup, a line a day."""
    for day in stats.days:
        minutes = "" if day.minutes is None else f", {day.minutes:.0f} min to answer"
        skipped = f", {day.skipped} skipped" if day.skipped else ""
        typer.echo(f"{day.day}  {day.answered} of {day.asked} answered ({day.share:.0%}){skipped}{minutes}")
    closed = "" if stats.age_closed is None else f", closed after {stats.age_closed:.0f} days"
    long_open = f", {stats.long_open} for more than 5 days" if stats.long_open else ""
    typer.echo(f"{stats.share:.0%} answered; {stats.open_blockers} open blocker(s){long_open}{closed}.")


def _when(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M")


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True, markup=False)
