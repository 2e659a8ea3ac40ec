"""`muster standup`: how the standup goes."""

from __future__ import annotations

from datetime import timedelta

import typer

app = typer.Typer(help="See how the standup goes.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """See how the standup goes."""


@app.command("stats")
def stats(
    name: str = typer.Option("standup", help="The standup's name."),
    days: int = typer.Option(14, min=1, max=730, help="Look back this many days."),
    as_csv: bool = typer.Option(False, "--csv", help="Print the days as CSV."),
) -> None:
    """Show participation, time to answer and the age of blockers; figures only, no names."""
    from bot.app import build
    from bot.ritual_tables import print_stats
    from core.settings import load_settings
    from knowledge.records.standup_stats import standup_stats, stats_csv

    with build(load_settings()) as application:
        now = application.clock.now()
        first = now.date() - timedelta(days=days - 1)
        found = standup_stats(application.engine, application.workspace_id, name, first=first, now=now)
    if as_csv:
        typer.echo(stats_csv(found.days), nl=False)
    elif found.days:
        print_stats(found)
    else:
        typer.echo(f"There was no {name!r} in the last {days} days.")
