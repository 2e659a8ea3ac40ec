"""The registers as a source of passages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.fakes import FrozenClock
from knowledge.passages import Passage, PassageSource, Question
from knowledge.registers.permissions import Editor
from knowledge.registers.registers import Registers
from knowledge.registers.registrar import Registrar

STARTER_QUESTIONS = Path(__file__).parents[3] / "benchmarks" / "starter_questions.jsonl"


@pytest.fixture
def registers(database: Engine, clock: FrozenClock) -> Registers:
    """The sample team's registers."""
    return Registers(database, clock)


def first(registers: PassageSource, text: str) -> Passage:
    """The best passage for a question."""
    found = registers.search(Question(text=text))
    assert found, text
    return found[0]


ANSWERED = {
    "What is the KPI of churn?": (
        "Initiative register: churn",
        "of 2.4 % to a target of 2.0 %",
    ),
    "who is the sponsor of fraud?": ("Initiative register: fraud", "**Farid Haddad** is the sponsor"),
    "which models have no owner?": ("Model register: owners", "No model is without an owner."),
    "what did we decide about retraining?": (
        "Decision: Retrain churn",
        "**Ana Ruiz** decided on churn",
    ),
    "who owns data quality on churn?": (
        "RACI register: churn / own data quality",
        "**Iris Novak** is accountable for data quality on churn; responsible: Deepak Rao.",
    ),
    "who's accountable for releasing fraud": (
        "RACI register: fraud / approve release",
        "**Ben Carter** is accountable for approving release on fraud",
    ),
    "which version of fraud is in production?": ("Model register: fraud", "2.3.1, since 26 August 2026"),
    "which initiatives are at risk?": ("Initiative register: initiatives at risk", "- **fraud** is at risk"),
    "who is the data engineer?": ("People register: data engineer", "is **Deepak Rao**."),
    "when is Jonas away?": ("People register: Jonas Lind", "Chloe Martin stands in as deputy"),
    "which guardrail does triage have": ("Initiative register: triage", "8 % of tickets routed twice"),
    "which roles are not filled?": ("RACI register: roles", "legal reviewer"),
    "what is Hugo accountable for": ("People register: Hugo Weber", "defining KPI measurement on churn"),
}


@pytest.mark.parametrize("question", ANSWERED)
def test_questions_are_answered_from_the_registers(registers: Registers, question: str) -> None:
    source, said = ANSWERED[question]
    passage = first(registers, question)
    assert passage.source.startswith(source)
    assert said in passage.text
    assert passage.confidence > 0.8


@pytest.mark.parametrize(
    "question",
    [
        "what does a data engineer do?",
        "what are the five stages of an initiative",
        "how fast does the sponsor have to decide",
        "is churn low, medium or high risk",
        "what does consulted mean in our raci",
        "who is the CEO of our biggest competitor",
        "",
    ],
)
def test_documents_are_left_their_questions(registers: Registers, question: str) -> None:
    assert registers.search(Question(text=question)) == []


def test_of_120_everyday_questions_only_those_about_the_registers_are_taken(registers: Registers) -> None:
    """None without an answer, and none that a register would answer less well than a document."""
    lines = [json.loads(line) for line in STARTER_QUESTIONS.read_text(encoding="utf-8").splitlines()]
    taken = [line for line in lines if registers.search(Question(text=line["question"]))]
    assert all(line["source"] for line in taken)
    for line in taken:
        passage = first(registers, line["question"])
        assert passage.confidence <= 0.45 or any(wanted in passage.text for wanted in line["answer"]), line


def test_a_row_changed_a_moment_ago_answers_at_once(
    registers: Registers, database: Engine, clock: FrozenClock
) -> None:
    assert "Deepak Rao" in first(registers, "who owns data quality on churn?").text
    row = registers.team().responsibilities["churn / own data quality"]
    ben = Editor(who="ben-carter", via="slack")
    Registrar(database, clock).save(replace(row, responsible=row.accountable), ben)
    text = first(registers, "who owns data quality on churn?").text
    assert "**Iris Novak** is accountable and responsible for data quality on churn." in text
    assert "never confirmed" in text.lower()


def test_rows_without_a_named_subject_stay_behind_documents(registers: Registers) -> None:
    passage = first(registers, "who owns data quality?")
    assert passage.confidence < 0.5


def test_spans_are_the_sentences(registers: Registers) -> None:
    for question in ("who owns data quality on churn?", "which initiatives are at risk?", "health of churn"):
        passage = first(registers, question)
        said = [passage.text[span.start : span.end] for span in passage.sentences]
        assert all(one.strip() == one and one.endswith((".", ":")) for one in said)
        assert "".join("".join(said).split()) == "".join(passage.text.split())


def test_an_empty_register_knows_nothing(empty: Engine, clock: FrozenClock) -> None:
    registers = Registers(empty, clock)
    assert registers.search(Question(text="who owns data quality on churn?")) == []
    assert not registers.who_owns("churn").found
