"""Who and what is meant by the names in a team's file, and how they are written back."""

from __future__ import annotations

import re
import unicodedata

from knowledge.registers.responsibilities import Holder
from knowledge.registers.team import Team

ROLE, PERSON = "role:", "person:"
_ALIKE = 70


class UnclearNameError(ValueError):
    """A name means nobody, or several; the message says which and what to write instead."""


def slug(text: str, *, longest: int = 80) -> str:
    """Returns a text as an id: `Ana Ruiz` is `ana-ruiz`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    ascii_only = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "-", ascii_only).strip("-")[:longest].rstrip("-")


def person_id(text: str, team: Team) -> str:
    """Returns the id of the person that a text means; raises `UnclearNameError`."""
    found = team.person(text) or team.person(text.removeprefix(PERSON).strip())
    if found is not None:
        return found.id
    several = team.people_called(text)
    if several:
        choice = " or ".join(f"{person.id} ({person.name})" for person in several)
        raise UnclearNameError(f"{text!r} may be several people; write the id: {choice}.")
    raise UnclearNameError(f"{text!r} is nobody in people{_hint(text, team)}")


def holder(text: str, team: Team) -> Holder:
    """Returns the person or role that a text means; raises `UnclearNameError`.

    `role:` in front always means a role, known or not.
    """
    if text.startswith(ROLE):
        name = text.removeprefix(ROLE).strip()
        return Holder(kind="role", name=team.role(name) or name)
    if team.people_called(text) or text.startswith(PERSON) or text in team.people:
        return Holder(kind="person", name=person_id(text, team))
    if role := team.role(text):
        return Holder(kind="role", name=role)
    raise UnclearNameError(f"{text!r} is neither a person nor a role{_hint(text, team)}")


def person_text(person: str, team: Team) -> str:
    """Returns how a file names a person: by name where that is clear, else by id."""
    known = team.people.get(person)
    return known.name if known is not None and team.person(known.name) == known else person


def holder_text(holder_: Holder, team: Team) -> str:
    """Returns how a file names a holder; the reverse of `holder`."""
    if holder_.kind == "person":
        text = person_text(holder_.name, team)
        return f"{PERSON}{text}" if text.startswith((ROLE, PERSON)) else text
    clear = team.role(holder_.name) == holder_.name and not team.people_called(holder_.name)
    plain = clear and holder_.name not in team.people and not holder_.name.startswith((ROLE, PERSON))
    return holder_.name if plain else f"{ROLE}{holder_.name}"


def _hint(text: str, team: Team) -> str:
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  # only mistakes need it

    names = [person.name for person in team.people.values()] + list(team.roles)
    best = process.extractOne(
        text, names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return f"; did you mean {best[0]!r}?" if best else "."
