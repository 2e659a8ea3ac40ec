"""`muster ingest`: make documents answer."""

from __future__ import annotations

import typer

from core.errors import InputError


def ingest(
    paths: list[str] = typer.Argument(
        None, metavar="PATH…", help="Folders, files (Markdown, HTML, text, PDF, DOCX) or web addresses."
    ),
    audience: list[str] = typer.Option(
        None, metavar="NAME", help="Who may read them: #channel, @group or @person. Default: everyone."
    ),
    starter: bool = typer.Option(False, "--starter", help="Index the starter pack that Muster brings."),
    re_embed: bool = typer.Option(
        False, "--re-embed", help="Embed anew, after MUSTER_EMBEDDING has changed."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the report as one JSON object."),
) -> None:
    """Index documents: unchanged ones are skipped, changed ones replaced, removed ones taken out."""
    from bot.app import build
    from bot.progress import print_report, shown_progress
    from core.settings import load_settings
    from knowledge.starter_pack import starter_path

    wanted = [*(paths or []), *([starter_path()] if starter else [])]
    if not wanted:
        raise InputError(
            "Nothing to index was named.", cure="For example: muster ingest ~/handbook, or --starter."
        )
    with shown_progress(quiet=as_json) as progress, build(load_settings()) as application:
        report = application.ingest(wanted, audience=audience or None, re_embed=re_embed, progress=progress)
    print_report(report, as_json=as_json)
    if report.failed:
        raise typer.Exit(code=1)
