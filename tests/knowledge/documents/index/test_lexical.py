from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from knowledge.documents.index.lexical import K1, B, build_postings, lexical_for

LINES = (
    "model release needs a signed review",
    "release release notes",
    "standup at nine",
    "",
    "drift alert pages the owner of the model and the owner answers",
)
TEXTS = [line.split() for line in LINES]


def expected(terms: list[str], texts: list[list[str]]) -> list[float]:
    """BM25 as its formula has it, for each text."""
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for term in terms:
            holders = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
            count = text.count(term)
            score += idf * count / (count + K1 * (1 - B + B * len(text) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "terms", [["release"], ["model", "owner", "release"], ["owner", "owner"], ["absent"], []]
)
def test_scores_are_those_of_the_formula(terms: list[str]) -> None:
    lexical = lexical_for(build_postings(Counter(text) for text in TEXTS), None)
    np.testing.assert_allclose(lexical.match(terms).scores, expected(terms, TEXTS), rtol=1e-5)


def test_hidden_chunks_are_as_if_they_were_not_there() -> None:
    """Document frequencies, mean length and coverage are those of the visible chunks alone."""
    mask = np.array([True, False, True, True, False])
    terms = ["release", "owner", "standup"]
    whole = lexical_for(build_postings(Counter(text) for text in TEXTS), mask).match(terms)
    alone = lexical_for(build_postings(Counter(TEXTS[at]) for at in (0, 2, 3)), None).match(terms)
    np.testing.assert_array_equal(whole.scores[mask], alone.scores)
    np.testing.assert_array_equal(whole.covered[mask], alone.covered)
    assert whole.total == alone.total
    assert not whole.scores[~mask].any()


def test_a_term_that_nobody_holds_weighs_most() -> None:
    """A question about something else is covered badly, however many common words it has."""
    match = lexical_for(build_postings(Counter(text) for text in TEXTS), None).match(["release", "espresso"])
    assert match.covered.max() / match.total < 0.4


def test_no_texts_at_all_match_nothing() -> None:
    match = lexical_for(build_postings([]), None).match(["release"])
    assert match.scores.shape == (0,)
