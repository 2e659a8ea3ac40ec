"""What a document says of itself, understood: title, kind, owner, audience, review."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from knowledge.documents.document import KINDS

NOBODY = frozenset({"!nobody"})
"""The audience of a document that nobody may read; no name of a person or channel starts so."""

_SPAN = re.compile(r"(\d{1,5})\s*(day|week|month|quarter|year)?s?", re.IGNORECASE)
_DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "quarter": 365 / 4, "year": 365.0}
_RHYTHMS = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 91, "yearly": 365, "annually": 365}
_TITLE_LENGTH = 300
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST_DAYS = 36_500


@dataclass(frozen=True, kw_only=True)
class Value:
    """A field as written: a text, a list of texts, or None for anything else; and where it stands."""

    where: str
    content: str | tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a document says of itself.

    `audience` is None where it names none, so that what ingest was given holds; empty where it says
    `everyone`. `warnings` are sentences that name the field, what was given and where.
    """

    title: str = ""
    kind: str = "document"
    owner: str = ""
    audience: frozenset[str] | None = None
    reviewed: date | None = None
    review_every: timedelta | None = None
    warnings: tuple[str, ...] = ()

    def but(self, **changes: Any) -> Self:
        """Returns the same facts with some changed."""
        return replace(self, **changes)


NO_FACTS = Facts()


def read_facts(fields: Mapping[str, Value]) -> Facts:
    """Understands the fields by their lower-case names; unknown ones are left alone."""
    found: dict[str, Any] = {}
    warnings: list[str] = []
    for name, (understand, expected) in _FIELDS.items():
        value = fields.get(name)
        if value is None:
            continue
        try:
            found[name] = understand(value.content)
        except ValueError:
            warnings.append(_complaint(name, value, expected))
            if name == "audience":
                found[name] = NOBODY
    if any(name[:1] not in "#@" for name in (found.get("audience") or frozenset()) - NOBODY):
        names = ", ".join(sorted(found["audience"]))
        warnings.append(f"audience: {names}: write #channel, @group or @person, else nobody is meant")
    return Facts(**found, warnings=tuple(warnings))


def read_audience(names: Sequence[str]) -> frozenset[str]:
    """Returns the names an audience is made of; empty, which is everyone, only for `everyone`.

    Raises `ValueError` where no name is left, for that must not widen to everyone by itself.
    """
    clean = frozenset(name.strip() for name in names if name.strip())
    if not clean:
        msg = "an audience without names"
        raise ValueError(msg)
    return frozenset() if {name.casefold() for name in clean} == {"everyone"} else clean


def _complaint(name: str, value: Value, expected: str) -> str:
    given = "nothing, a map, or the field twice" if value.content is None else reprlib.repr(value.content)
    outcome = "nobody may read the document until it is mended" if name == "audience" else "left out"
    return f"{value.where}: {name} is {given}; write {expected}; {outcome}"


def _text(content: str | tuple[str, ...] | None) -> str:
    if not isinstance(content, str):
        raise ValueError  # noqa: TRY004  # one kind of complaint for all
    return " ".join(_UNPRINTABLE.sub(" ", content).split())[:_TITLE_LENGTH]


def _kind(content: str | tuple[str, ...] | None) -> str:
    kind = re.sub(r"[\s-]+", "_", _text(content).casefold())
    if kind not in KINDS:
        raise ValueError
    return kind


def _people(content: str | tuple[str, ...] | None) -> str:
    return ", ".join(map(_text, content)) if isinstance(content, tuple) else _text(content)


def _audience(content: str | tuple[str, ...] | None) -> frozenset[str]:
    if content is None:
        raise ValueError
    return read_audience(list(map(_text, content.split(",") if isinstance(content, str) else content)))


def _date(content: str | tuple[str, ...] | None) -> date | None:
    written = _text(content)
    return datetime.fromisoformat(written).date() if written else None


def _span(content: str | tuple[str, ...] | None) -> timedelta | None:
    written = _text(content).casefold().removeprefix("every ")
    if not written:
        return None
    if written in _RHYTHMS:
        return timedelta(days=_RHYTHMS[written])
    match = _SPAN.fullmatch(written)
    days = round(int(match[1]) * _DAYS[match[2] or "day"]) if match else 0
    if not 0 < days <= _LONGEST_DAYS:
        raise ValueError
    return timedelta(days=days)


_FIELDS: Mapping[str, tuple[Any, str]] = {
    "title": (_text, "a text"),
    "kind": (_kind, f"one of {', '.join(KINDS)}"),
    "owner": (_people, "a name"),
    "audience": (_audience, 'names in quotes, like ["#ml-platform", "@leads"], or everyone'),
    "reviewed": (_date, "a date like 2026-11-02"),
    "review_every": (_span, "a span like 90 days, 3 months or 1 year"),
}
