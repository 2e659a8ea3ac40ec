"""Passages that look over a whole register: models without owner, initiatives at risk, activities unowned."""

from __future__ import annotations

import re
from datetime import date

from knowledge.passages import Passage
from knowledge.registers.answers.making import passage
from knowledge.registers.answers.model_fields import owner
from knowledge.registers.answers.sentences import listed
from knowledge.registers.gaps import activities_without_owner, is_owned
from knowledge.registers.initiatives import Initiative
from knowledge.registers.responsibilities import Subject
from knowledge.registers.team import Team

_NO_OWNER = r"(no|without( an?)?|lacks?|lacking|missing( an?)?) owners?\b|\bunowned\b|\bnobody owns\b"
_UNOWNED_MODELS = re.compile(rf"\bmodels?\b.*({_NO_OWNER})|({_NO_OWNER}).*\bmodels?\b")
_UNOWNED = re.compile(rf"\b(activit\w+|rows?|responsibilit\w+|what|tasks?)\b.*({_NO_OWNER})")
_WHICH = re.compile(r"\b(which|what|list|any|many|all)( \w+){0,2} (initiatives|projects)\b|\bportfolio\b")
_INCOMPLETE = re.compile(r"\bincomplete\b|\b(no|without( an?)?|lacks?|missing) (sponsor|kpi|objective)s?\b")
_ROLES = re.compile(r"\broles?\b.*\b(nobody|no one|not filled|unfilled|empty|vacant)\b")
SURE = 0.93


def overview_passages(asked: str, subject: Subject | None, team: Team, today: date) -> list[Passage]:
    """Returns what a question asks of a register as a whole; none if it asks for something narrower."""
    if _UNOWNED_MODELS.search(asked):
        return [_unowned_models(team, today)]
    if _UNOWNED.search(asked):
        return [_unowned(team, subject, today)]
    if _ROLES.search(asked):
        return [_empty_roles(team, today)]
    return _initiatives(asked, team)


def _unowned_models(team: Team, today: date) -> Passage:
    gone = [
        model
        for model in team.models.values()
        if model.owner not in team.people or team.people[model.owner].has_left(today)
    ]
    if gone:
        said = [f"The model {model.name} has no owner." for model in gone]
    else:
        said = ["No model is without an owner.", *(owner(model, team) for model in team.models.values())]
    return passage(source="Model register: owners", sentences=said, confidence=SURE, as_list=len(gone) > 1)


def _unowned(team: Team, subject: Subject | None, today: date) -> Passage:
    rows = [row for row in team.responsibilities.values() if subject is None or row.about == subject]
    said = [
        f"{row.activity} on {row.about.label} has no owner." for row in rows if not is_owned(row, team, today)
    ]
    if subject is not None:
        missing = activities_without_owner(team, subject, today)
        known = {row.activity for row in rows}
        said += [f"{one} has no owner on {subject.label}, and no row." for one in missing if one not in known]
    where = f" of {subject.label}" if subject else ""
    said = said or [f"Every activity{where} in the register has an owner."]
    source = "RACI register: activities without owner"
    return passage(source=source, sentences=said, confidence=SURE, as_list=len(said) > 1)


def _empty_roles(team: Team, today: date) -> Passage:
    held = (holder for row in team.responsibilities.values() for _, holder in row.holders())
    named = {holder.name for holder in held if holder.kind == "role"}
    empty = sorted(role for role in named if not team.people_in(role, today))
    said = f"Nobody fills these roles: {listed(empty)}." if empty else "Every role in the register is filled."
    return passage(source="RACI register: roles", sentences=[said], confidence=SURE)


def _initiatives(asked: str, team: Team) -> list[Passage]:
    if not _WHICH.search(asked):
        return []
    chosen, such = list(team.initiatives.values()), "Initiatives"
    if _INCOMPLETE.search(asked):
        chosen, such = [one for one in chosen if one.incomplete], "Incomplete initiatives"
    else:
        for value in ("off track", "at risk", "on track", "paused", "complete", "not started"):
            if value in asked:
                chosen, such = [one for one in chosen if one.health == value], f"Initiatives {value}"
        if stage := re.search(r"\b(plan|build|validate|deploy|measure)\b", asked):
            chosen = [one for one in chosen if one.stage == stage.group()]
            such = f"Initiatives in the stage {stage.group()}"
    said = [_line(one, team) for one in chosen] or [f"{such}: none."]
    source, lead = f"Initiative register: {such.lower()}", f"{such}:" if chosen else ""
    return [passage(source=source, sentences=said, confidence=SURE, as_list=bool(chosen), lead=lead)]


def _line(one: Initiative, team: Team) -> str:
    lacking = f"; incomplete: {listed(one.incomplete)}" if one.incomplete else ""
    led = f", led by {team.name_of(one.lead)}" if one.lead else ""
    return f"**{one.name}** is {one.health}, in the stage {one.stage}{led}{lacking}."
