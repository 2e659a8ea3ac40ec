"""`muster ask`: one answer, or many by a file of JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from core.errors import InputError, RetryableError

if TYPE_CHECKING:
    from bot.app import Application

MAX_QUESTION = 4_000


def ask(
    question: list[str] = typer.Argument(None, help="The question, in your own words.", show_default=False),
    as_user: str = typer.Option("", "--as", metavar="USER", help="Ask as this person: what they may read."),
    as_json: bool = typer.Option(False, "--json", help="Print the answer as one JSON object."),
    batch: str = typer.Option(
        "", "--batch", metavar="FILE", help='Answer each line {"question": …} of FILE (- for stdin) as JSON.'
    ),
) -> None:
    """Answer a question from the documents, with sources."""
    from bot.app import build
    from core.settings import load_settings

    if bool(batch) == bool(question):
        raise InputError(
            "Give one question, or --batch FILE.", cure='For example: muster ask "who owns data quality?"'
        )
    with build(load_settings()) as application:
        if batch:
            _answer_batch(application, batch, as_user)
        else:
            _answer_one(application, " ".join(question), as_user, as_json=as_json)


def _answer_one(application: Application, text: str, as_user: str, *, as_json: bool) -> None:
    from rich.console import Console

    from bot.telling import tell
    from bot.terminal import to_json

    if as_json:
        answer = application.ask(checked(text), as_user=as_user)
        typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
    else:
        tell(application, checked(text), console=Console(highlight=False), as_user=as_user)


def _answer_batch(application: Application, batch: str, as_user: str) -> None:
    from bot.terminal import to_json

    failed = 0
    for number, line in _lines(batch):
        try:
            text, key = _read_line(line)
            result = to_json(application.ask(text, as_user=as_user)) | key
        except (InputError, RetryableError) as error:
            failed += 1
            result = {"error": f"line {number}: {error.sentence}"}
        typer.echo(json.dumps(result, ensure_ascii=False))
    if failed:
        raise InputError(
            f"{failed} line(s) of {batch} could not be answered; each has its error in the output."
        )


def _lines(batch: str) -> Iterator[tuple[int, str]]:
    if batch != "-" and not Path(batch).is_file():
        raise InputError(
            f"There is no file {batch!r}.", cure="Give a file of JSON lines, or - for standard input."
        )
    stream = sys.stdin if batch == "-" else Path(batch).open(encoding="utf-8", errors="replace")  # noqa: SIM115  # closed below
    with stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield number, line


def _read_line(line: str) -> tuple[str, dict[str, object]]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(f"not JSON ({error})", cure='Write {"question": "…"}.') from None
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        raise InputError('no text under "question"', cure='Write {"question": "…"}.')
    return checked(value["question"]), {"id": value["id"]} if "id" in value else {}


def checked(text: str) -> str:
    """Returns the question without the white space around it; raises `InputError` for none or too much."""
    text = text.strip()
    if not text:
        raise InputError("The question is empty.", cure="Ask in your own words: who owns data quality?")
    if len(text) > MAX_QUESTION:
        raise InputError(f"The question has {len(text):,} characters; {MAX_QUESTION:,} are the most.")
    return text
