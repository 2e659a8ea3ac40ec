"""A logistic regression of a few features, by Newton's method, with weights and a little shrinking."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
SHRINKING = 1e-3
ROUNDS = 50


def fit(features: Table, known: Table, weights: Table) -> Table:
    """Returns a coefficient a feature (columns) and, last, the bias; `known` is 0 or 1 a row."""
    rows = np.column_stack([features, np.ones(len(features))])
    shrink = np.full(rows.shape[1], SHRINKING * weights.sum())
    shrink[-1] = 0.0
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (chance - known)) + shrink * found
        curve = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + np.diag(shrink)
        found -= np.linalg.solve(curve, slope)
    return found


def shifted(found: Table, answerable: list[Table], *, keep: float) -> Table:
    """Returns the same with the bias at which 0.5 keeps that share of each group of answerable ones."""
    scores = [group @ found[:-1] for group in answerable]
    moved = found.copy()
    moved[-1] = -min(float(np.quantile(group, 1 - keep)) for group in scores)
    return moved


def separation(known: Table, absent: Table) -> float:
    """Returns the chance that a known one scores above an absent one (AUROC)."""
    order = np.argsort(np.concatenate([known, absent]), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    above = ranks[: len(known)].sum() - len(known) * (len(known) + 1) / 2
    return float(above / (len(known) * len(absent)))
