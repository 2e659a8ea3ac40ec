"""What people read of the registers in the terminal: owners, rows, matrices, the portfolio, changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.register_plan import short

if TYPE_CHECKING:
    from knowledge.registers.changes import Change
    from knowledge.registers.drafting import Disagreement
    from knowledge.registers.initiatives import Initiative
    from knowledge.registers.owning.owners import Owned, Owners, Standing
    from knowledge.registers.responsibilities import Responsibility, Subject
    from knowledge.registers.team import Team

WORST_FIRST = ("off track", "at risk", "not started", "paused", "on track", "complete")
SHOWN = 8


def print_owners(owners: Owners) -> None:
    """Prints the rows that answer, A first; or the nearest, and what nobody owns."""
    if not owners.found:
        typer.echo(f"No row of the register is about {owners.words!r}.")
        if owners.nearest:
            typer.echo("The nearest:")
    for found in owners.rows or owners.nearest:
        _print_owned(found)
    if owners.unowned:
        typer.echo(f"Without an owner on {owners.subject}: {', '.join(owners.unowned[:SHOWN])}.")


def _print_owned(found: Owned) -> None:
    console = _console()
    console.print(Text(found.row.key, style="bold"))
    for letter in ("A", "R"):
        for standing in found.standings:
            if standing.letter == letter:
                console.print(Text(f"  {letter}  {_standing(standing)}"))
    others = ", ".join(f"{one.name} ({one.letter})" for one in found.standings if one.letter in "CI")
    asked = f"ask in {found.channel}" if found.channel else ""
    facts = [fact for fact in (others, found.confirmed, asked) if fact]
    if facts:
        console.print(Text(f"     {' · '.join(facts)}", style="dim"))


def _standing(standing: Standing) -> str:
    return f"{standing.name} ({standing.note})" if standing.note else standing.name


def owners_to_json(owners: Owners, team: Team) -> str:
    """Returns the result as one line of JSON."""
    rows = owners.rows or owners.nearest
    value = {
        "words": owners.words,
        "found": owners.found,
        "rows": [_row_to_json(found, team) for found in rows],
        "unowned": list(owners.unowned),
    }
    return json.dumps(value, ensure_ascii=False)


def _row_to_json(found: Owned, team: Team) -> dict[str, Any]:
    standings = [
        {"letter": one.letter, "name": one.name, "deputy": team.name_of(one.deputy), "note": one.note}
        for one in found.standings
    ]
    facts = {"confirmed": found.confirmed, "channel": found.channel, "score": round(found.score, 3)}
    return {"row": found.row.key, "standings": standings, **facts}


def print_rows(rows: Sequence[Responsibility], team: Team, today: date) -> None:
    """Prints rows as a table."""
    from knowledge.registers.owning.owners import confirmed  # noqa: PLC0415  # the command line starts at once

    table = Table("Subject", "Activity", "A", "R", "C", "I", "Confirmed", box=None, header_style="bold")
    for row in rows:
        columns = (row.accountable, row.responsible, row.consulted, row.informed)
        names = (", ".join(team.name_of(holder) for holder in column) or "–" for column in columns)
        table.add_row(str(row.about), row.activity, *names, confirmed(row, today).removeprefix("confirmed "))
    _console().print(table)


def print_matrix(rows: Sequence[Responsibility], team: Team) -> None:
    """Prints activities down and people across, headed by initials that are explained below."""
    names = list(dict.fromkeys(team.name_of(holder) for row in rows for _, holder in row.holders()))
    heads = _initials(names)
    table = Table("Activity", *heads, box=None, header_style="bold")
    for row in rows:
        letters: dict[str, str] = {}
        for letter, holder in row.holders():
            name = team.name_of(holder)
            letters[name] = letters.get(name, "") + letter
        table.add_row(row.activity, *(letters.get(name, "") for name in names))
    console = _console()
    console.print(table)
    legend = ", ".join(f"{head} {name}" for head, name in zip(heads, names, strict=True))
    console.print(Text(legend, style="dim"))


def _initials(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        short_name = "".join(word[0] for word in name.split()) or name
        same = sum(head.rstrip("0123456789") == short_name for head in found)
        found.append(f"{short_name}{same + 1}" if same else short_name)
    return found


def print_draft(
    rows: Sequence[Responsibility], disagree: Sequence[Disagreement], subject: Subject, team: Team
) -> None:
    """Prints proposed rows as CSV to look through and import, then where documents and register differ."""
    from knowledge.registers.imports.rows_csv import write_csv  # noqa: PLC0415  # as above

    typer.echo(write_csv(rows, team), nl=False)
    typer.echo(
        f"{len(rows)} proposed for {subject.label}: look through, then `muster raci import`.", err=True
    )
    for one in disagree:
        if one.row.about == subject:
            typer.echo(one.words, err=True)


def print_portfolio(team: Team) -> None:
    """Prints a line an initiative, worst health first."""
    columns = ("Initiative", "Stage", "Health", "Lead", "KPI", "Biggest risk", "Depends on")
    table = Table(*columns, box=None, header_style="bold")
    for one in sorted(team.initiatives.values(), key=lambda one: WORST_FIRST.index(one.health)):
        health = f"{one.health} (incomplete: {', '.join(one.incomplete)})" if one.incomplete else one.health
        depends = ", ".join((*one.depends_on, *one.needs)) or "–"
        risk = one.risks[0].what if one.risks else "–"
        table.add_row(one.name, one.stage, health, team.name_of(one.lead) or "–", _kpi(one), risk, depends)
    _console().print(table)


def _kpi(one: Initiative) -> str:
    from knowledge.registers.answers.sentences import figures  # noqa: PLC0415  # as above

    if one.kpi is None:
        return "–"
    start, end = figures([one.kpi.baseline, one.kpi.target], one.kpi.unit)
    by = f" by {one.kpi.target_date}" if one.kpi.target_date else ""
    return f"{one.kpi.name}: {start or '?'} → {end or '?'}{by}"


def print_initiative(one: Initiative, team: Team) -> None:
    """Prints every field of an initiative as sentences, and its rows as a matrix."""
    from knowledge.registers.answers.initiative_fields import FIELDS  # noqa: PLC0415  # as above

    console = _console()
    console.print(Text(one.name, style="bold"))
    for field in FIELDS:
        for sentence in field.tell(one, team):
            console.print(Text(f"  {sentence.replace('**', '')}"))
    rows = [row for row in team.responsibilities.values() if team.initiative_of(row.about) == one]
    if rows:
        console.print()
        print_matrix(rows, team)


def print_changes(changes: Sequence[Change], team: Team) -> None:
    """Prints changes, newest first: when, who, what, from what to what, why."""
    if not changes:
        typer.echo("No changes.")
    for change in changes:
        verb = "changed" if change.before and change.after else "added" if change.after else "removed"
        why = f": {change.why}" if change.why else ""
        head = f"{change.at:%Y-%m-%d %H:%M} {team.name_of(change.who)} {verb} {change.kind} {change.key}"
        typer.echo(f"{head} (via {change.via}){why}")
        for name, (before, after) in change.fields.items() if verb == "changed" else ():
            typer.echo(f"    {name}: {short(before)} → {short(after)}")


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True, markup=False)
