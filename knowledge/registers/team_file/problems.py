"""What is wrong with a team's file: every mistake with its line, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import InputError

SHOWN = 50


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """A mistake: the line it stands in, from 1, and words that say how to mend it."""

    line: int
    words: str


class TeamFileError(InputError):
    """A team's file can't be used; nothing of it was applied. `problems` are in the order of their lines."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        shown = [f"{name}:{problem.line}: {problem.words}" for problem in self.problems[:SHOWN]]
        if more := len(self.problems) - len(shown):
            shown.append(f"… and {more} more.")
        count = "1 mistake" if len(self.problems) == 1 else f"{len(self.problems)} mistakes"
        super().__init__(f"{name} has {count}:\n" + "\n".join(shown), cure="Nothing was changed.")
