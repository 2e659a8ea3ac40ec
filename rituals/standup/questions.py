"""Which questions are asked: the usual ones, one exchanged for a risk now and then, some only if."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.records.standup_entry import StandupQuestion
from knowledge.registers.team import Team

EXCHANGED = "changed"
"""The question that makes room: what comes next and what is in the way are asked every day."""


def questions_for(
    usual: Sequence[StandupQuestion], *, days_asked: int, rotate_every: int, risks: Sequence[StandupQuestion]
) -> tuple[StandupQuestion, ...]:
    """Returns the questions of somebody's next standup.

    After every `rotate_every` days of the same questions one is exchanged, for one day, for a question
    about an open risk; the risks take turns.
    """
    if not rotate_every or not risks or days_asked == 0 or days_asked % rotate_every:
        return tuple(usual)
    risk = risks[(days_asked // rotate_every - 1) % len(risks)]
    replaced = next((one for one in usual if one.id == EXCHANGED), usual[0])
    return tuple(risk if one is replaced else one for one in usual)


def risk_questions(team: Team) -> tuple[StandupQuestion, ...]:
    """Returns a question for each open risk of the portfolio."""
    return tuple(
        StandupQuestion(
            id=f"risk-{initiative.name}-{number}",
            text=f"A risk on {initiative.name}: {risk.what}. What have you seen of it lately?",
        )
        for initiative in team.initiatives.values()
        for number, risk in enumerate(initiative.risks, start=1)
    )


def asked_now(
    questions: Sequence[StandupQuestion], answers: Mapping[str, str]
) -> tuple[StandupQuestion, ...]:
    """Returns the questions that stand, given what was answered: some depend on another's answer."""
    return tuple(one for one in questions if one.when is None or _holds(one.when, answers))


def _holds(when: tuple[str, str], answers: Mapping[str, str]) -> bool:
    about, needed = when
    return answers.get(about, "").strip().casefold() == needed.casefold()
