"""How probable it is that the documents know a question's topic at all.

A logistic of four signals. The coefficients come from benchmarks/confidence.py: answerable questions
of public collections against questions about what the collection leaves out (another collection's
questions, those of articles taken out, made-up ones about daily life), over collections from one
article to some thousand chunks. They are shifted so that 0.5 keeps 95 % of the answerable questions.
Nothing cheap tells a question that the documents *nearly* answer from one that they do answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What a ranking shows of how well the documents meet the question, each about 0 to 1.

    `chunk` is the best chunk's cosine, `sentence` the best sentence's in the first few passages;
    `strength` the best BM25 score and `coverage` the best share of the question's words in the first
    few passages, both as shares of what the question's words could bring at most.
    """

    chunk: float
    sentence: float
    strength: float
    coverage: float


@dataclass(frozen=True, kw_only=True)
class Coefficients:
    """What each signal weighs."""

    chunk: float
    sentence: float
    strength: float
    coverage: float
    bias: float


MINILM = Coefficients(chunk=6.39, sentence=6.16, strength=1.80, coverage=3.57, bias=-7.85)
WORDS_ONLY = Coefficients(chunk=0.0, sentence=0.0, strength=4.34, coverage=6.18, bias=-2.44)
"""For embeddings that nothing was measured with: a cosine of 0.5 says something else in each."""

NO_SIGNALS = Signals(chunk=0.0, sentence=0.0, strength=0.0, coverage=0.0)


def coefficients_for(embedding: str) -> Coefficients:
    """Returns the coefficients fitted for an embedding, by its name."""
    return MINILM if embedding == "minilm" else WORDS_ONLY


def confidence(signals: Signals, coefficients: Coefficients) -> float:
    """Returns the probability, 0 to 1, that the topic stands in the documents."""
    total = (
        coefficients.bias
        + coefficients.chunk * signals.chunk
        + coefficients.sentence * signals.sentence
        + coefficients.strength * signals.strength
        + coefficients.coverage * signals.coverage
    )
    return 1 / (1 + math.exp(-total))
