"""A CODEOWNERS file (GitHub's or GitLab's): whoever must review a path answers for it.

The first owner is taken for the accountable one, all for responsible; the rows are the whole team's, for
a path says nothing about initiatives.
"""

from __future__ import annotations

import re

from knowledge.registers.imports.imported import Imported, holders
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.team import Team
from knowledge.registers.team_file.problems import Problem

_SECTION = re.compile(r"^\^?\[(?P<name>[^\]]+)\](\[\d+\])?\s*(?P<owners>.*)$")
_SPACE = "\0"


def read_codeowners(text: str, team: Team) -> Imported:
    """Reads each line of paths and owners; comments and sections are understood."""
    rows: list[Responsibility] = []
    problems: list[Problem] = []
    default: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = re.sub(r"(^|\s)#.*$", "", raw).strip()
        if not line:
            continue
        if section := _SECTION.match(line):
            default = section["owners"].split()
            continue
        path, *owners = line.replace("\\ ", _SPACE).split()
        rows += _row(path.replace(_SPACE, " "), owners or default, team, number, problems)
    return Imported(rows=tuple(rows), problems=tuple(problems))


def _row(
    path: str, owners: list[str], team: Team, line: int, problems: list[Problem]
) -> list[Responsibility]:
    if not owners:
        problems.append(Problem(line=line, words=f"{path} has no owner."))
        return []
    named = holders((_name(owner, team) for owner in owners), team, line, problems)
    if not named:
        return []
    return [
        Responsibility(
            subject_kind="team",
            subject="",
            activity=f"review changes to {path}",
            accountable=named[:1],
            responsible=named,
        )
    ]


def _name(owner: str, team: Team) -> str:
    """Returns an owner as the register may know them: `@org/ml-engineers` may be the role ML engineer."""
    bare = owner.removeprefix("@")
    group = bare.rpartition("/")[2].replace("-", " ").replace("_", " ")
    for name in (bare, group, group.removesuffix("s")):
        if team.people_called(name) or team.role(name):
            return name
    return owner
