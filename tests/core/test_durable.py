"""The durable engine: once, to the end, across kills; on a real SQLite file and a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.durable import Durable, DurableClient, Json
from core.errors import InputError

HERE = Path(__file__).parent
RECOVERY_EVERY_S = 0.5


class Stage:
    """Engines of one test, closed at its end; one runs at a time."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home, self.database_url = home, database_url
        self.seen: list[str] = []
        self.opened: list[Durable] = []

    def engine(self, *runs: tuple[str, Callable[[Json], None]]) -> Durable:
        durable = Durable(home=self.home, database_url=self.database_url, recovery_every_s=RECOVERY_EVERY_S)
        durable.workflow("note", lambda argument: self.seen.append(argument["name"]))
        for name, run in runs:
            durable.workflow(name, run)
        durable.queue("line")
        self.opened.append(durable)
        return durable

    def victim(self, *, wait_s: float = 30.0) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(HERE / "durable_process.py"), str(self.home), self.database_url]
        command += [str(self.log), str(wait_s)]
        root = str(HERE.parent.parent)
        environment = {"PYTHONPATH": root, "PATH": "/usr/bin:/bin"}
        process = subprocess.Popen(command, cwd=root, env=environment)  # noqa: S603  # our own script
        wait_for(lambda: any(line.startswith("begun") for line in self.lines()), within=30)
        wait_for(lambda: sum(line.startswith("first") for line in self.lines()) == 10, within=30)
        return process

    @property
    def log(self) -> Path:
        return self.home / "log.txt"

    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def worker(self, durable_box: list[Durable]) -> tuple[str, Callable[[Json], None]]:
        """Returns the victim's workflow, as the next process has it."""

        def note(words: str) -> Json:
            with self.log.open("a", encoding="utf-8") as file:
                file.write(words + "\n")
            return {}

        def run(argument: Json) -> None:
            name = argument["name"]
            durable_box[0].step("first", lambda: note(f"first {name}"))
            durable_box[0].step("second", lambda: note(f"second {name}"))

        return "work", run


def wait_for(condition: Callable[[], bool], *, within: float = 10.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = (
        request.getfixturevalue("postgresql_url")
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path / 'muster.db'}"
    )
    (tmp_path / "home").mkdir()
    stage = Stage(tmp_path / "home", url)
    yield stage
    for durable in stage.opened:
        durable.close(within=0.1)


def test_same_key_runs_once(stage: Stage) -> None:
    durable = stage.engine()
    durable.launch()
    for _ in range(3):
        durable.start("note", "T1:C1:17", {"name": "a"})
    durable.start("note", "T1:C1:18", {"name": "b"})
    wait_for(lambda: len(stage.seen) == 2)
    time.sleep(0.3)
    assert sorted(stage.seen) == ["a", "b"]


def test_same_key_runs_once_across_a_restart(stage: Stage) -> None:
    first = stage.engine()
    first.launch()
    first.start("note", "k", {"name": "a"})
    wait_for(lambda: bool(first.finished("note", "k")))
    first.close()
    second = stage.engine()
    second.launch()
    second.start("note", "k", {"name": "a"})
    time.sleep(0.5)
    assert stage.seen == ["a"]


def test_an_empty_key_is_refused(stage: Stage) -> None:
    durable = stage.engine()
    durable.launch()
    with pytest.raises(InputError, match="needs a key"):
        durable.start("note", "", {"name": "a"})


def test_one_workflow_is_registered_once(stage: Stage) -> None:
    with pytest.raises(InputError, match="'note' is registered twice"):
        stage.engine(("note", lambda _: None))


def test_a_partition_keeps_its_order_and_never_runs_two_at_once(stage: Stage) -> None:
    running: list[int] = []
    most: list[int] = []
    order: list[int] = []

    def run(argument: Json) -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.02)
        order.append(argument["number"])
        running.pop()

    durable = stage.engine(("slow", run))
    durable.launch()
    for number in range(5):
        durable.start("slow", str(number), {"number": number}, queue="line", partition="C1")
    wait_for(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]
    assert max(most) == 1


def test_a_busy_partition_holds_up_no_other(stage: Stage) -> None:
    gate = threading.Event()

    def hold(_: Json) -> None:
        gate.wait(10)

    durable = stage.engine(("hold", hold))
    durable.launch()
    durable.start("hold", "1", {}, queue="line", partition="C1")
    durable.start("note", "2", {"name": "other"}, queue="line", partition="C2")
    wait_for(lambda: stage.seen == ["other"])
    assert durable.finished("hold", "1") is False
    gate.set()


def test_a_client_starts_what_a_running_engine_does(stage: Stage) -> None:
    durable = stage.engine()
    durable.launch()
    client = DurableClient(home=stage.home, database_url=stage.database_url)
    client.start("note", "c", {"name": "from a command"}, queue="line", partition="C1")
    client.start("note", "c", {"name": "from a command"}, queue="line", partition="C1")
    client.close()
    wait_for(lambda: stage.seen == ["from a command"])
    time.sleep(0.3)
    assert stage.seen == ["from a command"]


def test_two_engines_have_two_names(stage: Stage) -> None:
    victim = stage.victim()
    durable = stage.engine()
    durable.launch()
    try:
        assert durable.executor == "muster-2"
    finally:
        victim.kill()
        victim.wait()


def test_a_killed_process_is_gone_on_with_after_a_restart(stage: Stage) -> None:
    """Steps that had finished are not repeated; each workflow comes to its end once."""
    victim = stage.victim()
    victim.kill()
    victim.wait()
    box: list[Durable] = []
    durable = stage.engine(stage.worker(box))
    box.append(durable)
    durable.launch()
    assert durable.executor == "muster-1"
    wait_for(lambda: sum(line.startswith("second") for line in stage.lines()) == 10)
    assert sorted(line for line in stage.lines() if line.startswith("first")) == [
        f"first {n}" for n in range(10)
    ]
    assert sorted(line for line in stage.lines() if line.startswith("second")) == [
        f"second {n}" for n in range(10)
    ]


def test_a_living_process_is_left_alone_and_a_dead_one_taken_over(stage: Stage) -> None:
    victim = stage.victim()
    box: list[Durable] = []
    durable = stage.engine(stage.worker(box))
    box.append(durable)
    durable.launch()
    try:
        time.sleep(3 * RECOVERY_EVERY_S)
        assert not any(line.startswith("second") for line in stage.lines())
    finally:
        victim.kill()
        victim.wait()
    wait_for(lambda: sum(line.startswith("second") for line in stage.lines()) == 10, within=20)
    assert len(stage.lines()) == 21


def test_closing_lets_running_work_finish(stage: Stage) -> None:
    def slow(_: Json) -> None:
        time.sleep(0.5)
        stage.seen.append("slow")

    durable = stage.engine(("slow", slow))
    durable.launch()
    durable.start("slow", "1", {})
    wait_for(lambda: durable.finished("slow", "1") is False)
    assert durable.close(within=5) is True
    assert stage.seen == ["slow"]


def test_what_waits_at_shutdown_is_gone_on_with(stage: Stage) -> None:
    """A pause ends at shutdown without an outcome, so the next engine runs the workflow again."""
    box: list[Durable] = []

    def patient(argument: Json) -> None:
        stage.seen.append("begun")
        if argument["name"] not in stage.seen:
            stage.seen.append(argument["name"])
            box[-1].pause(60)
        stage.seen.append("ended")

    first = stage.engine(("patient", patient))
    box.append(first)
    first.launch()
    first.start("patient", "1", {"name": "p"})
    wait_for(lambda: "p" in stage.seen)
    assert first.close(within=0.1) is False
    second = stage.engine(("patient", patient))
    box.append(second)
    second.launch()
    wait_for(lambda: "ended" in stage.seen)
    assert stage.seen == ["begun", "p", "begun", "ended"]


def test_a_failed_workflow_is_logged_with_its_id(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Json) -> None:
        raise RuntimeError("no such thing")

    durable = stage.engine(("broken", broken))
    durable.launch()
    durable.start("broken", "7", {})
    wait_for(lambda: bool(durable.finished("broken", "7")))
    assert any("id=broken:7" in record.getMessage() for record in caplog.records)
