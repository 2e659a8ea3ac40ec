"""What kind of answer a question asks for, and how a piece of text shows that it is one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["person", "rhythm", "time", "number", "list", "procedure", "definition", "reason", "other"]

_FLAGS = re.IGNORECASE | re.VERBOSE
_ON = r"^\W*(?:(?:and|so|but)\s)?"
_UNITS = "second|minute|hour|day|week|fortnight|month|quarter|year|sprint|century|decade"
_NAMED_DAYS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_ROLES = (
    "owner|lead|manager|engineer|scientist|architect|sponsor|analyst|expert|ethicist|researcher|designer|team|"
    "officer|director|counsel|committee|board|desk|deputy|signer|approver|reviewer|developer|operator|partner|"
    "person|people"
)
_PLURAL = r"\b(?:which|what)\s(?!(?:does|is|was|has|goes|happens|counts)\b)(?:\w+\s){0,1}\w+[^su\W]s\b"

_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("reason", re.compile(_ON + r"(?:why|how\scome)\b | \bwhat\s(?:is|was)\sthe\sreason\b", _FLAGS)),
    (
        "person",
        re.compile(
            _ON + r"(?:\w+\s)?(?:who|whom|whose)\b | \b(?:which|what)\s(?:person|people|roles?|team)\b",
            _FLAGS,
        ),
    ),
    (
        "rhythm",
        re.compile(
            r"\bhow\s(?:often|frequently)\b | \bwhat\s(?:\w+\s)?(?:cadence|frequency|rhythm)\b", _FLAGS
        ),
    ),
    (
        "time",
        re.compile(
            _ON
            + rf"""(?:(?:since|until|by)\s)?when\b
            | \bhow\s(?:soon|long|fast|quickly|late)\b | \bhow\smany\s(?:\w+\s)?(?:{_UNITS})
            | \bwhat\s(?:time|date|day|year|month|century|deadline)\b""",
            _FLAGS,
        ),
    ),
    (
        "number",
        re.compile(
            r"""\bhow\s(?:many|much|high|large|big|low|old|far)\b
            | \b(?:what|which)\s(?:\w+\s)?(?:share|percentage|percent|threshold|target|number|rate|value
              |limit|budget|cost|score|size|amount)\b""",
            _FLAGS,
        ),
    ),
    ("procedure", re.compile(r"\bhow\b | \b(?:what|which)\s(?:are\sthe\s)?steps\b", _FLAGS)),
    (
        "list",
        re.compile(
            rf"""\bwhat\sare\b | \b(?:list|name|enumerate)\b | {_PLURAL}
            | \bwhat\s(?:should|does|must|do)\b.*
              \b(?:contain|include|cover|have|do|decide|need|check|ask|bring)\b
            | \bwhat\s(?:has|have|needs?)\sto\b | \bwhat\s(?:goes|belongs)\b
            | \bwhat(?:\sis|['’]?s)\s(?:needed|required|included)\b
            | \bwhat\smust\b""",
            _FLAGS,
        ),
    ),
    (
        "definition",
        re.compile(r"^\W*(?:what|who)\s(?:is|was|does)\b|\bwhat\sis\b|\bdefin|\bmeaning\sof\b", _FLAGS),
    ),
)
"""The first that matches counts."""

_SHOWS: dict[Kind, re.Pattern[str]] = {
    "person": re.compile(rf"(?i:\b(?:{_ROLES})s?\b)|(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+"),
    "rhythm": re.compile(
        rf"(?i:\b(?:daily|nightly|weekly|monthly|quarterly|yearly|once|twice)\b"
        rf"|\b(?:every|each|per|a|all)\s(?:\w+\s)?(?:{_UNITS}|morning|evening|{_NAMED_DAYS})s?\b)"
    ),
    "time": re.compile(
        rf"(?i:\b(?:{_UNITS}|{_NAMED_DAYS})s?\b|\b(?:daily|weekly|monthly|quarterly|yearly)\b|\bat once\b)"
        r"|\b\d{3,4}\b|\b\d{1,2}:\d\d\b"
    ),
    "number": re.compile(
        r"\d|(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand|million|"
        r"half|third|quarter|twice|none|zero)\b)"
    ),
    "reason": re.compile(r"(?i:\b(?:because|since|so that|therefore|otherwise|due to|in order to|reason)\b)"),
    "definition": re.compile(
        r"(?i:^\W*(?:an? |the )?[\w\s/-]{2,40}?\b(?:is|are|means|was|were|stands for)\b)"
    ),
}


_DENIES = re.compile(r"\b(?:not|never|nobody|no one|neither)\b|n['’]t\b", re.IGNORECASE)
_OWNS = re.compile(r"\bwho\s(?:owns?|owned)\b", re.IGNORECASE)
_DOES = re.compile(r"\bwhat\s(?:does|do|should)\b.+\bdo\b|\bjob\sof\b|\bin charge of\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def kind_of(question: str) -> Kind:
    """Returns the kind of answer that a question asks for, by its form."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "other")


def hinted(question: str) -> str:
    """Returns the question with the word that documents use where askers use another: "what does … do?"."""
    if _DOES.search(question):
        return f"{question} responsible"
    return f"{question} owner" if _OWNS.search(question) else question


@lru_cache(maxsize=256)
def wants_many(question: str) -> bool:
    """Tells whether the answer is likely several things: a list, steps, people in the plural."""
    if kind_of(question) in {"list", "procedure"}:
        return True
    return re.search(rf"\b(?:who|which)\s(?:are|all)\b|{_PLURAL}", question, _FLAGS) is not None


def denies(text: str) -> bool:
    """Tells whether a text has a "not" in it."""
    return _DENIES.search(text) is not None


def shows(kind: Kind, text: str) -> bool:
    """Tells whether a text has what the kind asks for: a role, a date, a number, a reason."""
    pattern = _SHOWS.get(kind)
    return pattern is not None and pattern.search(text) is not None
