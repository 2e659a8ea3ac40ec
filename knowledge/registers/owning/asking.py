"""A question about an owner as weighted words: misspellings mended, phrases understood, people recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.synonyms import longest_phrase, meanings
from knowledge.registers.owning.words import FILLERS, roots, words

UNKNOWN = 0.4
"""What a word weighs that the register has never seen."""
GENERIC = 0.25
"""What a word weighs that only says that somebody owns it."""
KIND_WORDS = {
    "model": "model",
    "dataset": "dataset",
    "table": "dataset",
    "initiative": "initiative",
}
_SHORTEST_TYPO = 4
_TWO_EDITS_FROM = 7
_EDIT_COST = 0.1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One word of a question: what roots it may be, and which concepts it means, each 0 to 1."""

    word: str
    roots: Mapping[str, float]
    concepts: Mapping[str, float] = field(default_factory=dict)
    weight: float = UNKNOWN

    @property
    def is_generic(self) -> bool:
        """Tells whether the word only says that somebody owns something."""
        return self.concepts.get("own") == 1 and set(self.concepts) <= {"own", *self.roots}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A question: its telling words in order, the ids of people it names, the subject kind it says."""

    text: str
    words: tuple[Asked, ...] = ()
    people: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


def understand(text: str, lexicon: Lexicon) -> Asking:
    """Returns a question as the words that matter."""
    mended = [_mend(word, lexicon) for word in _split(text, lexicon)]
    people, mended = _take_people(mended, lexicon)
    said = frozenset(KIND_WORDS[m[0]] for m in mended if m[0] in KIND_WORDS)
    telling = (word for word in _asked(mended, lexicon) if not (people and word.is_generic))
    return Asking(text=text, words=tuple(telling), people=people, kinds=said)


Mended = tuple[str, Mapping[str, float]]
"""A word as it was probably meant, with the words that it may be and how likely."""


def _split(text: str, lexicon: Lexicon) -> Iterator[str]:
    for word in words(text):
        yield from lexicon.joined.get(word, (word,)) if word not in lexicon.vocabulary else (word,)


def _mend(word: str, lexicon: Lexicon) -> Mended:
    root = roots(word)[0]
    if word in FILLERS or word in lexicon.vocabulary or (root,) in meanings() or len(word) < _SHORTEST_TYPO:
        return word, {word: 1.0}
    edits = 2 if len(word) >= _TWO_EDITS_FROM else 1
    near = process.extract(word, lexicon.vocabulary.keys(), scorer=OSA.distance, score_cutoff=edits, limit=4)
    found = {other: 1 - _EDIT_COST * (distance + (other[0] != word[0])) for other, distance, _ in near}
    if not found:
        return word, {word: 1.0}
    best = max(found, key=lambda other: (found[other], -abs(len(other) - len(word))))
    return best, found


def _take_people(mended: list[Mended], lexicon: Lexicon) -> tuple[frozenset[str], list[Mended]]:
    """Takes names of people out of the words; longer names before shorter ones."""
    longest = max(map(len, lexicon.people), default=0)
    for size in range(longest, 0, -1):
        for at in range(len(mended) - size + 1):
            ids = lexicon.people.get(tuple(word for word, _ in mended[at : at + size]))
            if ids:
                rest, others = [*mended[:at], *mended[at + size :]], frozenset[str]()
                others, rest = _take_people(rest, lexicon)
                return ids | others, rest
    return frozenset(), mended


def _asked(mended: list[Mended], lexicon: Lexicon) -> Iterator[Asked]:
    at = 0
    while at < len(mended):
        size = _phrase_at(mended, at)
        if size > 1:
            key = tuple(roots(word)[0] for word, _ in mended[at : at + size])
            yield from _phrase(mended[at : at + size], meanings()[key], lexicon)
        elif mended[at][0] not in FILLERS:
            yield _word(mended[at], lexicon)
        at += max(size, 1)


def _phrase_at(mended: list[Mended], at: int) -> int:
    for size in range(min(longest_phrase(), len(mended) - at), 1, -1):
        if tuple(roots(word)[0] for word, _ in mended[at : at + size]) in meanings():
            return size
    return 0


def _phrase(part: list[Mended], meant: Mapping[str, float], lexicon: Lexicon) -> Iterator[Asked]:
    """Yields a phrase as one word that may also be any of its words, for names contain them too."""
    found = {roots(word)[0]: 1.0 for word, _ in part if word not in FILLERS}
    yield Asked(
        word=" ".join(word for word, _ in part),
        roots=found,
        concepts=meant,
        weight=_weight(found, meant, lexicon),
    )


def _word(mended: Mended, lexicon: Lexicon) -> Asked:
    found: dict[str, float] = {}
    meant: dict[str, float] = {}
    for word, likely in mended[1].items():
        root = roots(word)[0]
        found[root] = max(likely, found.get(root, 0.0))
        for concept, weight in ({root: 1.0} | dict(meanings().get((root,), {}))).items():
            meant[concept] = max(likely * weight, meant.get(concept, 0.0))
    return Asked(word=mended[0], roots=found, concepts=meant, weight=_weight(found, meant, lexicon))


def _weight(found: Mapping[str, float], meant: Mapping[str, float], lexicon: Lexicon) -> float:
    if set(meant) <= {"own", *found} and "own" in meant and not any(r in lexicon.root_weights for r in found):
        return GENERIC
    known = [lexicon.root_weights[root] for root in found if root in lexicon.root_weights]
    known += [
        lexicon.concept_weights[concept] * w
        for concept, w in meant.items()
        if concept in lexicon.concept_weights
    ]
    return max(known, default=UNKNOWN)
