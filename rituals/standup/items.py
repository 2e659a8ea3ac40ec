"""A person's words taken apart: one item a line or sentence, each with the initiative it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from knowledge.documents.sentences import sentence_spans
from knowledge.records.standup_entry import Item, StandupQuestion
from knowledge.registers.owning.asking import understand
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.matching import named_subjects
from knowledge.registers.responsibilities import Subject
from rituals.rhythm import DAYS_A_WEEK, WEEKDAYS

NAMED = 0.85
"""How whole an initiative, a model or a dataset must be named to be what an item is about."""
READ = 400
"""Characters of an item in which names are looked for: reading is slow, and a name comes early."""
MOST_ITEMS = 40

_NOTHING = re.compile(
    r"(?:(?:nothing|none|no|nope|n/?a|nil|same|-+|–|all (?:good|clear|fine)|not?hing (?:new|much|special)"
    r"|no (?:news|changes?|blockers?|updates?|impediments?)|as (?:before|yesterday)"
    r"|same as (?:before|yesterday))(?: (?:today|yet|so far|to report|from me|in my way|here))*)\W*",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_PREFIX = re.compile(r"^[\s>*•·–-]+|^\d+[.)]\s+")
_SINCE = re.compile(
    r"\b(?:since|from|asked|waiting|reported|raised|open|opened|filed)\b[\w\s,@.'’-]{0,60}?"
    r"\b(?:(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)|(?P<yesterday>yesterday)"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[A-Z][a-z]{2})[a-z]*)\b",
    re.IGNORECASE,
)
_FOR_DAYS = re.compile(
    r"\b(?:for|late|overdue|waiting)\s+(?:by\s+)?(?P<number>\d{1,3})\s+(?P<unit>days?|weeks?)\b"
    r"|\b(?P<late>\d{1,3})\s+days?\s+(?:late|overdue)\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def items_of(
    questions: Sequence[StandupQuestion], answers: Mapping[str, str], lexicon: Lexicon
) -> tuple[Item, ...]:
    """Returns what was said to the questions, item by item; "nothing new" is no item."""
    return tuple(_items(questions, answers, lexicon))[:MOST_ITEMS]


def says_nothing(text: str) -> bool:
    """Tells whether words amount to "nothing", or there are none at all: a lone emoji has none."""
    return not _WORD.search(_without_emoji_names(text)) or _NOTHING.fullmatch(text.strip()) is not None


def since_when(text: str, day: date) -> date:
    """Returns the day that a blocker's text gives ("asked on Monday", "since 3 Nov"), or `day`."""
    if match := _FOR_DAYS.search(text):
        number = int(match["number"] or match["late"])
        weeks = (match["unit"] or "").lower().startswith("week")
        return day - timedelta(days=min(number * (DAYS_A_WEEK if weeks else 1), 365))
    match = _SINCE.search(text)
    found = _day(match, day) if match else day
    return found if day - timedelta(days=366) < found <= day else day


def _items(
    questions: Sequence[StandupQuestion], answers: Mapping[str, str], lexicon: Lexicon
) -> Iterator[Item]:
    for question in questions:
        words = answers.get(question.id, "")
        if question.kind not in {"text", "blockers"}:
            if words.strip():
                yield Item(question=question.id, text=words.strip())
            continue
        for piece in pieces(words):
            if not says_nothing(piece):
                yield Item(question=question.id, text=piece, initiative=initiative_in(piece, lexicon))


def pieces(text: str) -> Iterator[str]:
    """Yields the lines of a text, long ones cut into their sentences."""
    for line in text.splitlines():
        bare = _PREFIX.sub("", line).strip()
        spans = sentence_spans(bare) or ((0, len(bare)),)
        yield from (bare[start:end] for start, end in spans if bare[start:end].strip())


def initiative_in(text: str, lexicon: Lexicon) -> str:
    """Returns the initiative that a text names, itself or by a model or dataset of it; or nothing."""
    team = lexicon.team
    head, colon, _ = text.partition(":")
    if colon:
        names = {
            name.casefold(): one.name
            for one in team.initiatives.values()
            for name in (one.name, *one.aliases)
        }
        if found := names.get(head.strip().casefold()):
            return found
    for name in team.datasets:
        owner = team.initiative_of(Subject(kind="dataset", name=name))
        if owner is not None and name.casefold() in text.casefold():
            return owner.name
    for subject in named_subjects(understand(text[:READ], lexicon), lexicon, at_least=NAMED):
        initiative = team.initiative_of(subject)
        if initiative is not None:
            return initiative.name
    return ""


def _day(match: re.Match[str], day: date) -> date:
    if match["yesterday"]:
        return day - timedelta(days=1)
    if match["weekday"]:
        back = (day.weekday() - WEEKDAYS.index(match["weekday"].lower()[:3])) % DAYS_A_WEEK
        return day - timedelta(days=back)
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = _MONTHS.index(match["month"].lower()) + 1
        found = date(day.year, month, int(match["day"]))
    except ValueError:
        return day
    return found if found <= day else found.replace(year=day.year - 1)


def _without_emoji_names(text: str) -> str:
    return re.sub(r":[\w+-]+:", "", text)
