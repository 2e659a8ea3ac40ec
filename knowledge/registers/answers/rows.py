"""Passages from the register of responsibilities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.passages import Passage
from knowledge.registers.answers.making import passage
from knowledge.registers.answers.sentences import gerund, listed
from knowledge.registers.gaps import CONFIRM_EVERY
from knowledge.registers.owning.derived import LEAD, OWN, SPONSOR
from knowledge.registers.owning.owners import Owned, Standing
from knowledge.registers.team import Team

_SOURCES = {
    "responsibility": "RACI register",
    "initiative": "Initiative register",
    "model": "Model register",
}
_DERIVED = {
    LEAD: "**{name}** leads {subject} and is accountable for it.",
    SPONSOR: "**{name}** is the sponsor of {subject}.",
    OWN: "**{name}** is the owner of {subject}.",
}


def row_passage(owned: Owned, team: Team, *, confidence: float) -> Passage:
    """Returns one row as a passage: who is accountable, then everybody else, then how fresh it is."""
    row = owned.row
    place = str(row.about) if owned.source != "responsibility" else row.key
    return passage(
        source=f"{_SOURCES[owned.source]}: {place}",
        sentences=row_sentences(owned, team),
        confidence=confidence,
        owner=listed(standing.name for standing in owned.accountable),
        reviewed=row.confirmed_on,
        review_due=row.confirmed_on + CONFIRM_EVERY if row.confirmed_on else None,
    )


def rows_passage(found: Sequence[Owned], activity: str, *, confidence: float) -> Passage:
    """Returns the rows of one activity on several subjects as one passage, an item each."""
    items = [
        f"On {owned.row.about.label}, **{listed(s.name for s in owned.accountable)}** is accountable for"
        f" {gerund(activity)}{_responsible(owned)}."
        for owned in found
    ]
    return passage(source=f"RACI register: {activity}", sentences=items, as_list=True, confidence=confidence)


def row_sentences(owned: Owned, team: Team) -> list[str]:
    """Returns what there is to say of a row."""
    row, accountable = owned.row, owned.accountable
    names = listed(standing.name for standing in accountable)
    if owned.source != "responsibility":
        return [_DERIVED[row.activity].format(name=names, subject=row.about.label), *_today(accountable)]
    return [
        _answering(owned),
        *_others(owned),
        *_today((*accountable, *owned.responsible)),
        _freshness(owned, team),
    ]


def _answering(owned: Owned) -> str:
    """Returns who is accountable and who responsible, in one sentence: both belong to the answer."""
    what = f"{gerund(owned.row.activity)} {owned.row.about.within}"
    names = listed(standing.name for standing in owned.accountable)
    if not names:
        return f"Nobody is accountable for {what}{_responsible(owned)}."
    if [s.holder for s in owned.accountable] == [s.holder for s in owned.responsible]:
        return f"**{names}** is accountable and responsible for {what}."
    return f"**{names}** is accountable for {what}{_responsible(owned)}."


def _others(owned: Owned) -> list[str]:
    said = []
    for letter, word in (("C", "Consulted"), ("I", "Informed")):
        names = [standing.name for standing in owned.standings if standing.letter == letter]
        if names:
            said.append(f"{word}: {listed(names)}.")
    return said


def _responsible(owned: Owned) -> str:
    names = [standing.name for standing in owned.responsible]
    return f"; responsible: {listed(names)}" if names else ""


def _today(standings: Sequence[Standing]) -> list[str]:
    told: dict[str, str] = {}
    for standing in standings:
        if standing.note and standing.holder.kind == "person":
            told[standing.name] = f"{standing.name} {_verb(standing.note)}."
        elif not standing.people:
            told[standing.name] = f"Nobody fills the role {standing.name} at present."
    return list(told.values())


def _verb(note: str) -> str:
    return note if note.startswith("left") else f"is {note}"


def _freshness(owned: Owned, team: Team) -> str:
    by = f" by {team.name_of(owned.row.confirmed_by)}" if owned.row.confirmed_by else ""
    ask = f"; ask in {owned.channel}" if owned.channel else ""
    return f"{owned.confirmed.capitalize()}{by}{ask}."


def day(value: date) -> str:
    """Returns a day as sentences write it: 31 March 2027."""
    return f"{value.day} {value:%B %Y}"
