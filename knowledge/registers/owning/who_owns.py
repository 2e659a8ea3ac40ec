"""Who owns what: free words -> rows, without any store: a pure ranking over a lexicon."""

from __future__ import annotations

from datetime import date

from knowledge.registers.gaps import activities_without_owner
from knowledge.registers.owning.asking import Asking, understand
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.matching import Match, matches
from knowledge.registers.owning.owners import Owners, owned
from knowledge.registers.responsibilities import TEAM, Subject

ENOUGH = 0.62
"""The share of the question's words that a row must account for to be an answer."""
ENOUGH_NAMED = 0.5
NAMED = 0.85
"""The same for a row whose subject is named as surely as this."""
ENOUGH_AHEAD = 0.45
AHEAD = 0.08
"""The same for a row that scores so much more than any other activity: nothing else can be meant."""
CLOSE = 0.06
"""How far below the best row another may score and still be meant as well."""
OF_ONE_SUBJECT = 0.3
"""The same where only a subject was named: its other rows are worth seeing."""
OF_ONE_PERSON = 0.15
"""The same where a person was named: all that they answer for."""
NEAR = 0.3
"""The least score of a row that is worth showing where nothing answers."""
MOST = 5


def find_owners(words: str, lexicon: Lexicon, today: date, *, limit: int = MOST) -> Owners:
    """Returns the rows that free words mean, A first in each; where there are none, the nearest ones."""
    asking = understand(words, lexicon)
    ranked = matches(asking, lexicon)
    if not ranked:
        return Owners(words=words)
    close, enough = _close(asking, ranked[0]), _enough(asking, ranked)
    meant = [m for m in ranked if _answers(m, asking, enough) and m.score >= ranked[0].score - close]
    chosen = (meant or [match for match in ranked if match.score >= NEAR])[:limit]
    rows = tuple(owned(m.row, lexicon.team, today, score=min(max(m.score, 0.0), 1.0)) for m in chosen)
    subject = ranked[0].row.about if ranked[0].subject > 0 else None
    if meant:
        return Owners(words=words, rows=rows, subject=str(subject or ""))
    unowned = _unowned(subject, lexicon, today)
    return Owners(words=words, nearest=rows, unowned=unowned, subject=str(subject or ""))


def _close(asking: Asking, best: Match) -> float:
    if asking.people:
        return OF_ONE_PERSON
    return OF_ONE_SUBJECT if best.bare and best.subject else CLOSE


def _enough(asking: Asking, ranked: list[Match]) -> float:
    """Returns which share of the words a row must account for: less where nothing else can be meant."""
    best = ranked[0]
    others = (match.score for match in ranked if match.row.activity != best.row.activity)
    is_clear = bool(asking.people) or best.score - next(others, 0.0) >= AHEAD
    if is_clear:
        return ENOUGH_AHEAD
    return ENOUGH_NAMED if best.subject >= NAMED else ENOUGH


def _answers(match: Match, asking: Asking, enough: float) -> bool:
    if match.explained < enough:
        return False
    return match.activity > 0 or (match.bare and match.subject > 0) or bool(asking.people)


def _unowned(subject: Subject | None, lexicon: Lexicon, today: date) -> tuple[str, ...]:
    if subject is None or subject == TEAM:
        return ()
    return tuple(activities_without_owner(lexicon.team, subject, today))
