"""Sentence spans are exact, readable, and not fooled by points that end nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Use a label, e.g. Severity, on each.",
        "It fell by 2.4 % in v1.2 of the model.",
        "Ask Dr. Rao or Prof. Lind first.",
        "See Fig. 3 and No. 5 for it.",
        "J. K. Smith signs.",
        "Teams vs. Projects is a false choice.",
        "Read docs.example.org/a.html before.",
        "It takes approx. 5 days.",
        "Call main.py then stop...",
    ],
)
def test_points_inside_a_sentence_do_not_end_it(whole: str) -> None:
    assert sentences(f"{whole} Then rest.") == [whole, "Then rest."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("**Never deploy on Friday.** Ask first.", ["**Never deploy on Friday.**", "Ask first."]),
        ("It ended in 2024. The next began.", ["It ended in 2024.", "The next began."]),
        ("The answer is no. Ask again.", ["The answer is no.", "Ask again."]),
        ("Wait 30 s. 14 days later, look.", ["Wait 30 s. 14 days later, look."]),
        ("发布需要签字。谁签字？专家。", ["发布需要签字。", "谁签字？", "专家。"]),
        ("A line\nthat goes on. And more\nhere.", ["A line\nthat goes on.", "And more\nhere."]),
        ("Über alles. Änderungen folgen.", ["Über alles.", "Änderungen folgen."]),
    ],
)
def test_paragraphs_are_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_list_items_are_sentences_without_their_marks() -> None:
    text = "Check:\n\n- one thing. Then another.\n  - [x] inner\n1. first\n2) second\n   goes on"
    assert sentences(text) == [
        "Check:",
        "one thing. Then another.",
        "inner",
        "first",
        "second\n   goes on",
    ]


def test_long_items_are_cut_into_sentences() -> None:
    text = "- " + "This item goes on. " * 30
    assert set(sentences(text)) == {"This item goes on."}


def test_table_rows_are_sentences_and_the_delimiter_row_is_none() -> None:
    text = "| Model | Owner |\n| :--- | ---: |\n| churn. A | Ana |\n| price | Bo |"
    assert sentences(text) == ["| Model | Owner |", "| churn. A | Ana |", "| price | Bo |"]


def test_table_without_outer_pipes_is_a_table() -> None:
    assert sentences("Model | Owner\n--- | ---\nchurn | Ana\n\nDone.") == [
        "Model | Owner",
        "churn | Ana",
        "Done.",
    ]


def test_code_lines_are_sentences_and_fences_are_none() -> None:
    text = "Run:\n\n```bash\nmake test. Now\n  # not a heading\n\n- no item\n```\n\nDone."
    assert sentences(text) == ["Run:", "make test. Now", "# not a heading", "- no item", "Done."]


def test_headings_and_quotes_lose_their_marks() -> None:
    assert sentences("## Release\nText.\n\n> Quoted one. Quoted two.\n\nTitle\n=====\n") == [
        "Release",
        "Text.",
        "Quoted one.",
        "Quoted two.",
        "Title",
    ]


@given(st.text(alphabet=st.sampled_from("ab .!?\n-|>#`*1)[]x\t。é"), max_size=200))
def test_spans_are_in_order_and_hold_every_word(text: str) -> None:
    """What lies between spans is white space and marks."""
    at, between = 0, ""
    for start, end in sentence_spans(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        between += text[at:start]
        at = end
    between += text[at:]
    outside_fences = "```" not in text and "#" not in text
    assert not outside_fences or not any(letter in between for letter in "abé。")


def test_large_texts_take_time_in_proportion() -> None:
    started = time.process_time()
    for text in (
        "a. " * 300_000,
        "- " * 300_000,
        "|" * 300_000,
        "> " * 300_000,
        "." * 300_000,
        "x " * 300_000,
    ):
        sentence_spans(text)
    assert time.process_time() - started < 15
