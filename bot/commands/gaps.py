"""`muster gaps`: what was asked and not answered well."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from core.text import printable

if TYPE_CHECKING:
    from knowledge.records.gaps import Gap


def gaps(
    days: int = typer.Option(90, min=1, max=3650, help="Look back this many days."),
    as_user: str = typer.Option("", "--as", metavar="USER", help="What this person may read of."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object a line."),
) -> None:
    """List unanswered and downvoted questions, grouped by the owner of the nearest document."""
    from bot.app import build
    from core.settings import load_settings

    with build(load_settings()) as application:
        found = application.gaps(days=days, as_user=as_user)
    if as_json:
        for gap in found:
            typer.echo(json.dumps(vars(gap) | {"last_asked": gap.last_asked.isoformat()}, ensure_ascii=False))
    elif found:
        _print_by_owner(found)
    else:
        typer.echo(f"No gaps: every question of the last {days} days was answered, and none was voted down.")


def _print_by_owner(found: Sequence[Gap]) -> None:
    for owner, theirs in groupby(found, key=lambda gap: gap.owner):
        typer.echo(printable(owner) or "Nobody owns a document near these")
        for gap in theirs:
            times = "once" if gap.count == 1 else f"{gap.count} times"
            near = f"; nearest: {', '.join(gap.nearest)}" if gap.nearest else ""
            about = f"{gap.kind}, asked {times}, last on {gap.last_asked:%Y-%m-%d}{near}"
            typer.echo(printable(f"  {gap.question}\n    {about}"))
