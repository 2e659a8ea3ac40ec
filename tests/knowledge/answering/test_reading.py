"""Whether a sentence stands by itself, what a question asks for, and what a negation turns round."""

from __future__ import annotations

import pytest

from knowledge.answering.kinds import Kind, kind_of, shows, wants_many
from knowledge.answering.polarity import contradicts
from knowledge.answering.reading import leads_ahead, points_back, sends_on


@pytest.mark.parametrize(
    "text",
    [
        "This is decided later.",
        "It expires.",
        "They sign.",
        "These count.",
        "However, it may.",
        "In that case, wait.",
        "Where that engineer is away, wait.",
        "The checks themselves are elsewhere.",
        "Both sign.",
        "One of them signs.",
        "The latter signs.",
        "So nobody signs.",
        "That is the agenda.",
        "**It** expires.",
        "One that arrives late is added.",
        "A third brings the sponsor in.",
        "The last column adds the rest.",
        "Dropped ones are kept.",
        "Everything else waits.",
    ],
)
def test_openings_that_need_what_came_before(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "There are three signers.",
        "The sponsor signs.",
        "After the review, sign.",
        "Thistles grow.",
        "Items expire.",
        "If the sponsor is away, the deputy signs it.",
        "Soon the review starts.",
    ],
)
def test_openings_that_stand_by_themselves(text: str) -> None:
    assert not points_back(text)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who signs?", "person"),
        ("and who signs?", "person"),
        ("which team owns it?", "person"),
        ("when does it expire?", "time"),
        ("how long is it valid?", "time"),
        ("how often do we meet?", "rhythm"),
        ("how many days does it take?", "time"),
        ("how many people sign?", "number"),
        ("what threshold counts?", "number"),
        ("how do I roll back?", "procedure"),
        ("what are the steps?", "procedure"),
        ("what are the limits?", "list"),
        ("which documents do I bring?", "list"),
        ("what does a data engineer do?", "list"),
        ("what is drift?", "definition"),
        ("what does accountable mean?", "definition"),
        ("what has to be in a delivery?", "list"),
        ("what goes into the status?", "list"),
        ("whats needed for a release?", "list"),
        ("why is it red?", "reason"),
        ("release review", "other"),
    ],
)
def test_the_form_of_a_question_tells_its_kind(question: str, kind: Kind) -> None:
    assert kind_of(question) == kind


def test_a_lead_in_may_point_ahead() -> None:
    assert leads_ahead("These limits hold:")
    assert not leads_ahead("It takes three steps:")


def test_sentences_that_only_send_on() -> None:
    assert sends_on("See Release review.")
    assert sends_on("Next, draw the map.")
    assert not sends_on("The next review is on Monday.")


def test_lists_and_steps_are_several_things() -> None:
    assert wants_many("which documents do I bring?")
    assert wants_many("how do I roll back?")
    assert not wants_many("what does accountable mean?")
    assert not wants_many("when does it expire?")


def test_an_answer_shows_what_was_asked_for() -> None:
    assert shows("person", "The legal reviewer signs.")
    assert shows("person", "It was signed by Grace Kim.")
    assert shows("time", "within 14 days")
    assert shows("rhythm", "The calendar says: daily at 09:00.")
    assert shows("rhythm", "Rows are confirmed every second week.")
    assert not shows("rhythm", "It takes 15 minutes.")
    assert shows("number", "three of them")
    assert not shows("number", "some of them")
    assert not shows("other", "14 days")


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Rollbacks need permission.", "Rollbacks do not need permission."),
        ("Rollbacks do not need permission.", "Rollbacks need permission."),
        (
            "The author signs the model.",
            "The author of a model never signs it, nor does the author's deputy.",
        ),
        ("A partner can approve a release.", "A partner cannot approve a release."),
        ("The model works without labels.", "The model works with labels."),
    ],
)
def test_a_negation_on_one_side_is_a_contradiction(claim: str, evidence: str) -> None:
    assert contradicts(claim, [evidence, "Something else stands here."])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Rollbacks need no permission.", "Rollbacks do not need permission."),
        ("The sponsor signs.", "The sponsor signs, but the author does not decide."),
        ("The release takes no more than 14 days.", "The release takes at most 14 days."),
        ("Nobody may sign alone.", "No one may sign alone."),
    ],
)
def test_the_same_polarity_is_none(claim: str, evidence: str) -> None:
    assert not contradicts(claim, [evidence])
