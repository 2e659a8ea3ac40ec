"""What went over the wire, for developers: the app's calls, deliveries to it, refusals with their reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from bot.sandbox.controls.journal import Journal
from bot.sandbox.page.markup.html import EMPTY, joined, tag
from bot.sandbox.page.screens.viewer import zone_of
from bot.sandbox.workspace.records import User

SHOWN = 200
_DEEPEST = 40


@dataclass(frozen=True, kw_only=True)
class Line:
    """One call or delivery. `why` says what was wrong with one that was refused."""

    number: int
    kind: str
    name: str
    time: str
    elapsed: str
    outcome: str
    refused: bool
    note: str
    why: tuple[str, ...]


def lines(journal: Journal, user: User, *, after: int = 0) -> list[Line]:
    """Returns the newest entries after a number, newest first."""
    return [_line(entry, user) for entry in reversed(journal.entries(after=after, most=SHOWN))]


def payloads(journal: Journal, number: int) -> tuple[Markup, Markup] | None:
    """Returns one entry's request and answer, drawn; None for one that was forgotten."""
    found = journal.entries(after=number - 1, most=10**9)[:1]
    if not found or found[0]["number"] != number:
        return None
    return pretty(_parsed(found[0]["request"])), pretty(_parsed(found[0]["response"]))


def pretty(value: Any, depth: int = 0) -> Markup:
    """Returns a JSON value with its parts coloured, indented by two blanks."""
    if isinstance(value, dict) and value and depth < _DEEPEST:
        pairs = [
            joined(
                [
                    tag("span", json.dumps(str(key), ensure_ascii=False), class_="j-key"),
                    ": ",
                    pretty(item, depth + 1),
                ]
            )
            for key, item in value.items()
        ]
        return _bracketed("{", pairs, "}", depth)
    if isinstance(value, list) and value and depth < _DEEPEST:
        return _bracketed("[", [pretty(item, depth + 1) for item in value], "]", depth)
    written = json.dumps(value, ensure_ascii=False, default=str)
    return tag("span", written, class_="j-text" if isinstance(value, str) else "j-atom")


def _bracketed(begin: str, parts: list[Markup], end: str, depth: int) -> Markup:
    margin, inner = "\n" + "  " * depth, "\n" + "  " * (depth + 1)
    body = Markup("," + inner).join(parts)  # noqa: S704 -- blanks and a comma
    return EMPTY + begin + inner + body + margin + end


def _line(entry: dict[str, Any], user: User) -> Line:
    at = datetime.fromtimestamp(entry["at"], tz=UTC).astimezone(zone_of(user.tz))
    attempt = f"attempt {entry['attempt'] + 1}" if entry["attempt"] else ""
    return Line(
        number=entry["number"],
        kind=entry["kind"],
        name=entry["name"],
        time=f"{at:%H:%M:%S}",
        elapsed=f"{entry['elapsed_ms']:.0f} ms",
        outcome=entry["outcome"],
        refused=entry["outcome"] != "ok",
        note=" · ".join(part for part in (entry["transport"], attempt) if part),
        why=_why(_parsed(entry["response"])) if entry["outcome"] != "ok" else (),
    )


def _why(answer: Any) -> tuple[str, ...]:
    """Returns the sentences in which a refusal says what was wrong."""
    if not isinstance(answer, dict):
        return ()
    messages = (answer.get("response_metadata") or {}).get("messages") or answer.get("errors") or []
    needed = [f"needs the scope {answer['needed']}"] if answer.get("needed") else []
    return (*needed, *(str(message) for message in messages if isinstance(message, str)))


def _parsed(value: Any) -> Any:
    """Returns JSON in strings as what it says, so that it can be read."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return _parsed(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, dict):
        return {key: _parsed(item) for key, item in value.items()}
    return value
