"""An ingest killed at any moment leaves an index that answers, and the next run mends it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.db import open_engine
from core.settings import Settings
from knowledge.documents.opening import open_documents
from knowledge.passages import Question
from tests.knowledge.documents.library import Library, fresh_contents

DOCUMENTS = 24
SECTIONS = 40


def write_handbook(library: Library, edition: int) -> None:
    """Writes documents of which a third differ from the edition before, and one comes and goes."""
    for number in range(DOCUMENTS):
        last_change = edition - (edition + number) % 3
        sections = (
            f"## Rule {part} of {number}\n\nIn edition {last_change} rule {part} of {number} says to ask "
            f"the owner of topic{number * SECTIONS + part} first. Then, and only then, "
            + "one goes on with the work as it was planned. "
            * 2
            for part in range(SECTIONS)
        )
        library.write(f"{number:02}.md", f"# Book {number}\n\n" + "\n\n".join(sections))
    passing = library.folder / "passing.md"
    if edition % 2:
        passing.write_text(f"# Passing\n\nThis stands in edition {edition} only.\n")
    else:
        passing.unlink(missing_ok=True)


def start(library: Library) -> subprocess.Popen[bytes]:
    """Starts an ingest in a process of its own and waits until it begins."""
    command = [sys.executable, "-m", "tests.knowledge.documents.ingest_process"]
    arguments = [str(library.settings.home), str(library.folder), "0.05"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE)  # noqa: S603  # our own
    assert process.stdout
    assert process.stdout.readline() == b"begins\n"
    return process


def kill_after(library: Library, seconds: float) -> bool:
    """Kills an ingest so many seconds after it began; tells whether it was still at work."""
    process = start(library)
    time.sleep(seconds)
    process.kill()
    process.communicate()
    return process.returncode != 0


def duration(library: Library) -> float:
    started = time.monotonic()
    assert start(library).communicate()[0] == b"ends\n"
    return time.monotonic() - started


def answers_whole(settings: Settings, library: Library) -> None:
    """A reader finds a document in one edition, never a mix of two."""
    engine = open_engine(settings.records_url)
    found = open_documents(settings, engine, library.embedding).search(
        Question(text="ask the owner of topic85 in book 2"), limit=40
    )
    of_book = [passage.text for passage in found if passage.title == "Book 2"]
    editions = {text.split("In edition ")[1].split(" ")[0] for text in of_book if "In edition " in text}
    engine.dispose()
    assert len(editions) == 1


def kill_and_mend(library: Library, moments: list[float], tmp_path: Path) -> int:
    """Kills a run at each of the moments (0 to 1 of its time), changing documents between; then mends."""
    write_handbook(library, 0)
    whole = duration(library)
    killed = 0
    for edition, moment in enumerate(moments, 1):
        write_handbook(library, edition)
        killed += kill_after(library, moment * whole)
        answers_whole(library.settings, library)
    report = library.ingest()
    assert not report.failed
    assert library.contents() == fresh_contents(library.folder, tmp_path / "fresh")
    return killed


def test_eight_kills_end_in_the_index_of_an_undisturbed_run(library: Library, tmp_path: Path) -> None:
    moments = [0.05, 0.1, 0.2, 0.25, 0.35, 0.45, 0.55, 0.65]
    assert kill_and_mend(library, moments, tmp_path) >= 5


def test_kill_in_the_very_first_run_is_mended(library: Library, tmp_path: Path) -> None:
    write_handbook(library, 1)
    kill_after(library, 0.9)
    library.ingest()
    assert library.contents() == fresh_contents(library.folder, tmp_path / "fresh")


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(6))
def test_many_kills_at_random_moments(library: Library, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    kill_and_mend(library, [chance.random() for _ in range(25)], tmp_path)
