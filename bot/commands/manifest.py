"""`muster manifest`: the Slack app, ready to paste."""

from __future__ import annotations

import json

import typer


def manifest(
    url: str = typer.Option(
        "", "--url", metavar="URL", help="Where Slack reaches Muster, for HTTP; without it, Socket Mode."
    ),
) -> None:
    """Print the manifest of the Slack app: paste it at api.slack.com/apps, “Create from manifest”."""
    from bot.manifest import manifest as describe

    typer.echo(json.dumps(describe(public_url=url.rstrip("/")), indent=2, ensure_ascii=False))
