"""Progress is seen without a terminal, and the result is said in plain words."""

from __future__ import annotations

import pytest
import typer

from bot.progress import STOPPED, Lines, print_report, shown_progress, summary
from knowledge.documents.report import IngestReport, Progress, Warned
from knowledge.documents.sources import Skipped


def at(done: int, *, total: int = 40, kept: int = 0, share: float = 0.0) -> Progress:
    return Progress(done=done, total=total, source="a.md", kept=kept, share=share)


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_every_ten_documents_are_a_line() -> None:
    said: list[str] = []
    lines = Lines(said.append, seconds=Watch())
    for done in range(41):
        lines.tell(at(done, share=done / 40))
    assert said == [
        "10 of 40 documents (25 %)",
        "20 of 40 documents (50 %)",
        "30 of 40 documents (75 %)",
        "40 of 40 documents (100 %)",
    ]


def test_slow_documents_are_a_line_every_five_seconds() -> None:
    """A long group is told of by its share while no document is done."""
    said: list[str] = []
    watch = Watch()
    lines = Lines(said.append, seconds=watch)
    for tick in range(12):
        lines.tell(at(0, share=tick / 100))
        watch.seconds += 1
    assert said == ["0 of 40 documents (5 %)", "0 of 40 documents (10 %)"]


def test_last_documents_are_a_line_once() -> None:
    said: list[str] = []
    lines = Lines(said.append, seconds=Watch())
    for done in (0, 2, 3, 3, 3):
        lines.tell(at(done, total=3, share=done / 3))
    assert said == ["3 of 3 documents (100 %)"]


def test_almost_all_is_not_shown_as_all() -> None:
    said: list[str] = []
    Lines(said.append, seconds=Watch()).tell(at(39, share=0.999))
    assert said == ["39 of 40 documents (99 %)"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([], "Stopped before the first document; run it again to go on."),
        ([at(0), at(12, kept=9)], "Stopped: 9 of 40 documents are in; run it again to go on."),
    ],
)
def test_ctrl_c_ends_in_a_sentence_and_its_own_code(
    told: list[Progress], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as caught:
        _interrupted(told)
    assert caught.value.exit_code == STOPPED == 130
    assert capsys.readouterr().err.splitlines()[-1] == sentence


def _interrupted(told: list[Progress]) -> None:
    with shown_progress(quiet=True) as progress:
        for one in told:
            progress(one)
        raise KeyboardInterrupt


def test_summary_counts_in_plain_words() -> None:
    skipped = (
        Skipped(source="fake.pdf", reason="is no PDF, or a damaged one"),
        Skipped(source="a.png", reason="is no kind of document", failed=False, other=True),
        Skipped(source="b.png", reason="is no kind of document", failed=False, other=True),
    )
    report = IngestReport(
        added=("a.md", "b.md"), removed=("c.md",), skipped=skipped, chunks=1_200, embedded=9, seconds=0.94
    )
    assert summary(report) == (
        "2 added, 1 removed, 1 skipped, 2 other files passed over. 1,200 passages indexed (0.9 s)."
    )


def test_summary_of_a_run_that_found_nothing_new_says_so() -> None:
    assert summary(IngestReport(unchanged=2, chunks=1, seconds=0.5)) == (
        "2 unchanged. 1 passage, nothing to index anew (0.5 s)."
    )
    assert summary(IngestReport()) == "Nothing found. 0 passages indexed (0.0 s)."


def test_report_names_what_a_person_may_want_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    skipped = (
        Skipped(source="scan.pdf", reason="holds no text (a scan?)", failed=False),
        Skipped(source="a.png", reason="is no kind of document", failed=False, other=True),
    )
    warned = (Warned(source="a.md", warning="kind is 'poem'"),)
    print_report(IngestReport(skipped=skipped, warnings=warned), as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Skipped scan.pdf: holds no text (a scan?)",
        "Warning a.md: kind is 'poem'",
        "1 skipped, 1 other file passed over. 0 passages indexed (0.0 s).",
    ]
