"""What documents say of responsibilities: role descriptions item by item, playbooks table by table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_TITLE = re.compile(r"^title:\s*[\"']?(?P<title>.+?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*$")
_ITEM = re.compile(r"^[-*]\s+(?P<activity>[^:*]{3,80}?):\s")
_SECTIONS: dict[str, Literal["A", "C"]] = {"decides": "A", "is asked about": "C"}
_NOBODY = re.compile(r"^nobody\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a document says of an activity: that a role is accountable (A), responsible (R) or consulted (C).

    `source` and `heading` are where it says so.
    """

    activity: str
    letter: Literal["A", "R", "C"]
    role: str
    source: str
    heading: str

    @property
    def place(self) -> str:
        """Returns source and heading as one line."""
        return f"{self.source} › {self.heading}"


def read_claims(root: Path) -> list[Claim]:
    """Returns what the Markdown files under a folder say; those in a folder `roles` describe roles."""
    found: list[Claim] = []
    for path in sorted(root.rglob("*.md")):
        text, source = path.read_text(encoding="utf-8", errors="replace"), str(path.relative_to(root))
        read = claims_of_role if path.parent.name == "roles" else claims_of_playbook
        found += read(text, source)
    return found


def claims_of_role(text: str, source: str) -> list[Claim]:
    """Returns what a role description says under "Decides" and "Is asked about"."""
    title = _TITLE.search(text)
    role, heading = title["title"] if title else "", ""
    found = []
    for line in text.splitlines() if role else ():
        if match := _HEADING.match(line):
            heading = match["text"]
        letter = _SECTIONS.get(heading.lower())
        item = _ITEM.match(line)
        if letter and item:
            claim = Claim(activity=item["activity"], letter=letter, role=role, source=source, heading=heading)
            found.append(claim)
    return found


def claims_of_playbook(text: str, source: str) -> list[Claim]:
    """Returns what the tables of a playbook say that have the columns Activity and Accountable."""
    found: list[Claim] = []
    heading, columns = "", list[str]()
    for line in text.splitlines():
        if match := _HEADING.match(line):
            heading, columns = match["text"], []
        if not line.startswith("|"):
            columns = []
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not columns:
            columns = [cell.lower() for cell in cells]
        elif {"activity", "accountable"} <= set(columns) and not set(line) <= set("|-: "):
            found += _claims_of_line(dict(zip(columns, cells, strict=False)), source, heading)
    return found


def _claims_of_line(cells: dict[str, str], source: str, heading: str) -> Iterator[Claim]:
    letters: tuple[tuple[str, Literal["A", "R", "C"]], ...] = (
        ("accountable", "A"),
        ("responsible", "R"),
        ("consulted", "C"),
    )
    place = {"source": source, "heading": heading}
    for column, letter in letters:
        for role in cells.get(column, "").split(","):
            if role.strip() and not _NOBODY.match(role.strip()):
                yield Claim(activity=cells["activity"], letter=letter, role=role.strip(), **place)
