"""The commands as people and programs use them: the real embedding, real files, a folder of its own."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from core.errors import InputError, NotFoundError

ROOT = Path(__file__).parents[2]
Muster = Callable[..., Result]

RELEASE = """\
---
title: Release review
kind: playbook
owner: AI product manager
reviewed: 2026-10-05
review_every: 90 days
---
# Release review

## Who signs off

The legal reviewer and the domain expert sign off a model before release.

## Limits

| Step | Share | Time |
| --- | --- | --- |
| canary | 5 % | 48 hours |
| ramp | 25 % | 24 hours |
"""
RATES = """\
---
title: Partner rates
owner: Delivery lead
audience: "@dana"
---
The partner's day rate for a data engineer is EUR 260.
"""


@pytest.fixture
def muster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models: Path) -> Muster:
    """Runs a command in an empty folder; what it raises comes out as it is."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    monkeypatch.setenv("MUSTER_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments: str, stdin: str = "") -> Result:
        return runner.invoke(app, arguments, input=stdin)

    return run


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    folder = tmp_path / "handbook"
    folder.mkdir()
    (folder / "release.md").write_text(RELEASE)
    (folder / "rates.md").write_text(RATES)
    return folder


@pytest.fixture
def indexed(muster: Muster, handbook: Path) -> Muster:
    result = muster("ingest", "handbook")
    assert result.exit_code == 0, result.output
    assert handbook.is_dir()
    return muster


def test_a_question_is_answered_with_its_source(indexed: Muster) -> None:
    result = indexed("ask", "who signs off a model before release?")
    assert result.exit_code == 0
    assert "The legal reviewer and the domain expert sign off a model before release. [1]" in result.output
    assert "[1] Release review › Who signs off" in result.output
    assert "owner: AI product manager" in result.output


def test_json_has_the_documented_form(indexed: Muster) -> None:
    answer = json.loads(indexed("ask", "--json", "who signs off a model before release?").output)
    assert list(answer) == ["question", "answer", "found", "citations", "passages", "mode", "elapsed_ms"]
    assert answer["found"] is True
    assert answer["mode"] == "extractive"
    assert answer["citations"][0]["source"] == "handbook/release.md"
    assert answer["citations"][0]["heading"] == "Who signs off"
    assert answer["citations"][0]["quote"] in RELEASE
    assert set(answer["passages"][0]) == {"source", "heading", "score"}


def test_a_table_row_stays_with_its_header(indexed: Muster) -> None:
    answer = json.loads(indexed("ask", "--json", "what time does the canary step take?").output)["answer"]
    assert "| Step | Share | Time |" in answer
    assert "| canary | 5 % | 48 hours |" in answer


def test_a_batch_is_answered_line_by_line_in_order(indexed: Muster) -> None:
    lines = (
        '{"question": "what time does the canary step take?", "id": 7}\n\n{"question": "who signs off?"}\n'
    )
    result = indexed("ask", "--batch", "-", stdin=lines)
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["question"] for answer in answers] == [
        "what time does the canary step take?",
        "who signs off?",
    ]
    assert answers[0]["id"] == 7


def test_a_bad_line_of_a_batch_loses_no_other(indexed: Muster) -> None:
    result = indexed(
        "ask", "--batch", "-", stdin='nonsense\n{"question": 3}\n{"question": "who signs off?"}\n'
    )
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert first["error"].startswith("line 1: not JSON")
    assert second["error"].startswith('line 2: no text under "question"')
    assert third["found"] is True
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize(
    "arguments", [("ask",), ("ask", "  "), ("ask", "a" * 4_001), ("ask", "--batch", "none")]
)
def test_a_question_that_is_none_is_refused_with_a_cure(muster: Muster, arguments: tuple[str, ...]) -> None:
    result = muster(*arguments)
    assert isinstance(result.exception, InputError)


def test_without_documents_the_answer_says_what_to_do(muster: Muster) -> None:
    result = muster("ask", "who signs off?")
    assert "muster ingest" in result.output


def test_a_restricted_document_answers_only_those_it_is_for(indexed: Muster) -> None:
    question = "what is the partner's day rate for a data engineer?"
    everyone, dana = (
        json.loads(indexed("ask", "--json", *who, question).output) for who in ((), ("--as", "dana"))
    )
    assert "260" not in json.dumps(everyone)
    assert "rates" not in json.dumps(everyone["passages"])
    assert dana["found"]
    assert "EUR 260" in dana["answer"]


def test_documents_are_listed_for_those_who_may_read_them(indexed: Muster) -> None:
    listed = [json.loads(line) for line in indexed("documents", "list", "--json").output.splitlines()]
    assert [document["source"] for document in listed] == ["handbook/release.md"]
    assert listed[0]["review_due"] == "2027-01-03"
    as_dana = indexed("documents", "list", "--json", "--as", "@dana").output.splitlines()
    assert len(as_dana) == 2


def test_a_list_in_a_pipe_folds_no_path(muster: Muster, tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 20)
    folder.mkdir()
    (folder / "two\nlines.md").write_text(RELEASE)
    assert muster("ingest", str(folder)).exit_code == 0
    _, row = muster("documents", "list").output.splitlines()
    assert str(folder / "two\\nlines.md") in row


def test_an_answer_is_not_lost_where_it_can_not_be_recorded(indexed: Muster, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "home" / "muster.db") as database:
        database.execute("DROP TABLE questions_asked")
    found = indexed("ask", "who signs off a model before release?")
    assert found.exit_code == 0
    assert "The legal reviewer and the domain expert sign off a model before release. [1]" in found.output
    assert "could not be recorded" in found.output
    absent = indexed("ask", "what does the canteen cook on fridays?").output
    assert "The documents do not answer that. The question could not be recorded" in absent


def test_a_document_is_shown_whole_as_it_is_indexed(indexed: Muster) -> None:
    shown = indexed("documents", "show", "handbook/release.md").output
    body = RELEASE.split("---\n", 2)[2]
    for line in filter(None, body.splitlines()):
        assert line.lstrip("# ") in shown


def test_a_removed_document_answers_no_more(indexed: Muster) -> None:
    assert indexed("documents", "remove", "handbook/release.md").exit_code == 0
    assert json.loads(indexed("ask", "--json", "who signs off a model?").output)["found"] is False
    assert isinstance(indexed("documents", "remove", "handbook/release.md").exception, NotFoundError)


def test_a_changed_document_answers_anew(indexed: Muster, handbook: Path) -> None:
    (handbook / "release.md").write_text(RELEASE.replace("The legal reviewer", "The chief auditor"))
    assert "1 changed, 1 unchanged" in indexed("ingest", "handbook").output
    assert "chief auditor" in indexed("ask", "who signs off a model before release?").output


def test_what_cannot_be_read_is_named_and_the_rest_is_indexed(muster: Muster, handbook: Path) -> None:
    (handbook / "broken.pdf").write_bytes(b"%PDF-1.7 nothing of the kind")
    result = muster("ingest", "handbook")
    assert result.exit_code == 1
    assert "Skipped handbook/broken.pdf" in result.output
    assert "2 added" in result.output


def test_what_is_passed_over_is_named_with_its_reason(muster: Muster, tmp_path: Path) -> None:
    """A picture in a folder is counted; an empty file may be a mistake, wherever it lies."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "empty.md").touch()
    (folder / "picture.png").touch()
    (folder / "title.md").write_text("# Only a title\n")
    output = muster("ingest", "notes").output
    assert "Skipped notes/empty.md: holds no text" in output
    assert "Warning notes/title.md: has a heading and no text under it" in output
    assert "picture.png" not in output
    assert "1 added, 1 skipped, 1 other file passed over. 0 passages indexed (" in output
    assert "Skipped notes/empty.md: holds no text" in muster("ingest", "notes/empty.md").output


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_path_indexes_nothing(muster: Muster, handbook: Path, blank: str) -> None:
    assert handbook.is_dir()
    assert isinstance(muster("ingest", blank).exception, InputError)
    assert muster("documents", "list", "--json").output == ""


def test_ctrl_c_says_how_far_the_ingest_came(tmp_path: Path, models: Path) -> None:
    """As a shell sees it: a sentence, the code of a command that Ctrl-C ended, and no stack trace."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models)
    (tmp_path / "notes").mkdir()
    for number in range(200):
        text = " ".join(f"Note {number} says thing {at} in so many words." for at in range(60))
        (tmp_path / "notes" / f"{number}.md").write_text(f"# Note {number}\n\n{text}\n")
    command = [str(Path(sys.executable).with_name("muster")), "ingest", "notes"]
    environment = {"MUSTER_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(  # noqa: S603  # ours
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr
        assert re.match(r"\d+ of 200 documents \(\d+ %\)", running.stderr.readline())
        running.send_signal(signal.SIGINT)
        output, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert re.search(r"^Stopped: \d+ of 200 documents are in; run it again to go on\.$", said, re.MULTILINE)
    assert "Traceback" not in said
    assert output == ""


def test_an_unanswered_question_is_a_gap_under_the_nearest_owner(indexed: Muster) -> None:
    indexed("ask", "what does the canteen cook on fridays?")
    gaps = [json.loads(line) for line in indexed("gaps", "--json").output.splitlines()]
    assert [gap["question"] for gap in gaps] == ["what does the canteen cook on fridays?"]
    assert gaps[0]["owner"] == "AI product manager"
    assert "canteen" in indexed("gaps").output


def test_the_doctor_finds_a_fresh_installation_well(indexed: Muster) -> None:
    findings = {one["name"]: one for one in map(json.loads, indexed("check", "--json").output.splitlines())}
    assert {name: one["state"] for name, one in findings.items()} == {
        **dict.fromkeys(("home", "database", "embedding", "chroma", "documents", "exposure"), "ok"),
        **dict.fromkeys(("model", "slack"), "unused"),
    }


def test_the_doctor_names_the_cure_for_what_fails(
    muster: Muster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-to-be-seen")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    result = muster("check", "--json")
    findings = {one["name"]: one for one in map(json.loads, result.output.splitlines())}
    for name in ("home", "chroma", "model"):
        assert findings[name]["state"] == "failure"
        assert findings[name]["cure"]
    assert "not-to-be-seen" not in result.output
    assert result.exit_code == 1


def test_a_conversation_understands_a_follow_up_and_opens_a_source(indexed: Muster) -> None:
    asked = ["what time does the canary step take?", "and the ramp step?"]
    typed = ["/sources", "/sources 1", "/sources 9", "/nonsense", "/new", "/sources", "/quit"]
    result = indexed("chat", stdin="\n".join([*asked, *typed, ""]))
    assert result.exit_code == 0
    assert "48 hours" in result.output
    assert "24 hours" in result.output
    assert "There is no source '9'" in result.output
    assert "There is no command /nonsense" in result.output
    assert "There is no answer with sources yet." in result.output


@pytest.mark.timeout(400)  # it indexes the whole starter pack, twice
def test_the_demo_shows_answers_and_can_be_run_again(muster: Muster) -> None:
    first = muster("demo", "--terminal")
    assert first.exit_code == 0, first.output
    assert "Three people sign off a model before release" in first.output
    assert "The documents do not answer that." in first.output
    assert "nothing to index anew" in muster("demo", "--terminal").output


def test_an_error_is_a_sentence_and_a_code(tmp_path: Path) -> None:
    """The edge itself, as a shell sees it: no stack trace, the cure on a line of its own."""
    command = [str(Path(sys.executable).with_name("muster")), "ask"]
    environment = {"MUSTER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603  # ours
    assert done.returncode == InputError.exit_code
    assert done.stderr.startswith("muster: Give one question, or --batch FILE.\n  → For example:")
    assert "Traceback" not in done.stderr


def test_characters_that_are_no_text_spoil_neither_the_answer_nor_the_batch(indexed: Muster) -> None:
    """A NUL, which PostgreSQL refuses, and half a character, which the tokenizer does."""
    lines = [r'{"question": "who \u0000 signs off?"}', r'{"question": "who \ud800 signs off?"}']
    result = indexed("ask", "--batch", "-", stdin="\n".join([*lines, '{"question": "who signs off?"}']))
    assert result.exit_code == 0
    assert [json.loads(line)["found"] for line in result.output.splitlines()] == [True, True, True]


HOSTILE = "# Zorblax \x1b]0;owned\x1b\\\n\nThe zorblax limit is \x1b[31m42\x1b[0m items \x9b1m a day.\n"


def test_no_text_of_a_document_commands_the_terminal(muster: Muster, tmp_path: Path) -> None:
    """Escapes would set its title, or show a link under another's name."""
    (tmp_path / "evil\x1b[2J.md").write_text(HOSTILE)
    (tmp_path / "bad\x1b[2J.pdf").write_text("no PDF")
    said = [
        muster("ingest", str(tmp_path)),
        muster("ask", "what is the zorblax limit?"),
        muster("chat", stdin="what is the zorblax limit?\n/sources 1\n/quit\n"),
        muster("documents", "list"),
        muster("documents", "show", str(tmp_path / "evil\x1b[2J.md")),
        muster("ask", "which \x1b[31m canteen is on Mars?"),
        muster("gaps"),
    ]
    output = "".join(result.output for result in said)
    assert output.count("42") > 2
    assert "canteen" in output
    assert "\x1b" not in output
    assert "\x9b" not in output


def test_a_hidden_document_is_as_good_as_none_to_whoever_may_not_read_it(
    muster: Muster, tmp_path: Path
) -> None:
    (tmp_path / "rates.md").write_text(RATES)
    before = muster("ask", "what is the day rate?").output
    muster("ingest", str(tmp_path / "rates.md"))
    assert muster("ask", "what is the day rate?").output == before
    assert "EUR 260" in muster("ask", "--as", "dana", "what is the partner's day rate?").output


def test_the_doctor_sees_that_another_embedding_made_the_index(
    indexed: Muster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_EMBEDDING", "text-embedding-3-small")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    findings = {one["name"]: one for one in map(json.loads, indexed("check", "--json").output.splitlines())}
    assert findings["documents"]["state"] == "failure"
    assert "MUSTER_EMBEDDING=minilm" in findings["documents"]["cure"]


def test_a_model_server_without_a_key_is_not_used_and_the_doctor_says_so(
    muster: Muster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    findings = {one["name"]: one for one in map(json.loads, muster("check", "--json").output.splitlines())}
    assert findings["model"]["state"] == "warning"
    assert "OPENAI_API_KEY" in findings["model"]["cure"]


def test_the_readme_lists_every_command_and_no_other() -> None:
    from typer.main import get_command  # noqa: PLC0415  # only here

    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group
    readme = (ROOT / "README.md").read_text()
    assert set(re.findall(r"^\| `muster (\w+)", readme, re.MULTILINE)) == set(commands)
