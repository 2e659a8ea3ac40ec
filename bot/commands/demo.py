"""`muster demo`: the starter pack indexed, a few answers, and then yours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Application

SHOWN = (
    "Who signs off a model before release?",
    "When do we roll a model back?",
    "What is our parental leave policy?",
)


def demo(
    reset: bool = typer.Option(False, "--reset", help="Take out what is indexed, and begin anew."),
) -> None:
    """Show Muster at work: index the starter pack, answer three questions, then take yours."""
    from rich.console import Console

    from bot.app import build
    from bot.commands.chat import Conversation
    from core.settings import load_settings

    console = Console(highlight=False)
    with build(load_settings()) as application:
        if reset:
            indexed = application.catalogue.documents_for(None)
            application.remove_documents([listed.document.id for listed in indexed])
        _prepare(application, console)
        _show(application, console)
        if sys.stdin.isatty():
            Conversation(application, console).run()
        else:
            console.print('Ask on: .venv/bin/muster ask "…", or .venv/bin/muster chat.', style="dim")


def _prepare(application: Application, console: Console) -> None:
    from bot.progress import print_report, shown_progress
    from knowledge.starter_pack import starter_path

    console.print("Loading the embedding …", style="dim")
    application.embedding.embed(["warm"])
    console.print("Indexing the starter pack …", style="dim")
    with shown_progress() as progress:
        report = application.ingest([starter_path()], progress=progress)
    print_report(report, as_json=False)


def _show(application: Application, console: Console) -> None:
    from bot.terminal import print_answer

    for question in SHOWN:
        console.print(f"\n› {question}", style="bold")
        print_answer(application.ask(question), now=application.clock.now(), console=console)
