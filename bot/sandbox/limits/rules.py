"""The kinds of rule that the limits are written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where: `pointer` is a JSON pointer such as `/blocks/0/text/text`."""

    pointer: str
    message: str
    constraint: dict[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The finding as Slack writes it."""
        return f"{self.message} [json-pointer:{self.pointer}]"


class Rule(Protocol):
    """Looks at a value and adds what is wrong with it."""

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings about `value`, which stands at `pointer`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Str:
    """A string. Lengths are in code points; `shape` is a pattern that all of it must match."""

    least: int = 0
    most: int = 0
    among: tuple[str, ...] = ()
    shape: str = ""

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings about the string."""
        if not isinstance(value, str):
            found.append(_wrong_type(pointer, "string"))
        elif len(value) < self.least:
            found.append(
                _bound(pointer, "min_length", self.least, f"must be more than {self.least - 1} characters")
            )
        elif self.most and len(value) > self.most:
            found.append(
                _bound(pointer, "max_length", self.most, f"must be less than {self.most + 1} characters")
            )
        elif self.among and value not in self.among:
            constraint = {"type": "enum", "expected": list(self.among)}
            found.append(
                Finding(pointer=pointer, message="must be a valid enum value", constraint=constraint)
            )
        elif self.shape and not re.fullmatch(self.shape, value):
            constraint = {"type": "regex", "expected": self.shape}
            found.append(
                Finding(pointer=pointer, message="must match the expected format", constraint=constraint)
            )


@dataclass(frozen=True, kw_only=True)
class Int:
    """A whole number between two bounds."""

    least: int = -(2**53)
    most: int = 2**53

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings about the number."""
        if isinstance(value, bool) or not isinstance(value, int):
            found.append(_wrong_type(pointer, "number"))
        elif value < self.least:
            found.append(_bound(pointer, "min", self.least, f"must be greater than {self.least - 1}"))
        elif value > self.most:
            found.append(_bound(pointer, "max", self.most, f"must be less than {self.most + 1}"))


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings about the flag."""
        if not isinstance(value, bool):
            found.append(_wrong_type(pointer, "boolean"))


@dataclass(frozen=True)
class Anything:
    """Any JSON value: a field that Slack does not look into."""

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds nothing."""


@dataclass(frozen=True, kw_only=True)
class Many:
    """A list of things that keep one rule."""

    of: Rule
    least: int = 0
    most: int = 0

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings about the list's size and about each item."""
        if not isinstance(value, list):
            found.append(_wrong_type(pointer, "array"))
            return
        if len(value) < self.least:
            found.append(
                _bound(pointer, "min_items", self.least, f"no fewer than {self.least} items allowed")
            )
        if self.most and len(value) > self.most:
            found.append(_bound(pointer, "max_items", self.most, f"no more than {self.most} items allowed"))
        for index, item in enumerate(value):
            self.of.check(item, f"{pointer}/{index}", found)


Also = Callable[[dict[str, Any], str, list[Finding]], None]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """An object with these fields and no others. `any_of`: at least one of them must be there."""

    fields: Mapping[str, Rule]
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings about missing, unknown and wrong fields."""
        if not isinstance(value, dict):
            found.append(_wrong_type(pointer, "object"))
            return
        missing = [name for name in self.needs if value.get(name) is None]
        found += [Finding(pointer=pointer, message=f"missing required field: {name}") for name in missing]
        if self.any_of and not any(value.get(name) for name in self.any_of):
            names = ", ".join(self.any_of)
            found.append(Finding(pointer=pointer, message=f"must define at least one of: {names}"))
        for name, item in value.items():
            self._check_field(name, item, pointer, found)
        for check in self.also:
            check(value, pointer, found)

    def _check_field(self, name: str, item: Any, pointer: str, found: list[Finding]) -> None:
        rule = self.fields.get(name)
        if rule is None:
            found.append(Finding(pointer=pointer, message=f"invalid additional property: {name}"))
        elif item is not None:
            rule.check(item, f"{pointer}/{name}", found)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """An object whose `type` says which rule it must keep."""

    of: Mapping[str, Rule]

    def check(self, value: Any, pointer: str, found: list[Finding]) -> None:
        """Adds findings by the rule of its type, or that there is no such type here."""
        if not isinstance(value, dict):
            found.append(_wrong_type(pointer, "object"))
            return
        rule = self.of.get(str(value.get("type")))
        if rule is None:
            constraint = {"type": "enum", "expected": sorted(self.of)}
            message = f"unsupported type: {value.get('type')}"
            found.append(Finding(pointer=f"{pointer}/type", message=message, constraint=constraint))
            return
        before = len(found)
        rule.check(value, pointer, found)
        if len(found) > before and len(self.of) > 1:
            found.insert(before, Finding(pointer=pointer, message="failed to match all allowed schemas"))


def _wrong_type(pointer: str, expected: str) -> Finding:
    constraint = {"type": "type", "expected": expected}
    return Finding(pointer=pointer, message=f"must provide {_article(expected)}", constraint=constraint)


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _bound(pointer: str, kind: str, expected: int, message: str) -> Finding:
    return Finding(pointer=pointer, message=message, constraint={"type": kind, "expected": expected})
