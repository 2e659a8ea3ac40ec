"""How well each row is meant by a question: its subject, its activity and its people, each 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.registers.owning.asking import Asked, Asking
from knowledge.registers.owning.derived import OWNING
from knowledge.registers.owning.lexicon import Lexicon, Name
from knowledge.registers.responsibilities import TEAM, Responsibility, Subject

EXPLAINED = 0.6
SUBJECT = 0.2
ACTIVITY = 0.2
"""What it counts that the question's words are all accounted for, and how whole subject and activity are."""
TEAM_STANDS_IN = 0.8
"""What a subject's name counts for a row of the whole team: it holds where nothing nearer does."""
NO_SUBJECT = 0.4
"""How whole a subject counts that the question does not name."""
STANDS = {"A": 0.0, "R": -0.04, "C": -0.2, "I": -0.25}
ABSENT = -0.35
"""What a row loses that the person in the question stands in as other than A, or not at all."""
KIND = 0.04
"""What a row gains whose subject is of the kind that the question says; initiatives where it says none."""
BARE_OWNER = 0.15
"""What leads and owners gain where nothing but an owner is asked for."""
SUBJECTS = 24
"""How many subjects are looked at closely."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """A row with its score, 0 to about 1; `subject` and `activity` tell how well each was named.

    `bare` says that nothing was asked for but the subject.
    """

    row: Responsibility
    score: float
    explained: float
    subject: float
    activity: float
    bare: bool = False


@dataclass(frozen=True, kw_only=True)
class Named:
    """How whole something was named, and by which words of the question (by place) how surely."""

    whole: float = 0.0
    places: dict[int, float]


def matches(asking: Asking, lexicon: Lexicon) -> list[Match]:
    """Returns the rows that have anything to do with a question, best first."""
    subjects = {subject: _subject(asking, names) for subject, names in lexicon.names.items()}
    near = sorted((s for s in subjects if subjects[s].whole > 0), key=lambda s: -subjects[s].whole)
    meanings = _Meanings(asking, lexicon)
    known = {place for subject in near[:SUBJECTS] for place in subjects[subject].places}
    subjects[TEAM] = Named(whole=TEAM_STANDS_IN if near else 0.0, places=dict.fromkeys(known, TEAM_STANDS_IN))
    found = (
        _match(asking, row, subjects[subject], meanings.of(row.activity, subjects[subject]))
        for subject in [*(near[:SUBJECTS] or lexicon.names), TEAM]
        for row in lexicon.rows.get(subject, ())
    )
    return sorted(
        (match for match in found if match.subject > 0 or match.activity > 0 or asking.people),
        key=lambda match: (-match.score, match.row.key),
    )


def named_subjects(asking: Asking, lexicon: Lexicon, *, at_least: float) -> list[Subject]:
    """Returns the subjects that a question names by a name of their own, surest first."""
    whole = {subject: _subject(asking, _own(names)).whole for subject, names in lexicon.names.items()}
    found = [subject for subject in whole if whole[subject] >= at_least]
    return sorted(found, key=lambda subject: (-whole[subject], subject))


def _own(names: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(name for name in names if name.strength == 1)


def is_bare(asked: tuple[Asked, ...], subject: Named) -> bool:
    """Tells whether nothing is asked for but who owns the subject."""
    return all(place in subject.places or word.is_generic for place, word in enumerate(asked))


def _subject(asking: Asking, names: tuple[Name, ...]) -> Named:
    best = Named(places={})
    for name in names:
        roots = set(name.roots)
        whole = name.strength * sum(_best(asking.words, root) for root in roots) / len(roots)
        if whole > best.whole:
            places = {place: sure * name.strength for place, sure in _hits(asking.words, name)}
            best = Named(whole=whole, places=places)
    return best


def _best(asked: tuple[Asked, ...], root: str) -> float:
    return max((word.roots.get(root, 0.0) for word in asked), default=0.0)


def _hits(asked: tuple[Asked, ...], name: Name) -> Iterator[tuple[int, float]]:
    for place, word in enumerate(asked):
        sure = max((word.roots.get(root, 0.0) for root in name.roots), default=0.0)
        if sure > 0:
            yield place, sure


class _Meanings:
    """How well each activity is meant; words that name a subject in full say nothing of activities."""

    def __init__(self, asking: Asking, lexicon: Lexicon) -> None:
        self._asking = asking
        self._lexicon = lexicon
        self._known: dict[tuple[str, frozenset[int]], Named] = {}

    def of(self, activity: str, subject: Named) -> Named:
        """Returns how well an activity is meant where a subject is."""
        taken = frozenset(subject.places) if subject.whole == 1 else frozenset()
        found = self._known.get((activity, taken))
        if found is None:
            concepts = self._lexicon.activities[activity]
            found = _activity(self._asking, concepts, self._lexicon, taken)
            self._known[activity, taken] = found
        return found


def _activity(asking: Asking, concepts: frozenset[str], lexicon: Lexicon, taken: frozenset[int]) -> Named:
    places: dict[int, float] = {}
    hit: dict[str, float] = {}
    for place, word in enumerate(asking.words):
        for concept in concepts & word.concepts.keys() if place not in taken else ():
            sure = word.concepts[concept]
            places[place] = max(sure, places.get(place, 0.0))
            hit[concept] = max(sure, hit.get(concept, 0.0))
    weights = lexicon.concept_weights
    total = sum(weights[concept] for concept in concepts)
    whole = sum(weights[concept] * sure for concept, sure in hit.items()) / total if total else 0.0
    return Named(whole=whole, places=places)


def _match(asking: Asking, row: Responsibility, subject: Named, activity: Named) -> Match:
    explained = _explained(asking.words, subject, activity)
    bare = is_bare(asking.words, subject) and not asking.people
    score = EXPLAINED * explained + SUBJECT * (subject.whole or NO_SUBJECT) + ACTIVITY * activity.whole
    if asking.people:
        score += max((STANDS[x] for x, held in row.holders() if held.name in asking.people), default=ABSENT)
    if row.subject_kind in (asking.kinds or {"initiative"}):
        score += KIND
    if bare and subject.whole == 1 and row.activity in OWNING:
        score += BARE_OWNER
    return Match(
        row=row, score=score, explained=explained, subject=subject.whole, activity=activity.whole, bare=bare
    )


def _explained(asked: tuple[Asked, ...], subject: Named, activity: Named) -> float:
    """Returns which share of the question's words, by weight, the row accounts for."""
    total = sum(word.weight for word in asked)
    if not total:
        return 0.0
    sure = (
        max(subject.places.get(place, 0.0), activity.places.get(place, 0.0)) * word.weight
        for place, word in enumerate(asked)
    )
    return sum(sure) / total
