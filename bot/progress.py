"""How an ingest shows its progress and its result: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from core.text import printable
from knowledge.documents.report import IngestReport, OnProgress, Progress

EVERY_DOCUMENTS = 10
EVERY_SECONDS = 5.0
"""Where there is no terminal, a line is printed after so many documents or so long, whichever comes first."""
STOPPED = 130
"""What a shell expects of a command that Ctrl-C has ended."""


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[OnProgress]:
    """Gives what ingest calls as it goes on; shows on stderr, so that output can be piped.

    Ctrl-C within ends the command with a sentence that says how far it came.
    """
    latest: Progress | None = None
    try:
        with _display(quiet=quiet) as show:

            def told(at: Progress) -> None:
                nonlocal latest
                latest = at
                show(at)

            yield told
    except KeyboardInterrupt:
        typer.echo(stopped(latest), err=True)
        raise typer.Exit(code=STOPPED) from None


def stopped(at: Progress | None) -> str:
    """Returns what is said where an ingest is broken off; None is before its first document."""
    if at is None:
        return "Stopped before the first document; run it again to go on."
    return f"Stopped: {at.kept:,} of {at.total:,} documents are in; run it again to go on."


@contextmanager
def _display(*, quiet: bool) -> Iterator[OnProgress]:
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Indexing", total=1.0)
            yield lambda at: bar.update(task, completed=at.share, description=f"Indexing {counted(at)}")
    else:
        yield Lines(lambda line: typer.echo(line, err=True)).tell


class Lines:
    """A plain line now and then: often enough to see that it goes on, too seldom to fill a log."""

    def __init__(self, say: Callable[[str], None], *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._seconds = seconds
        self._said_at = seconds()
        self._done = 0

    def tell(self, at: Progress) -> None:
        """Says how far the ingest is where the last line is some documents or seconds old."""
        now = self._seconds()
        new = at.done > self._done
        waited = now - self._said_at >= EVERY_SECONDS
        if not waited and at.done < self._done + EVERY_DOCUMENTS and not (new and at.done == at.total):
            return
        self._say(f"{counted(at)} documents ({int(at.share * 100)} %)")
        self._said_at, self._done = now, at.done


def counted(at: Progress) -> str:
    """Returns how many documents are done with, of how many."""
    return f"{at.done:,} of {at.total:,}"


def print_report(report: IngestReport, *, as_json: bool) -> None:
    """Prints what an ingest did: what was not indexed first, by name and reason, then the counts."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    if as_json:
        console.print(json.dumps(asdict(report) | {"failed": report.failed}, ensure_ascii=False))
        return
    for skipped in report.skipped:
        if not skipped.other:
            style = "red" if skipped.failed else "yellow"
            console.print(printable(f"Skipped {skipped.source}: {skipped.reason}"), style=style)
    for warned in report.warnings:
        console.print(printable(f"Warning {warned.source}: {warned.warning}"), style="yellow")
    console.print(summary(report))


def summary(report: IngestReport) -> str:
    """Returns the counts in two short sentences."""
    others = sum(skipped.other for skipped in report.skipped)
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "skipped": len(report.skipped) - others,
        f"other {_plural(others, 'file')} passed over": others,
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "Nothing found"
    return f"{told}. {_work(report)} ({report.seconds:.1f} s)."


def _work(report: IngestReport) -> str:
    passages = f"{report.chunks:,} {_plural(report.chunks, 'passage')}"
    if report.chunks and not report.embedded:
        return f"{passages}, nothing to index anew"
    return f"{passages} indexed"


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
