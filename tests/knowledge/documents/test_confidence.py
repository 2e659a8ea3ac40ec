from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.documents.confidence import (
    MINILM,
    NO_SIGNALS,
    WORDS_ONLY,
    Coefficients,
    Signals,
    coefficients_for,
    confidence,
)

CLEAR = Signals(chunk=0.7, sentence=0.75, strength=0.6, coverage=0.9)


@pytest.mark.parametrize("coefficients", [MINILM, WORDS_ONLY])
def test_clear_evidence_is_sure_and_none_is_not(coefficients: Coefficients) -> None:
    assert confidence(CLEAR, coefficients) > 0.9
    assert confidence(NO_SIGNALS, coefficients) < 0.1


@pytest.mark.parametrize("signal", ["chunk", "sentence", "strength", "coverage"])
def test_no_signal_speaks_against(signal: str) -> None:
    weak = replace(CLEAR, **{signal: 0.0})
    assert confidence(weak, MINILM) < confidence(CLEAR, MINILM)


def test_an_embedding_that_was_not_measured_is_judged_by_words_alone() -> None:
    """A cosine of 0.5 says something else in each embedding."""
    assert coefficients_for("minilm") is MINILM
    other = coefficients_for("openai:text-embedding-3-small")
    assert confidence(CLEAR, other) == confidence(replace(CLEAR, chunk=0.0, sentence=-1.0), other)
