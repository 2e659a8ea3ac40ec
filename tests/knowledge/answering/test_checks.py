"""One hostile sentence for each check: what a model makes up must not get through."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answering.checks import Claim, best_quote, checked, cited, harmless
from knowledge.fakes import passage

REVIEW = passage(
    """A release is approved by the legal reviewer and Iris Novak. An approval is valid for 14 days.
The pilot costs EUR 310k a year and reaches 2,000 subscribers, at most 5 % of them by phone.
Rollbacks do not need permission. The review takes place on 12 October 2026 in version 3.2.1.
At least three people take part. See https://wiki.example/release for the form.""",
    reviewed=date(2026, 9, 1),
)
OTHER = passage("The standup is written and takes five minutes.", title="Standup")


@pytest.mark.parametrize(
    "sentence",
    [
        "An approval is valid for 14 days [1].",
        "The legal reviewer and Iris Novak approve a release. [1]",
        "The pilot costs EUR 310,000 a year and reaches 2000 subscribers [1].",
        "The pilot reaches 5 percent of the subscribers by phone at most [1].",
        "Rollbacks need no permission [1].",
        "The review takes place on October 12, 2026 [1].",
        "The review is of version 3.2.1 [1].",
        "At least 3 people take part in the release review [1].",
        "The form of a release is at https://wiki.example/release [1].",
        "The release review page was reviewed on 2026-09-01 [1].",
    ],
)
def test_what_the_passage_says_passes(sentence: str) -> None:
    claim = checked(sentence, [REVIEW, OTHER])
    assert isinstance(claim, Claim), claim
    assert claim.numbers == (1,)
    assert "[1]" not in claim.text


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("An approval is valid for 14 days.", "cites no passage"),
        ("An approval is valid for 14 days [7].", "cites no passage"),
        ("An approval is valid for 40 days [1].", "40 day"),
        ("An approval is valid for 14 weeks [1].", "14 week"),
        ("An approval is valid for fourteen hours, that is 14 hours [1].", "14 h"),
        ("The pilot costs EUR 310 a year [1].", "310 EUR"),
        ("The pilot costs USD 310k a year [1].", "310000 USD"),
        ("The pilot reaches 20,000 subscribers [1].", "20000"),
        ("At least 5 % of the subscribers are reached by phone [1].", "5 %"),
        ("At most three people take part [1].", "3"),
        ("Five people take part [1].", "5"),
        ("The review takes place on 13 October 2026 [1].", "date"),
        ("The review takes place on 12 October 2025 [1].", "date"),
        ("The review is of version 3.2.2 [1].", "3.2.2"),
        ("A release is approved by the legal reviewer and Deepak Rao [1].", "Deepak"),
        ("Deepak approves a release with the legal reviewer [1].", "Deepak"),
        ("Rollbacks need permission [1].", "negation"),
        ("An approval is never valid for 14 days [1].", "negation"),
        ("The legal reviewer does not approve a release [1].", "negation"),
        ("The weather decides about birds in summer [1].", "too few"),
        ("Somebody quietly decides about many birds each summer [1].", "'Somebody'|too few"),
        ("The form of a release is at https://evil.example/release [1].", "address"),
        ("[1]", "empty"),
    ],
)
def test_what_the_passage_does_not_say_is_dropped(sentence: str, why: str) -> None:
    reason = checked(sentence, [REVIEW, OTHER])
    assert isinstance(reason, str), reason
    assert any(part.strip("'") in reason for part in why.split("|")), reason


def test_a_claim_is_checked_against_the_passages_it_cites_and_no_other() -> None:
    """The right sentence with the wrong number is a wrong citation."""
    assert isinstance(checked("An approval is valid for 14 days [2].", [REVIEW, OTHER]), str)


def test_a_false_number_beside_a_true_one_is_taken_out() -> None:
    claim = checked("An approval is valid for 14 days [1][9].", [REVIEW, OTHER])
    assert isinstance(claim, Claim)
    assert claim.numbers == (1,)


def test_two_passages_may_bear_a_sentence_together() -> None:
    claim = checked(
        "An approval is valid for 14 days and the standup takes five minutes [1, 2].", [REVIEW, OTHER]
    )
    assert isinstance(claim, Claim)
    assert claim.numbers == (1, 2)


def test_marks_are_read_in_every_form() -> None:
    assert cited("A [1] b [2, 3] c [1][4]; d [99]", 4) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("See [the page](https://evil.example).", "See the page."),
        ("Pixel ![x](https://evil.example/p.png) here.", "Pixel here."),
        ("Hello <!channel> and <@U123> all.", "Hello and all."),
        ("Ask @channel or @ana.", "Ask channel or ana."),
        ("A <b>bold</b> claim.", "A bold claim."),
        ("Write to a@b.example.", "Write to a@b.example."),
        ("[x](https://a.example|y><!channel>)", "x"),
    ],
)
def test_nothing_in_a_model_s_text_links_or_calls(text: str, plain: str) -> None:
    assert harmless(text) == plain


def test_the_quote_is_the_sentence_that_bears_the_claim() -> None:
    start, end = best_quote("Approvals are valid for 14 days", REVIEW)
    assert REVIEW.text[start:end] == "An approval is valid for 14 days."
