"""A short question in a conversation, understood with what came before it; no model is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.words import content_words, stems, words
from knowledge.passages import Question, Turn

FEW = 2
"""Content words from which a question without pointers stands by itself."""
SHORT = 5
"""Words up to which a question without a verb is taken as the end of a sentence begun before."""
TOPIC = 8
"""How many words of the conversation are added at most."""

_GOES_ON = re.compile(
    r"^\W*(and|or|but|so|also|then|(what|how) about|what if|how so|why|since when|by whom|else|ok(ay)?)\b",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"""\b(?:it|its|they|them|their|theirs|he|she|him|her|his|hers|this|these|those|such|ones?
        |the\s(?:same|other|others|former|latter))\b
    | (?<!\bis\s)(?<!\bare\s)\bthere\b(?!\s(?:is|are)\b)
    | \bthat(?=\W*$|\s+(?:is|was|one|too|also|mean|work|happen|apply|take|case|person|role|step|team)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_FRAGMENT = re.compile(
    r"^\W*(for|in|on|at|with|without|during|after|before|by|from|to|under|until|only|even|not|if)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|should|must|may|will|has|have)\b",
    re.IGNORECASE,
)
_WHOLE_FORM = re.compile(
    r"^\W*(who|whom|whose|what|which|when|where|how)\b(?!\s+(about|so|else|come)\b)", re.IGNORECASE
)


def leans_on_history(question: Question) -> bool:
    """Tells whether the question can be understood only with what came before."""
    text = question.text
    if not question.history or not text.strip():
        return False
    own = content_words(text)
    if _GOES_ON.search(text) and len(own) <= 2 * FEW:
        return True
    pointer = _POINTER.search(text)
    if pointer and len(content_words(text[: pointer.start()])) < FEW:
        return True
    if not own:
        return True
    few = len(words(text)) <= SHORT and not _ASKS.search(text)
    return few and (bool(_FRAGMENT.search(text)) or len(own) < FEW)


def understood(question: Question) -> str:
    """Returns the question as it can be searched for without its conversation.

    Where it goes on with the question before ("and for fraud?") it is put behind it, so that what
    was asked (who? when?) stays; where it asks something of its own ("who approves it?") the topic
    of the question before is put behind it.
    """
    if not leans_on_history(question):
        return question.text
    *earlier, last = question.history
    before = understood(Question(text=last.question, history=tuple(earlier)))
    if _WHOLE_FORM.search(_without_and(question.text)) and content_words(question.text):
        return f"{question.text.strip()} ({' '.join(_topic(before, last, question.text))})"
    return f"{before.strip().rstrip('?!. ')}, {question.text.strip()}"


def _without_and(text: str) -> str:
    return re.sub(r"^\W*(and|or|but|so|also|then|ok(ay)?)\b\W*", "", text, flags=re.IGNORECASE)


def _topic(before: str, last: Turn, text: str) -> list[str]:
    """Returns what the conversation is about: the words of its question, or of its answer if few."""
    found = list(dict.fromkeys(content_words(before)))
    if len(found) < FEW:
        found += content_words(_first_line(last.answer))
    return _new(found, text)[:TOPIC]


def _new(found: Sequence[str], text: str) -> list[str]:
    own = set(stems(text))
    return [word for word in dict.fromkeys(found) if not own.intersection(stems(word))]


def _first_line(text: str) -> str:
    return next((raw for raw in text.splitlines() if raw.strip()), "")
