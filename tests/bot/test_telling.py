"""An answer as it comes out of a terminal, and out of a pipe, while a model still writes it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import Application, build
from bot.telling import Telling, tell
from core.errors import UnavailableError
from core.llm_fakes import ScriptedModel
from core.settings import load_settings
from knowledge.answer import Part
from knowledge.documents.embeddings.fakes import HashingEmbedding
from tests.model_server import chunk, raw, serving

RELEASE = """\
# Release review

The legal reviewer and the domain expert sign off a model before release. An approval is valid for 14 days.

Bring these:

- the model card
- the rollback plan
"""
QUESTION = "who signs off a model before release?"
FIRST = "The legal reviewer and the domain expert sign off a model before release"
SECOND = "An approval is valid for 14 days"
LIST = "Bring these:\n\n- the model card [1]\n- the rollback plan [1]\n"
MUSTER = str(Path(sys.executable).with_name("muster"))


def application(home: Path, model: ScriptedModel | None) -> Application:
    home.mkdir(exist_ok=True)
    (home / "release.md").write_text(RELEASE)
    made = build(load_settings(home=home / "home"), embedding=HashingEmbedding(), model=model)
    made.ingest([str(home / "release.md")])
    return made


def told(home: Path, model: ScriptedModel | None, **options: object) -> str:
    console = Console(file=io.StringIO(), highlight=False, **options)  # type: ignore[arg-type]  # as given
    with application(home, model) as made:
        tell(made, QUESTION, console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_pipe_gets_each_part_once_and_the_sources_below(tmp_path: Path) -> None:
    output = told(tmp_path, ScriptedModel(f"{FIRST} [1]. {SECOND} [1].\n\n{LIST}"))
    assert output.startswith(
        f"{FIRST}. [1] {SECOND}. [1]\n\n"
        "Bring these: [1]\n\n- the model card\n- the rollback plan\n\n[1] Release review"
    )
    assert output.count(FIRST) == 2  # in the answer and in its quote


def test_a_terminal_breaks_the_lines_between_words(tmp_path: Path) -> None:
    model = ScriptedModel(f"{FIRST} [1]. {SECOND} [1].\n\n{LIST}")
    output = told(tmp_path, model, width=40, color_system=None, force_terminal=True)
    lines = output.rpartition("\x1b[2K")[2].splitlines()
    assert lines[:4] == [
        "The legal reviewer and the domain expert",
        "sign off a model before release. [1] An",
        "approval is valid for 14 days. [1]",
        "",
    ]
    assert any("• the model card" in line for line in lines)


def test_bold_and_code_are_shown_on_a_terminal_and_left_as_written_elsewhere() -> None:
    part = Part(text="Ana **never** runs `make`.", citations=(1,))
    shown = {}
    for terminal in (True, False):
        console = Console(file=io.StringIO(), force_terminal=terminal, color_system=None)
        telling = Telling(console)
        telling.hear(part, ())
        telling.end_line()
        assert isinstance(console.file, io.StringIO)
        shown[terminal] = console.file.getvalue()
    assert shown == {True: "Ana never runs make. [1]\n", False: "Ana **never** runs `make`. [1]\n"}


def test_what_was_told_stays_and_the_reason_for_the_rest_stands_below(tmp_path: Path) -> None:
    model = ScriptedModel(f"{SECOND} [1]. The legal", fails_with=UnavailableError("The connection broke."))
    output = told(tmp_path, model)
    assert output.startswith(f"{SECOND}. [1] {FIRST}. [1]\n\nThe connection broke, so the rest is quoted")
    assert output.count(f"{SECOND}. [1]") == 1


def test_a_quoted_answer_is_told_whole(tmp_path: Path) -> None:
    assert told(tmp_path, None).startswith(f"{FIRST}. [1]")
    assert told(tmp_path / "other", ScriptedModel("NOT FOUND")).startswith(
        "The documents do not answer that."
    )


@pytest.fixture
def environment(tmp_path: Path, models: Path) -> dict[str, str]:
    """A home with the real embedding, for a process of its own."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    (tmp_path / "release.md").write_text(RELEASE)
    with build(load_settings(home=home)) as made:
        made.ingest([str(tmp_path / "release.md")])
    return {"MUSTER_HOME": str(home), "PATH": os.environ["PATH"], "OPENAI_API_KEY": "sk-test"}


@pytest.mark.parametrize("command", [["ask", QUESTION], ["chat"]])
def test_the_first_sentence_is_out_while_the_model_still_writes(
    environment: dict[str, str], command: list[str]
) -> None:
    """The server keeps the rest back until the reader has seen the first sentence."""
    seen = threading.Event()

    def wait(request: BaseHTTPRequestHandler) -> None:
        assert seen.wait(60)
        for event in (chunk(" is valid for 14 days [1]."), chunk(None, "stop"), "data: [DONE]"):
            request.wfile.write(f"{event}\n\n".encode())

    with serving(raw(chunk(f"{FIRST} [1]. "), chunk("An approval"), then=wait)) as server:
        process = subprocess.Popen(  # noqa: S603  # ours
            [MUSTER, *command],
            env=environment | {"OPENAI_BASE_URL": server.url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with process:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{QUESTION}\n".encode())
            process.stdin.close()
            output = b""
            while FIRST.encode() not in output:
                output += os.read(process.stdout.fileno(), 4096) or pytest.fail(output.decode())
            assert SECOND.encode() not in output
            seen.set()
            output += process.stdout.read()
    assert f"{FIRST}. [1] {SECOND}. [1]\n".encode() in output
