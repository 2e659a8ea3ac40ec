"""What people type after a command, as subjects and rows of the register."""

from __future__ import annotations

from bot.listeners.services import Services
from knowledge.registers.initiatives import Initiative
from knowledge.registers.owning.asking import understand
from knowledge.registers.owning.matching import named_subjects
from knowledge.registers.responsibilities import TEAM, Responsibility, Subject
from knowledge.registers.team import Team

SURE = 0.8
WHOLE_TEAM = {"team", "the team", "whole team", "the whole team"}


def subject_typed(words: str, services: Services) -> Subject | None:
    """Returns the subject that somebody means: as it is written, by another name, or with a slip."""
    team, lexicon = services.team, services.registers.lexicon()
    if words.casefold() in WHOLE_TEAM:
        return TEAM
    exact = Subject.read(words)
    if exact.kind == "dataset" and exact.name in team.datasets:
        return exact
    if exact.kind != "dataset" and team.exists(exact):
        return exact
    found = named_subjects(understand(words, lexicon), lexicon, at_least=SURE)
    return found[0] if found else None


def initiative_typed(words: str, team: Team) -> Initiative | None:
    """Returns the initiative of a name or another name of it."""
    wanted = " ".join(words.split()).casefold()
    names = {name.casefold(): one for one in team.initiatives.values() for name in (*one.aliases, one.name)}
    return names.get(wanted)


def row_typed(words: str, services: Services) -> Responsibility | None:
    """Returns the one row that somebody means: by its key, or because nothing else can be meant."""
    rows = services.team.responsibilities
    if words in rows:
        return rows[words]
    found = [one.row for one in services.registers.who_owns(words).rows if one.source == "responsibility"]
    return found[0] if len(found) == 1 else None
