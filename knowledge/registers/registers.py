"""The registers as a source of passages, and the search for owners: read from SQL at the time of asking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Engine

from core.clock import Clock
from knowledge.documents.index.words import fold
from knowledge.passages import DEFAULT_WORKSPACE, Passage, Question
from knowledge.registers.answers.decisions import decision_passages
from knowledge.registers.answers.initiative_fields import FIELDS
from knowledge.registers.answers.making import passage
from knowledge.registers.answers.model_fields import model_sentences
from knowledge.registers.answers.overviews import overview_passages
from knowledge.registers.answers.people import people_passages
from knowledge.registers.answers.rows import row_passage, rows_passage
from knowledge.registers.owning.asking import Asking, understand
from knowledge.registers.owning.lexicon import Lexicon
from knowledge.registers.owning.matching import Match, matches, named_subjects
from knowledge.registers.owning.owners import Owners, owned
from knowledge.registers.owning.who_owns import find_owners
from knowledge.registers.reading import Reader
from knowledge.registers.responsibilities import Subject
from knowledge.registers.team import Team

_WHO = re.compile(
    r"\bwho(m|se|s)?\b|\bowners?\b|\bowns\b|\baccountable\b|\bresponsible\b|\bin charge\b"
    r"|\bpoint of contact\b|\braci\b"
)
SURE = 0.95
UNNAMED = 0.45
"""The confidence of rows that no subject was named for: documents may say more about the rule."""
NAMED = 0.85
"""How whole a subject must be named for its fields to be told."""
EXPLAINED = 0.8
EXPLAINED_ALONE = 0.9
"""The share of the question's words that a row accounts for: with a subject, and without one."""
ROWS = 3


class Registers:
    """Answers from one workspace's registers; a row changed a moment ago answers at once."""

    def __init__(self, engine: Engine, clock: Clock, *, workspace_id: str = DEFAULT_WORKSPACE) -> None:
        self._reader = Reader(engine, workspace_id=workspace_id)
        self._clock = clock
        self._lexicon: Lexicon | None = None

    def team(self) -> Team:
        """Returns the newest team."""
        return self._reader.team()

    def lexicon(self) -> Lexicon:
        """Returns the newest team's word lists; made anew only when the registers have moved."""
        team, known = self._reader.team(), self._lexicon
        if known is None or known.team is not team:
            known = self._lexicon = Lexicon(team=team)
        return known

    def who_owns(self, words: str, *, limit: int = 5) -> Owners:
        """Returns the rows that free words mean, or the nearest ones with the activities nobody owns."""
        return find_owners(words, self.lexicon(), self._today(), limit=limit)

    def search(self, question: Question, *, limit: int = 10) -> Sequence[Passage]:
        """Returns what the registers know about a question, best first; nothing for other questions."""
        found = {one.id: one for one in self._passages(question.text)}
        return sorted(found.values(), key=lambda one: -one.score)[:limit]

    def _passages(self, text: str) -> Iterator[Passage]:
        lexicon, today = self.lexicon(), self._today()
        team, asked = lexicon.team, _plain(text)
        asking = understand(text, lexicon)
        named = named_subjects(asking, lexicon, at_least=NAMED)
        overviews = overview_passages(asked, named[0] if named else None, team, today)
        yield from overviews
        yield from decision_passages(asked, team, limit=ROWS)
        if overviews:
            return
        yield from people_passages(asked, asking.people, team, today)
        yield from _fields(asked, named, team)
        if _WHO.search(asked):
            yield from _owners(asking, lexicon, today)

    def _today(self) -> date:
        return self._clock.now().date()


def _plain(text: str) -> str:
    """Returns a question in lower case with "who's" kept: folding would drop the genitive."""
    return fold(text.replace("’", "'").lower().replace("who's", "who is").replace("what's", "what is"))


def _fields(asked: str, named: Sequence[Subject], team: Team) -> Iterator[Passage]:
    """Yields the fields of initiatives and models that a question names together with their names."""
    by_person = re.search(r"\bwho(m|se)?\b", asked) is not None
    for subject in named:
        initiative = team.initiative_of(subject) if subject.kind == "initiative" else None
        if initiative is not None:
            wanted = [f for f in FIELDS if f.asked.search(asked) and (f.of_person or not by_person)]
            said = [sentence for field in wanted for sentence in field.tell(initiative, team)]
            if said:
                source = f"Initiative register: {initiative.name}"
                owner = team.name_of(initiative.lead)
                yield passage(source=source, sentences=said, confidence=SURE, owner=owner)
        if subject.kind == "model" and subject.name in team.models:
            model = team.models[subject.name]
            if told := model_sentences(model, team, asked):
                owner = team.name_of(model.owner)
                yield passage(
                    source=f"Model register: {model.name}", sentences=told, confidence=SURE, owner=owner
                )


def _owners(asking: Asking, lexicon: Lexicon, today: date) -> Iterator[Passage]:
    ranked = [match for match in matches(asking, lexicon) if _meant(match)]
    best = [match for match in ranked if match.score >= ranked[0].score - 0.05]
    if not best:
        return
    team = lexicon.team
    if best[0].subject == 0 and len(best) > 1:
        same = [owned(m.row, team, today) for m in best if m.row.activity == best[0].row.activity]
        yield rows_passage(same[: ROWS * 2], best[0].row.activity, confidence=UNNAMED)
        return
    for match in best[:ROWS]:
        confidence = SURE if match.subject >= NAMED else UNNAMED
        yield row_passage(owned(match.row, team, today), team, confidence=confidence * min(1.0, match.score))


def _meant(match: Match) -> bool:
    if match.bare:
        return match.subject >= NAMED
    needed = EXPLAINED if match.subject >= NAMED else EXPLAINED_ALONE
    return match.activity > 0 and match.explained >= needed
