"""Short questions in a conversation, understood without a model."""

from __future__ import annotations

import pytest

from knowledge.answering.follow_ups import leans_on_history, understood
from knowledge.answering.kinds import kind_of
from knowledge.passages import Question, Turn

BEFORE = Turn(
    question="Who signs off the churn model before release?",
    answer="The legal reviewer and the domain expert sign it off.",
)


def follow_up(text: str, *history: Turn) -> Question:
    return Question(text=text, history=history or (BEFORE,))


@pytest.mark.parametrize(
    "text",
    [
        "and for fraud?",
        "what about the fraud model?",
        "who approves it?",
        "why?",
        "when?",
        "how often does that happen?",
        "does it expire?",
        "and when they are away?",
        "for fraud?",
        "after release?",
        "fraud?",
        "how long is it valid?",
        "And who tells them?",
        "what are the other ones?",
    ],
)
def test_a_short_question_leans_on_what_came_before(text: str) -> None:
    assert leans_on_history(follow_up(text))
    assert not leans_on_history(Question(text=text))


@pytest.mark.parametrize(
    "text",
    [
        "Who owns data quality?",
        "what is drift?",
        "How do I run a benefits map workshop?",
        "Does the model card say who owns it?",
        "In which stage do we draw the benefits map?",
        "What happens when the accountable person is away?",
        "Is there a rule that the author must not sign a release?",
        "What skills does a prompt engineer need?",
        "how long is an approval valid?",
    ],
)
def test_a_question_that_stands_by_itself_is_left_alone(text: str) -> None:
    assert understood(follow_up(text)) == text


def test_an_ellipsis_keeps_what_was_asked_before() -> None:
    meant = understood(follow_up("and for fraud?"))
    assert meant == "Who signs off the churn model before release, and for fraud?"
    assert kind_of(meant) == "person"


def test_a_question_of_its_own_takes_over_the_topic() -> None:
    meant = understood(follow_up("how long is it valid?"))
    assert meant.startswith("how long is it valid?")
    assert {"churn", "model", "release"} <= set(meant.strip("()").replace("(", "").split())
    assert kind_of(meant) == "time"


def test_a_bare_why_asks_about_the_whole_question_before() -> None:
    assert "signs off the churn model" in understood(follow_up("why?"))


def test_follow_ups_of_follow_ups_keep_the_topic() -> None:
    second = Turn(question="and for fraud?", answer="The same three people.")
    meant = understood(follow_up("why?", BEFORE, second))
    assert "churn model" in meant
    assert "fraud" in meant


def test_a_new_question_ends_the_old_topic() -> None:
    second = Turn(question="How often is the standup digest posted?", answer="Every day at 15:00.")
    meant = understood(follow_up("who reads it?", BEFORE, second))
    assert "standup" in meant
    assert "churn" not in meant


def test_where_the_question_before_names_nothing_its_answer_does() -> None:
    meant = understood(
        follow_up("who approves it?", Turn(question="why?", answer="Retraining costs EUR 300."))
    )
    assert "retraining" in meant
