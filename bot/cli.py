"""The `muster` command: every command it has, and the edge where errors become sentences."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn

import typer

from bot.commands import ask, chat, check, demo, documents, gaps, ingest
from core.errors import MusterError

app = typer.Typer(
    name="muster",
    help="Answers from your team's documents, and runs the rituals of an AI delivery team.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.command("ingest")(ingest.ingest)
app.add_typer(documents.app, name="documents")
app.command("gaps")(gaps.gaps)
app.command("check")(check.check)


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
    try:
        app()
    except MusterError as error:
        _fail(str(error), cure=error.cure, code=error.exit_code)
    except KeyboardInterrupt:
        _fail("Stopped.", code=130)
    except BrokenPipeError:  # `muster … | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last edge: no stack trace for people
        logging.getLogger("muster").debug("unexpected", exc_info=True)
        _fail(
            f"Muster failed: {type(error).__name__}: {error}",
            cure="That is a defect: please report it. MUSTER_LOG_LEVEL=DEBUG shows where it happened.",
            code=70,
        )
    sys.exit(0)


def _fail(sentence: str, *, cure: str = "", code: int) -> NoReturn:
    typer.echo(f"muster: {sentence}", err=True)
    if cure:
        typer.echo(f"  → {cure}", err=True)
    sys.exit(code)
