"""What an import gives: rows to look at, and what could not be read, with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.registers.responsibilities import Holder, Responsibility
from knowledge.registers.team import Team
from knowledge.registers.team_file.naming import UnclearNameError, holder
from knowledge.registers.team_file.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Imported:
    """Proposed rows, in the order of the file, and the problems; nothing has been written."""

    rows: tuple[Responsibility, ...] = ()
    problems: tuple[Problem, ...] = ()


Parser = Callable[[str, Team], Imported]


def holders(names: Iterable[str], team: Team, line: int, problems: list[Problem]) -> tuple[Holder, ...]:
    """Returns who is meant by names, each once; those that mean nobody become problems of the line."""
    found: dict[Holder, None] = {}
    for name in names:
        try:
            found[holder(name.strip(), team)] = None
        except UnclearNameError as error:
            problems.append(Problem(line=line, words=str(error)))
    return tuple(found)
