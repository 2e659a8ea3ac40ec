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


ROLLOUT = passage(
    """Three people sign off a model before release: the domain expert, the legal reviewer and Iris Novak.
An approval is valid for 14 days. Deepak Rao leads the rollout. He watches each release for two weeks.
The drill takes place on 12 October 2026. The audit takes place on 3 May 2027.

| Step | Share | Time |
| --- | --- | --- |
| canary | 5 % | 48 hours |
| ramp | 25 % | 24 hours |

Bring these to the review:

- the model card, at most 4 pages
- the rollback plan, signed by Ana Ruiz
""",
    title="Rollout",
)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Two to three people sign off a model [1].", "2"),
        ("Four people sign off a model before release [1].", "4"),
        ("An approval is valid for 48 hours [1].", "48 h"),
        ("The canary step takes 24 hours [1].", "24 h"),
        ("The ramp step has a share of 5 % [1].", "5 %"),
        ("A model is signed off by Deepak Rao before release [1].", "'Deepak'"),
        ("Iris Novak leads the rollout [1].", "'Iris'"),
        ("The rollback plan is signed by Iris Novak [1].", "'Iris'"),
        ("The audit takes place on 12 October 2026 [1].", "date"),
        ("Three people sign off a model, and an approval is valid for two weeks [1].", "2 week"),
    ],
)
def test_what_the_passage_says_of_something_else_is_dropped(sentence: str, why: str) -> None:
    """The number, the name or the date is there, but not in the sentence, item or row that counts."""
    reason = checked(sentence, [ROLLOUT, OTHER])
    assert isinstance(reason, str), reason
    assert why in reason
    assert "where it speaks of the same" in reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign-off comes from three people: the domain expert, the legal reviewer and Iris Novak [1].",
        "Iris Novak signs a model off before its release [1].",
        "Approvals expire after 14 days [1].",
        "Three people have to sign, and their approval holds for 14 days [1].",
        "Deepak Rao watches a release for two weeks [1].",
        "For two weeks, each release is watched by Deepak Rao, who leads the rollout [1].",
        "The canary stays at 5 % for 48 hours, the ramp at 25 % for 24 hours [1].",
        "In the ramp, a share of 25 % is reached within 24 hours [1].",
        "The drill is on 12 October 2026 [1].",
        "There will be an audit on May 3, 2027 [1].",
        "The model card may have at most 4 pages [1].",
        "Ana Ruiz signs the rollback plan, and the review needs it [1].",
        "Rollout takes 48 hours in the canary step, and the standup takes five minutes [1][2].",
    ],
)
def test_a_true_paraphrase_passes(sentence: str) -> None:
    claim = checked(sentence, [ROLLOUT, OTHER])
    assert isinstance(claim, Claim), claim


@pytest.mark.parametrize("denied", ["Nobody signs off", "No one signs off"])
def test_what_is_denied_of_one_is_not_denied_of_all(denied: str) -> None:
    """A "not" about the author makes no witness for "nobody"."""
    both = passage("Three people sign off. The author does not sign. A draft belongs to nobody.")
    assert "negation" in str(checked(f"{denied} [1].", [both]))
    assert isinstance(checked("The author does not sign [1].", [both]), Claim)
    nobody = passage("Nobody signs off a model alone.")
    assert isinstance(checked("No one signs off a model alone [1].", [nobody]), Claim)


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
