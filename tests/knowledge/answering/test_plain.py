from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.answer import Answer, Citation, Part
from knowledge.answering import to_markdown
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


def test_an_answer_reads_as_markdown() -> None:
    assert to_markdown(ANSWER) == (
        "Ana signs. [1] Bo too. [1]\n\n"
        "Bring: [1]\n\n- a card\n- a plan\n\n"
        "| a |\n| --- |\n| 1 |\n\n[1]\n\n"
        "Sources:\n1. Release review › Who signs (release-review.md, reviewed 2026-11-02)"
    )


def test_thin_evidence_and_notices_come_first() -> None:
    text = to_markdown(replace(ANSWER, weak=True, notice="The model was slow."))
    assert text.startswith("_The evidence is thin")
    assert text.index("_The model was slow._") < text.index("Ana signs.")


def test_what_is_not_found_names_the_nearest_and_whom_to_ask() -> None:
    text = to_markdown(Answer(question=ANSWER.question, nearest=(REVIEW,), ask="Ana Ruiz"))
    assert text.startswith("The documents do not answer this.")
    assert "- Release review › Who signs (release-review.md" in text
    assert text.endswith("You could ask: Ana Ruiz.")
