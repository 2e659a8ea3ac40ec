"""A team as words: what its subjects, activities and people are called, weighted by how much a word tells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from knowledge.registers.owning.derived import MEANT, derived_rows
from knowledge.registers.owning.synonyms import HINT, meanings, spelt
from knowledge.registers.owning.words import FILLERS, roots, words
from knowledge.registers.responsibilities import TEAM, Responsibility, Subject
from knowledge.registers.team import Team

OWN = "own"
BY_RELATIVE = 0.9
"""What a subject counts that is named by something belonging to it, or by what it belongs to."""
RARE = 0.35
"""The least weight of a word, however common."""


@dataclass(frozen=True, kw_only=True)
class Name:
    """One name of a subject, as roots; `strength` is 1 for its own names, less for its relatives'."""

    roots: tuple[str, ...]
    strength: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """A team with the word lists that questions are compared with; built once a generation."""

    team: Team

    @cached_property
    def rows(self) -> Mapping[Subject, tuple[Responsibility, ...]]:
        """Returns the rows by subject, with those that leads, sponsors and owners of models make."""
        found: dict[Subject, list[Responsibility]] = {}
        for row in (*self.team.responsibilities.values(), *derived_rows(self.team)):
            found.setdefault(row.about, []).append(row)
        return {subject: tuple(rows) for subject, rows in found.items()}

    @cached_property
    def names(self) -> Mapping[Subject, tuple[Name, ...]]:
        """Returns what each subject that has rows is called, relatives included; nothing for the team."""
        return {subject: tuple(_names(self.team, subject)) for subject in self.rows if subject != TEAM}

    @cached_property
    def activities(self) -> Mapping[str, frozenset[str]]:
        """Returns the concepts of each activity."""
        found = {row.activity for rows in self.rows.values() for row in rows}
        return {activity: frozenset(_concepts(MEANT.get(activity, activity))) for activity in found}

    @cached_property
    def concept_weights(self) -> Mapping[str, float]:
        """Returns how much each concept tells one activity from another, `RARE` to 1."""
        counts = Counter(concept for concepts in self.activities.values() for concept in concepts)
        return _weights(counts, len(self.activities))

    @cached_property
    def root_weights(self) -> Mapping[str, float]:
        """Returns how much each root tells one subject from another, `RARE` to 1."""
        own = [
            {root for name in names if name.strength == 1 for root in name.roots}
            for names in self.names.values()
        ]
        return _weights(Counter(root for roots_ in own for root in roots_), len(own))

    @cached_property
    def people(self) -> Mapping[tuple[str, ...], frozenset[str]]:
        """Returns ids of people by the words of each name that they go by, first names included."""
        found: dict[tuple[str, ...], set[str]] = {}
        for person in self.team.people.values():
            for name in (person.name, *person.aliases, *person.name.split()[:1]):
                if key := words(name):
                    found.setdefault(key, set()).add(person.id)
        return {key: frozenset(ids) for key, ids in found.items()}

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Returns every word that the register or its synonyms know, with its root."""
        texts: list[str] = [*self.activities, *(word for key in self.people for word in key)]
        texts += [text for subject in self.names for text in _texts(self.team, subject)]
        texts += [alias for role in self.team.roles.values() for alias in (role.name, *role.aliases)]
        found = {word: roots(word)[0] for text in texts for word in words(text)}
        return {**spelt(), **found}

    @cached_property
    def joined(self) -> Mapping[str, tuple[str, ...]]:
        """Returns the words of two-word names by what they look like when written as one."""
        texts = [text for subject in self.names for text in _texts(self.team, subject)]
        parts = (words(text) for text in texts)
        return {"".join(pair): pair for part in parts for pair in pairwise(part)}


def _weights(counts: Mapping[str, int], total: int) -> dict[str, float]:
    top = math.log(1 + max(total, 1))
    return {word: max(RARE, math.log((total + 1) / count) / top) for word, count in counts.items()}


def _concepts(activity: str) -> Iterator[str]:
    """Yields the concepts of an activity: each word's first meaning, or the word itself.

    Only "own" itself is owning there: to run a backfill is to run it.
    """
    for word, root in zip(words(activity), roots(activity), strict=True):
        if word in FILLERS:
            continue
        meant = [
            concept
            for concept, weight in meanings().get((root,), {}).items()
            if weight > HINT and concept != OWN
        ]
        yield root if root in meant or not meant else meant[0]


def _names(team: Team, subject: Subject) -> Iterator[Name]:
    for text in _own_texts(team, subject):
        yield Name(roots=roots(text))
    for text in _related_texts(team, subject):
        yield Name(roots=roots(text), strength=BY_RELATIVE)


def _texts(team: Team, subject: Subject) -> Iterator[str]:
    yield from _own_texts(team, subject)
    yield from _related_texts(team, subject)


def _own_texts(team: Team, subject: Subject) -> Iterator[str]:
    yield subject.name
    if subject.kind == "initiative" and subject.name in team.initiatives:
        yield from team.initiatives[subject.name].aliases
    if subject.kind == "model" and subject.name in team.models:
        yield from team.models[subject.name].aliases


def _related_texts(team: Team, subject: Subject) -> Iterator[str]:
    initiative = team.initiative_of(subject)
    if initiative is None:
        return
    if subject.kind != "initiative":
        yield from (initiative.name, *initiative.aliases)
        return
    yield from initiative.datasets
    for model in team.models.values():
        if model.initiative == initiative.name:
            yield from (model.name, *model.aliases, *model.datasets)
