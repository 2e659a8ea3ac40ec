"""A Backstage catalog-info.yaml: the owner of a component answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.registers.imports.imported import Imported, holders
from knowledge.registers.responsibilities import TEAM, Responsibility, Subject
from knowledge.registers.team import Team
from knowledge.registers.team_file.marks import Marked, read_all_marked
from knowledge.registers.team_file.problems import Problem

_OWNED = frozenset({"Component", "API", "Resource", "System", "Domain"})
_DATASETS = frozenset({"dataset", "database", "table", "s3-bucket"})


def read_backstage(text: str, team: Team) -> Imported:
    """Reads each entity with an owner; users, groups and locations are passed over."""
    rows: list[Responsibility] = []
    problems: list[Problem] = []
    for document in read_all_marked(text, name="catalog-info.yaml"):
        rows += _rows(document, team, problems)
    return Imported(rows=tuple(rows), problems=tuple(problems))


def _rows(document: Marked, team: Team, problems: list[Problem]) -> Iterator[Responsibility]:
    entity = document.value if isinstance(document.value, dict) else {}
    kind, spec, metadata = (entity.get(key) for key in ("kind", "spec", "metadata"))
    if kind not in _OWNED:
        return
    name = metadata.get("name") if isinstance(metadata, dict) else None
    owner = spec.get("owner") if isinstance(spec, dict) else None
    line = document.line(("spec", "owner"))
    if not name or not owner:
        problems.append(Problem(line=line, words=f"{kind} {name or 'without name'} has no owner."))
        return
    named = holders([_name(str(owner), team)], team, line, problems)
    if named:
        subject = _subject(str(name), str(kind), dict(spec or {}), team)
        yield Responsibility(
            subject_kind=subject.kind,
            subject=subject.name,
            activity=f"own {str(kind).lower()} {name}",
            accountable=named,
            responsible=named,
        )


def _subject(name: str, kind: str, spec: dict[str, Any], team: Team) -> Subject:
    """Returns what it belongs to: a model or dataset of its name, its system's initiative, or the team."""
    if name in team.models:
        return Subject(kind="model", name=name)
    if kind == "Resource" and str(spec.get("type")) in _DATASETS:
        return Subject(kind="dataset", name=name)
    for part in (name, str(spec.get("system") or "").rpartition("/")[2]):
        if part in team.initiatives:
            return Subject(kind="initiative", name=part)
    return TEAM


def _name(owner: str, team: Team) -> str:
    """Returns an owner as the register may know them: `group:default/ml-engineers`, `user:ana`."""
    bare = owner.rpartition(":")[2].rpartition("/")[2]
    spaced = bare.replace("-", " ").replace("_", " ")
    for name in (bare, spaced, spaced.removesuffix("s")):
        if team.people_called(name) or team.role(name):
            return name
    return bare
