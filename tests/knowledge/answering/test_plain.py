from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.answer import Answer, Citation, Part
from knowledge.answering.plain import NOT_FOUND, body, not_found
from knowledge.fakes import passage
from knowledge.passages import Question

REVIEW = passage("Ana signs. Bo too.", heading=("Who signs",), reviewed=date(2026, 11, 2))
ANSWER = Answer(
    question=Question(text="who signs?"),
    parts=(
        Part(text="Ana signs.", citations=(1,)),
        Part(text="Bo too.", citations=(1,)),
        Part(text="Bring:\n\n- a card\n- a plan", citations=(1,), layout="list"),
        Part(text="| a |\n| --- |\n| 1 |", citations=(1,), layout="table"),
    ),
    citations=(Citation(number=1, passage=REVIEW, quote="Ana signs."),),
    found=True,
)


def test_an_answer_reads_as_text_with_its_marks() -> None:
    """Sentences run on; a mark stands behind a lead-in, and below what has none."""
    assert body(ANSWER) == (
        "Ana signs. [1] Bo too. [1]\n\nBring: [1]\n\n- a card\n- a plan\n\n| a |\n| --- |\n| 1 |\n\n[1]"
    )


def test_what_is_not_found_names_the_nearest_and_whom_to_ask() -> None:
    blank = Answer(question=ANSWER.question)
    assert not_found(blank) == NOT_FOUND
    assert not_found(replace(blank, nearest=(REVIEW,), ask="Ana Ruiz")) == (
        f"{NOT_FOUND}\nNearest: Release review › Who signs (release-review.md).\nYou could ask: Ana Ruiz."
    )


def test_a_notice_says_why_nothing_was_found() -> None:
    assert not_found(Answer(question=ANSWER.question, notice="Nothing is indexed.")) == "Nothing is indexed."
