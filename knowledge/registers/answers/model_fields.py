"""What can be asked of a model, field by field, and the sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.registers.answers.rows import day
from knowledge.registers.models import Model
from knowledge.registers.team import Team

_VERSION = re.compile(
    r"\bversions?\b.*\b(production|live|current|running|now)\b|\bwhich version\b"
    r"|\b(in|current|live|running) (the )?(version|production)\b"
)
_CHANGES = re.compile(r"\bchangelog\b|\b(last|latest|recent) changes?\b|\bwhat changed\b")
_CARD = re.compile(r"\b(where|which|link|find|path)\b.*\bmodel card\b")
SHOWN = 3


def model_sentences(model: Model, team: Team, asked: str) -> list[str]:
    """Returns the sentences that a question about a model asks for; none if it asks for something else."""
    return list(_sentences(model, team, asked))


def _sentences(model: Model, team: Team, asked: str) -> Iterator[str]:
    if _VERSION.search(asked):
        yield from version(model)
    if _CHANGES.search(asked):
        for change in sorted(model.changelog, key=lambda one: one.on, reverse=True)[:SHOWN]:
            why = f", because {change.why}" if change.why else ""
            by = f" by {team.name_of(change.by)}" if change.by else ""
            said = f"Version {change.version} of the model {model.name}, {day(change.on)}{by}"
            yield f"{said}: {change.change}{why}."
    if _CARD.search(asked) and model.card:
        yield f"The model card of {model.name} is {model.card}."


def version(model: Model) -> Iterator[str]:
    """Yields which version is in production, and which was before it."""
    current = model.current
    if current is None:
        yield f"No version of the model {model.name} is in production."
        return
    since = day(current.since)
    yield f"The version of the model {model.name} in production is {current.version}, since {since}."
    earlier = sorted((one for one in model.production if one != current), key=lambda one: one.since)
    if earlier:
        yield f"Before it, {earlier[-1].version} was in production since {day(earlier[-1].since)}."


def owner(model: Model, team: Team) -> str:
    """Returns who owns a model, as a sentence."""
    if not model.owner:
        return f"The model {model.name} has no owner."
    return f"The owner of the model {model.name} is **{team.name_of(model.owner)}**."
