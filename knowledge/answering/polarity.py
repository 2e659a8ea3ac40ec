"""Whether a sentence says the contrary of what it rests on: a `not` more, or one less."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.words import STOP_WORDS, content_words, sameness, stemmed

REACH = 3
"""How many content words behind a negation it turns round."""
ALIKE = 0.8
"""The share of the best likeness from which another sentence is as good a witness."""

_NEGATION = re.compile(
    r"^(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|hardly|unable|refuses?|fails?|forbidden|"
    r"prohibited|stops|\w+n['’]t)$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.,;:!?()]")
_NOT_ONLY = re.compile(
    r"\b(not only|no later than|no more than|no less than|no fewer than|no longer than|not just)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\b(?:nobody|no[ -]one|none|nothing|nowhere)\b", re.IGNORECASE)
"""What denies something of everything; a sentence that denies it of one is no witness for that."""


def contradicts(claim: str, evidence: Sequence[str]) -> bool:
    """Tells whether no sentence of the evidence that is about the claim agrees on what is and is not."""
    said = _topics(claim)
    likeness = [
        (sameness(said, topics) * len(said & topics), sentence)
        for sentence, topics in ((sentence, _topics(sentence)) for sentence in evidence)
    ]
    top = max((value for value, _ in likeness), default=0.0)
    witnesses = [sentence for value, sentence in likeness if value > 0 and value >= ALIKE * top]
    return bool(witnesses) and not any(_agrees(claim, sentence) for sentence in witnesses)


def _topics(text: str) -> frozenset[str]:
    """Returns the stems of what a text is about: "nobody" is about nobody in particular."""
    return frozenset(stemmed([word for word in content_words(text) if not _NEGATION.match(word)]))


def _agrees(claim: str, sentence: str) -> bool:
    wider = _OF_ALL.search(claim) is not None and _OF_ALL.search(sentence) is None
    return not wider and not _turned(claim, sentence)


def _turned(claim: str, sentence: str) -> bool:
    claimed_not, claimed = _scopes(claim)
    stated_not, stated = _scopes(sentence)
    missing = (stated_not - stated) & (claimed - claimed_not)
    added = (claimed_not - claimed) & (stated - stated_not)
    return bool(missing or added)


def _scopes(text: str) -> tuple[set[str], set[str]]:
    """Returns the stems that stand under a negation, and those that stand under none."""
    denied: set[str] = set()
    plain: set[str] = set()
    left = 0
    for token in _TOKEN.findall(_NOT_ONLY.sub(" ", text)):
        if _NEGATION.match(token):
            left = REACH
        elif not token[0].isalnum():
            left = 0
        elif (word := token.lower()) not in STOP_WORDS:
            (denied if left else plain).update(stemmed([word]))
            left = max(0, left - 1)
    return denied, plain
