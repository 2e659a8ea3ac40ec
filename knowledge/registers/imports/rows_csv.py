"""The register as CSV: subject, activity, and a column for each letter; several names are parted by `;`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from knowledge.registers.imports.imported import Imported, holders
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.team import Team
from knowledge.registers.team_file.naming import holder_text, person_text
from knowledge.registers.team_file.problems import Problem

COLUMNS = (
    "subject",
    "activity",
    "accountable",
    "responsible",
    "consulted",
    "informed",
    "confirmed_by",
    "confirmed_on",
)
_SHORT = {"a": "accountable", "r": "responsible", "c": "consulted", "i": "informed"}
_LETTERS = ("accountable", "responsible", "consulted", "informed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_csv(text: str, team: Team) -> Imported:
    """Reads rows from CSV with a header; A, R, C and I may head the columns, `;` or `,` may part them."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    header = [_SHORT.get(name.strip().lower(), name.strip().lower()) for name in next(reader, [])]
    missing = [name for name in ("subject", "activity") if name not in header]
    if missing:
        words = f"the first line must name the columns; {' and '.join(missing)} missing."
        return Imported(problems=(Problem(line=1, words=words),))
    rows: list[Responsibility] = []
    problems: list[Problem] = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            values = dict(zip(header, (_unguarded(cell.strip()) for cell in cells), strict=False))
            rows += _row(values, team, reader.line_num, problems)
    return Imported(rows=tuple(rows), problems=tuple(problems))


def write_csv(rows: Iterable[Responsibility], team: Team) -> str:
    """Returns rows as CSV; cells that a spreadsheet would run as a formula get a quote in front."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        letters = ("; ".join(holder_text(one, team) for one in getattr(row, name)) for name in _LETTERS)
        by = person_text(row.confirmed_by, team) if row.confirmed_by else ""
        cells = (str(row.about), row.activity, *letters, by, str(row.confirmed_on or ""))
        writer.writerow([_guarded(cell) for cell in cells])
    return stream.getvalue()


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def _row(values: dict[str, str], team: Team, line: int, problems: list[Problem]) -> list[Responsibility]:
    if not values.get("subject") or not values.get("activity"):
        problems.append(Problem(line=line, words="subject and activity are needed."))
        return []
    before = len(problems)
    subject = Subject.read(values["subject"])
    named = {name: holders(_parted(values.get(name, "")), team, line, problems) for name in _LETTERS}
    by = holders(_parted(values.get("confirmed_by", "")), team, line, problems)
    on = _day(values.get("confirmed_on", ""), line, problems)
    row = Responsibility(
        subject_kind=subject.kind,
        subject=subject.name,
        activity=values["activity"],
        confirmed_by=by[0].name if by and on else "",
        confirmed_on=on,
        **named,
    )
    return [row] if len(problems) == before else []


def _parted(cell: str) -> list[str]:
    return [name for name in cell.replace("\n", ";").split(";") if name.strip()]


def _day(cell: str, line: int, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        problems.append(Problem(line=line, words=f"{cell!r} is no day; write it like 2026-11-23."))
        return None


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell
