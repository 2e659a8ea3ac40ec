"""Passages from the decision log."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.passages import Passage
from knowledge.registers.answers.making import passage
from knowledge.registers.answers.rows import day
from knowledge.registers.answers.sentences import listed
from knowledge.registers.decisions import Decision
from knowledge.registers.owning.words import FILLERS, roots, words
from knowledge.registers.team import Team

_ASKED = re.compile(
    r"\b(was|were|been|we|they|have|has|had) (\w+ )?decided\b|\bwho decided\b|\bdid \w+( \w+)? decide\b"
    r"|\bdecisions? (on|about|for|regarding|was|were)\b|\b(what|which|our|any) decisions?\b"
)
_SHAPING = frozenset(roots("decide decided decision decisions made make take taken against about"))
ENOUGH = 0.5
"""The share of the question's words that must stand in a decision."""
SURE = 0.92


def decision_passages(asked: str, team: Team, *, limit: int) -> list[Passage]:
    """Returns the decisions that a question is about, best first; none if it asks for no decision."""
    if not _ASKED.search(asked):
        return []
    wanted = _topic(asked)
    shares = {key: _share(wanted, one) for key, one in team.decisions.items()}
    best = sorted((key for key in shares if shares[key] >= ENOUGH), key=lambda key: -shares[key])
    return [_passage(team.decisions[key], team, confidence=SURE * shares[key]) for key in best[:limit]]


def _topic(asked: str) -> frozenset[str]:
    pairs = zip(words(asked), roots(asked), strict=True)
    return frozenset(root for word, root in pairs if word not in FILLERS and root not in _SHAPING)


def _share(wanted: frozenset[str], one: Decision) -> float:
    if not wanted:
        return 0.0
    about = frozenset(roots(f"{one.what} {one.initiative}"))
    around = frozenset(roots(" ".join((one.why, *one.options))))
    return sum(1.0 if root in about else 0.8 if root in around else 0.0 for root in wanted) / len(wanted)


def _passage(one: Decision, team: Team, *, confidence: float) -> Passage:
    return passage(
        source=f"Decision: {one.what}",
        sentences=list(_sentences(one, team)),
        confidence=confidence,
        owner=listed(team.name_of(name) for name in one.decided_by),
        reviewed=one.on,
    )


def _sentences(one: Decision, team: Team) -> Iterator[str]:
    by = listed(f"**{team.name_of(name)}**" for name in one.decided_by) if one.decided_by else "The team"
    about = f" on {one.initiative}" if one.initiative else ""
    yield f"{by} decided{about} on {day(one.on)}: {one.what.rstrip('.')}."
    if one.why:
        yield f"The reason: {one.why.rstrip('.')}."
    if one.options:
        yield f"The options were: {'; '.join(one.options)}."
