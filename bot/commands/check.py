"""`muster check`: a doctor for the installation."""

from __future__ import annotations

import json

import typer

from core.text import printable

MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "failure": ("✗", "red"), "unused": ("–", "dim")}


def check(as_json: bool = typer.Option(False, "--json", help="Print one JSON object a line.")) -> None:
    """Examine settings, stores, servers and tokens, with the cure for what fails."""
    from dataclasses import asdict

    from rich.console import Console
    from rich.text import Text

    from bot.doctor import examine
    from core.settings import load_settings

    console = Console(highlight=False, soft_wrap=True)
    failed = False
    for finding in examine(load_settings()):
        failed = failed or finding.state == "failure"
        if as_json:
            typer.echo(json.dumps(asdict(finding), ensure_ascii=False))
            continue
        mark, colour = MARKS[finding.state]
        console.print(Text.assemble((mark, colour), printable(f" {finding.name}: {finding.detail}")))
        if finding.cure:
            console.print(Text(printable(f"  → {finding.cure}"), style=colour))
    if failed:
        raise typer.Exit(code=1)
