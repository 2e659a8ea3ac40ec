"""The `muster` command: every command it has, and the edge where errors become sentences."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import NoReturn

import typer

from bot.commands import (
    apply,
    ask,
    chat,
    check,
    demo,
    documents,
    export,
    gaps,
    ingest,
    initiative,
    manifest,
    raci,
    serve,
)
from core.errors import MusterError
from core.text import printable

app = typer.Typer(
    name="muster",
    help="Answers from your team's documents, and runs the rituals of an AI delivery team.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.command("ingest")(ingest.ingest)
app.add_typer(documents.app, name="documents")
app.add_typer(raci.app, name="raci")
app.add_typer(initiative.app, name="initiative")
app.command("apply")(apply.apply)
app.command("export")(export.export)
app.command("gaps")(gaps.gaps)
app.command("check")(check.check)
app.command("manifest")(manifest.manifest)


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # Typer's callback
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415  # needed here only

        typer.echo(f"muster {version('muster')}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(  # noqa: FBT001  # Typer's form; the callback uses it
        False, "--version", help="Print the version and leave.", callback=_print_version, is_eager=True
    ),
) -> None: ...


def main() -> NoReturn:
    """Runs the command; an error ends in a sentence on stderr and a code of its own."""
    logging.getLogger().addHandler(logging.NullHandler())  # for people there are sentences, not log lines
    try:
        app()
    except MusterError as error:
        _fail(str(error), cure=error.cure, code=error.exit_code)
    except Exception as error:  # noqa: BLE001  # the last edge: no stack trace for people
        from bot.failures import explained  # noqa: PLC0415  # seldom needed

        if _wants_traces():
            traceback.print_exc()
        if known := explained(error):
            _fail(str(known), cure=known.cure, code=known.exit_code)
        _fail(
            f"Muster failed: {type(error).__name__}: {error}",
            cure="That is a defect: please report it. MUSTER_LOG_LEVEL=DEBUG shows where it happened.",
            code=70,
        )
    sys.exit(0)


def _wants_traces() -> bool:
    from core.settings import load_settings  # noqa: PLC0415  # `muster --help` needs none

    try:
        return load_settings().log_level == "DEBUG"
    except MusterError:
        return False


def _fail(sentence: str, *, cure: str = "", code: int) -> NoReturn:
    typer.echo(printable(f"muster: {sentence}"), err=True)
    if cure:
        typer.echo(printable(f"  → {cure}"), err=True)
    sys.exit(code)
