"""Entries as plain values: what the database's JSON, the changes and the comparison of teams hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from knowledge.registers.team import KINDS, Entry


@cache
def _adapter(kind: str) -> TypeAdapter[Entry]:
    return TypeAdapter(KINDS[kind])


def to_form(entry: Entry) -> dict[str, Any]:
    """Returns an entry as JSON has it: texts, numbers, lists, mappings; days as `2026-11-23`."""
    form: dict[str, Any] = _adapter(entry.kind).dump_python(entry, mode="json")
    return form


def from_form(kind: str, form: Mapping[str, Any]) -> Entry:
    """Returns the entry of a form; fields that are missing take their defaults."""
    return _adapter(kind).validate_python(dict(form))
