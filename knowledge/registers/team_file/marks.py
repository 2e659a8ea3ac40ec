"""YAML as plain values that remember their lines.

Scalars stay texts: `NO` is Norway, `on` is a key, 3.10 keeps its nought. What a text means is for the
schema to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from knowledge.registers.team_file.problems import Problem, TeamFileError

Path = tuple[str | int, ...]
MOST_NODES = 2_000_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass
class Marked:
    """A YAML document: `value` of texts, lists and mappings, and the line of each path in it."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Returns the line of a path, or that of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_marked(text: str, *, name: str) -> Marked:
    """Reads YAML with its lines; raises `TeamFileError` for what is no YAML or has a key twice."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise TeamFileError(name, [Problem(line=line, words=f"no YAML: {error.problem}.")]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise TeamFileError(name, [Problem(line=1, words=f"no YAML: {error}.")]) from None
    reading = _Reading()
    value = reading.value(node, ()) if node is not None else {}
    if reading.problems:
        raise TeamFileError(name, reading.problems)
    return Marked(value=value, lines=reading.lines)


def read_all_marked(text: str, *, name: str) -> list[Marked]:
    """Reads each document of a YAML stream with its lines; raises as `read_marked` does."""
    try:
        nodes = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TeamFileError(name, [Problem(line=line, words=f"no YAML: {error.problem}.")]) from None
    found = []
    for node in nodes:
        reading = _Reading()
        found.append(Marked(value=reading.value(node, ()), lines=reading.lines))
    return found


class _Reading:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._open: set[int] = set()
        self._nodes = 0

    def value(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        self._nodes += 1
        if id(node) in self._open or self._nodes > MOST_NODES:
            self.problems.append(Problem(line=line, words="an anchor that contains itself, or far too much."))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self._open.add(id(node))
        found = self._inside(node, path)
        self._open.discard(id(node))
        return found

    def _inside(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value)
            if key in found:
                words = f"the key {key!r} stands twice, first in line {self.lines[(*path, key)]}."
                self.problems.append(Problem(line=line, words=words))
                continue
            self.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found

    @staticmethod
    def _scalar(node: yaml.ScalarNode, path: Path) -> Any:
        if not node.style and node.value in _NULLS:
            return None
        if path[:1] != ("rituals",) or node.style:
            return node.value
        return _typed(node.value)


def _typed(text: str) -> Any:
    """Returns what YAML makes of a plain scalar where no schema tells: numbers and truth values."""
    try:
        meant = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return text
    return meant if isinstance(meant, bool | int | float) else text
