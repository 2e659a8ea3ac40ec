"""`muster export`: the registers in the form of team.yaml."""

from __future__ import annotations

from pathlib import Path

import typer


def export(
    path: Path | None = typer.Argument(None, metavar="[team.yaml]", help="Where to; default: stdout."),
) -> None:
    """Write the registers as a team.yaml that `muster apply` reads."""
    from bot.app import build
    from core.settings import load_settings
    from knowledge.registers.reading import Reader
    from knowledge.registers.team_file.writing import write_team_file

    with build(load_settings()) as application:
        team = Reader(application.engine, workspace_id=application.workspace_id).team()
    text = write_team_file(team)
    if path is None:
        typer.echo(text, nl=False)
        return
    path.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {path}.")
