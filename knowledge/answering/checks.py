"""What a model's sentence must pass before anyone sees it: it says no more than its passages do."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.blocks import blocks_of
from knowledge.answering.figures import Figure, dates, figures, versions
from knowledge.answering.polarity import contradicts
from knowledge.answering.witnesses import clauses, statements, witnesses
from knowledge.answering.words import STOP_WORDS, sameness, stemmed, stems, words
from knowledge.passages import Passage

FLOOR = 0.5
"""The share of a sentence's content words that must stand in what it cites."""
SHORT_FORM = 4
"""Letters up to which a word in capitals is taken for a short form such as AI or KPI, not a name."""

_MARK = re.compile(r"\s*\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]")
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_ANGLES = re.compile(r"<[^<>]*>?")
_MENTION = re.compile(r"(?<![\w.])@(?=\w)")
_ADDRESS = re.compile(r"\b(?:https?|ftp|file|data|javascript|mailto|www)(?::|\.)\S+", re.IGNORECASE)
_OPENERS = frozenset({"according", "first", "second", "finally"})
_NAME = re.compile(r"\b[^\W\d_]*[A-Z][^\W_]*(?:['’-][^\W_]+)*")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence that passed: its text without marks, and the numbers of the passages it rests on."""

    text: str
    numbers: tuple[int, ...]


def checked(piece: str, passages: Sequence[Passage]) -> Claim | str:
    """Returns the claim that a model's sentence makes, or why it is dropped, for the log.

    Numbers in brackets count from 1 through `passages`; those beyond are taken out.
    """
    text, numbers = harmless(_MARK.sub("", piece)), cited(piece, len(passages))
    if not words(text):
        return "empty"
    if not numbers:
        return "cites no passage that was given"
    borne = [passages[number - 1] for number in numbers]
    return _objection(text, borne) or Claim(text=text, numbers=numbers)


def cited(piece: str, count: int) -> tuple[int, ...]:
    """Returns the numbers in brackets that stand for one of `count` passages, in order, once each."""
    found = [int(number) for mark in _MARK.findall(piece) for number in re.findall(r"\d+", mark)]
    return tuple(dict.fromkeys(number for number in found if 1 <= number <= count))


def harmless(text: str) -> str:
    """Returns text without images, link targets, angle brackets and working mentions."""
    plain = _LINK.sub(r"\1", _IMAGE.sub("", text))
    calm = re.sub(r"\s+([.,;:!?])", r"\1", _MENTION.sub("", _ANGLES.sub("", plain)))
    return re.sub(r"[ \t]{2,}", " ", calm).strip()


def _objection(text: str, borne: Sequence[Passage]) -> str:
    """Returns the first thing that the passages do not bear, or nothing."""
    evidence = "\n".join(_all_of(passage) for passage in borne)
    return _foreign(text, evidence) or _unborne(text, evidence, borne) or _misplaced(text, evidence, borne)


def _foreign(text: str, evidence: str) -> str:
    """Finds an address, number, date or name that stands nowhere in the evidence."""
    if strange := [found for found in _ADDRESS.findall(text) if found.rstrip(".,;:!?)") not in evidence]:
        return f"address {strange[0]!r} is not in the passage"
    return _wrong(text, evidence, names(text))


def _misplaced(text: str, evidence: str, borne: Sequence[Passage]) -> str:
    """Finds a number, date or name that the passages have, but not where they speak of the same."""
    stated = statements(borne)
    places = "\n".join(_place_of(passage) for passage in borne)
    proper = [name for name in names(text) if _is_proper(name, evidence)]
    bare = frozenset(stemmed([word for name in proper for word in words(name)]))
    for clause in clauses(text) if stated else []:
        found = witnesses(clause, text, stated, names=bare)
        near = "\n".join((places, *(statement.text for statement in found)))
        if wrong := _wrong(clause, near, [name for name in proper if name in clause]):
            return f"{wrong} where it speaks of the same"
    return ""


def _wrong(text: str, evidence: str, named: Sequence[str]) -> str:
    """Finds a number or date of a text, or one of its names, that the evidence does not have."""
    if wrong := _wrong_figure(text, evidence):
        return wrong
    stated = dates(evidence)
    if any(not any(day.says(claimed) for day in stated) for claimed in dates(text)):
        return "a date is not in the passage"
    known = set(words(evidence))
    known_stems = frozenset(stemmed(sorted(known)))
    name = next((name for name in named if not _known(name, known, known_stems)), None)
    return f"{name!r} is not in the passage" if name else ""


def _unborne(text: str, evidence: str, borne: Sequence[Passage]) -> str:
    """Finds that a text is about something else, or says the contrary."""
    said = frozenset(stems(text))
    if not said or len(said.intersection(stems(evidence))) < FLOOR * len(said):
        return "too few of its words are in the passage"
    units = [unit.text for passage in borne for block in blocks_of(passage) for unit in block.units]
    return "a negation differs from the passage" if contradicts(text, units) else ""


def _all_of(passage: Passage) -> str:
    return f"{_place_of(passage)}\n{passage.text}"


def _place_of(passage: Passage) -> str:
    """Returns what holds for the whole passage: its headings, its owner, its review."""
    reviewed = f"{passage.reviewed} {passage.review_due}" if passage.reviewed else ""
    return f"{passage.place}\n{passage.owner}\n{reviewed}"


def _wrong_figure(text: str, evidence: str) -> str:
    if unknown := versions(text) - versions(evidence):
        return f"{min(unknown)} is not in the passage"
    stated = figures(evidence)
    for figure in figures(text):
        if not any(_bears(other, figure) for other in stated):
            return f"{figure.value:g} {figure.unit}".strip() + " is not in the passage"
    return ""


def _bears(stated: Figure, claimed: Figure) -> bool:
    if stated.value != claimed.value or (
        claimed.unit != stated.unit and (claimed.unit or stated.unit == "%")
    ):
        return False
    return not (stated.bound and claimed.bound and stated.bound != claimed.bound)


def names(text: str) -> list[str]:
    """Returns the words written with a capital, except the common ones and numbers that open a sentence."""
    found = [match.group() for match in _NAME.finditer(text)]
    common = STOP_WORDS | _OPENERS
    return [name for name in found if name.lower() not in common and not figures(name)]


def _is_proper(name: str, evidence: str) -> bool:
    """Tells a name from a word that has a capital only here, and from an abbreviation of the field."""
    lower = re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", evidence)
    return lower is None and not (name.isupper() and len(name) <= SHORT_FORM)


def _known(name: str, known: set[str], known_stems: frozenset[str]) -> bool:
    parts = words(name)
    return all(part in known or stemmed([part])[0] in known_stems for part in parts)


def best_quote(text: str, passage: Passage) -> tuple[int, int]:
    """Returns the span of the passage's sentence, item or row that is most like a claim."""
    units = [unit for block in blocks_of(passage) for unit in block.units]
    said = frozenset(stems(text))
    if not units:
        return 0, len(passage.text)
    best = max(units, key=lambda unit: _likeness(said, frozenset(stems(unit.text))))
    return best.start, best.end


def _likeness(said: frozenset[str], unit: frozenset[str]) -> float:
    return len(said & unit) * (1 + sameness(said, unit)) / math.sqrt(1 + len(unit))
