"""Text into terms: the one way in which the index and the question are cut into words."""

from __future__ import annotations

import re
import threading
import unicodedata

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_ABOUT_NOTHING = """
    a about above after again against all am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has have
    having he her here hers herself him himself his how i if in into is it its itself just let me more
    most my myself no nor not now of off on once only or other our ours ourselves out over own please
    same shall she should so some such than that the their theirs them themselves then there these they
    this those through to too under until up upon us very was we were what when where which while who
    whom whose why will with would you your yours yourself yourselves
"""
STOP_WORDS = frozenset(_ABOUT_NOTHING.split())
"""Words that say what kind of question it is, not what it is about."""

_stemmers = threading.local()


def words(text: str) -> list[str]:
    """Returns the text's words, lower case, without accents, in order."""
    return [match.group() for match in _WORD.finditer(fold(text))]


def fold(text: str) -> str:
    """Returns the text in lower case, without accents and the 's of a genitive.

    Lengths may change: positions in the result say nothing about the text.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain.replace("’s", "").replace("'s", "")


def is_term(word: str) -> bool:
    """Tells whether a word is looked for: not a stop word, not a lone letter."""
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())


def stems(found: list[str]) -> list[str]:
    """Returns the words' stems, one a word. A stemmer is not for several threads: each has its own."""
    stemmer = getattr(_stemmers, "english", None)
    if stemmer is None:
        stemmer = _stemmers.english = Stemmer.Stemmer("english")
    stemmed: list[str] = stemmer.stemWords(found)
    return stemmed


def terms(text: str) -> list[str]:
    """Returns what a text is indexed and found under: the stems of its words that say something."""
    return stems([word for word in words(text) if is_term(word)])
