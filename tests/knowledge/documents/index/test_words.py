from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.documents.index.words import terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who signs off the release?", ["sign", "releas"]),
        ("The model's owners’ review", ["model", "owner", "review"]),
        ("naïve Café ＡＩ", ["naiv", "cafe", "ai"]),
        ("p95 of 3 jobs in CI/CD, `batch_size`", ["p95", "3", "job", "ci", "cd", "batch", "size"]),
        ("the of and", []),
        ("", []),
    ],
)
def test_terms_are_stems_of_what_says_something(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_words_keep_their_order_and_repetitions() -> None:
    assert words("Drift, and again drift") == ["drift", "and", "again", "drift"]


def test_several_threads_stem_at_once() -> None:
    """The stemmer itself is not made for that."""
    text = "monitoring monitored responsibilities releases reviewing " * 50
    expected = terms(text)
    with ThreadPoolExecutor(8) as threads:
        assert all(found == expected for found in threads.map(terms, [text] * 100))
