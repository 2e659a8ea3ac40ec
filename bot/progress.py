"""How an ingest shows its progress and its result: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from core.text import printable
from knowledge.documents.report import IngestReport, OnProgress, Progress

EVERY = 50
"""Where there is no terminal, a line is printed every so many documents."""


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[OnProgress | None]:
    """Gives what ingest calls as it goes on; shows on stderr, so that output can be piped."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Indexing", total=None)
            yield lambda at: bar.update(task, total=at.total, completed=at.done)
    else:
        yield _print_line


def _print_line(at: Progress) -> None:
    if at.done and at.done % EVERY == 0:
        print(f"{at.done} of {at.total} documents", file=sys.stderr)  # noqa: T201  # its purpose


def print_report(report: IngestReport, *, as_json: bool) -> None:
    """Prints what an ingest did: what could not be read first, by name, then the counts."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    if as_json:
        console.print(json.dumps(asdict(report) | {"failed": report.failed}, ensure_ascii=False))
        return
    for skipped in report.skipped:
        if skipped.failed:
            console.print(printable(f"Skipped {skipped.source}: {skipped.reason}"), style="red")
    for warned in report.warnings:
        console.print(printable(f"Warning {warned.source}: {warned.warning}"), style="yellow")
    console.print(summary(report))


def summary(report: IngestReport) -> str:
    """Returns the counts as one sentence."""
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "skipped": sum(skipped.failed for skipped in report.skipped),
        "passed over (no documents)": sum(not skipped.failed for skipped in report.skipped),
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "nothing found"
    work = f"{report.chunks:,} chunks, {report.embedded:,} texts embedded in {report.seconds:.1f} s"
    return f"Documents: {told}; {work}."
