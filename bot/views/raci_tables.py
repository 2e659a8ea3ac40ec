"""The register as tables: rows, and the matrix of activities and people."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.views.blocks import actions, button, counted, section, small, table
from bot.views.mrkdwn import cut, escape
from bot.views.rendered import MOST_CHARACTERS, Block, Rendered
from knowledge.registers.owning.owners import confirmed
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.team import Team

AS_FILE = "raci_as_file"
ROOM = MOST_CHARACTERS - 1_200
MOST_ROWS = 99
MOST_COLUMNS = 20
MOST_CELLS = 9_500
LONGEST_CELL = 120
HEADS = ("Subject", "Activity", "A", "R", "C", "I", "Confirmed")
LISTED = 3


def list_view(
    rows: Sequence[Responsibility], team: Team, today: date, *, subject: Subject | None
) -> Rendered:
    """Renders rows as one table; of what doesn't fit, it says so and offers a file."""
    about = f" {subject.within}" if subject else ""
    if not rows:
        said = f"The register has no row{escape(about)} yet. `/raci set` adds one, `/raci import` many."
        return Rendered(text=said, blocks=(section(said),))
    cells = [list(HEADS), *(_cells(row, team, today) for row in rows)]
    fitting = _fitting(cells)
    said = f"*{counted(len(rows), 'row')}{escape(cut(about, 200))}*"
    blocks: list[Block] = [section(said), table(cells[:fitting], wrapped=(0, 1, 2, 3, 4, 5))]
    left = len(cells) - fitting
    if left:
        blocks.append(small(f"{counted(left, 'more row')} did not fit here."))
        blocks.append(actions(button(AS_FILE, "Send me all as a file", f"export {subject or ''}".strip())))
    return Rendered(text=said.strip("*"), blocks=tuple(blocks))


def matrix_view(rows: Sequence[Responsibility], team: Team, *, subject: Subject | None) -> Rendered | None:
    """Renders activities down and people across; None where that is too large for a message."""
    cells = matrix_cells(rows, team, subject=subject)
    cells[0] = ["Activity", *_short_names(cells[0][1:])]
    if len(cells[0]) > MOST_COLUMNS or _fitting(cells) < len(cells):
        return None
    name = escape(cut(subject.label if subject else "all subjects", 200))
    said = f"*Who does what: {name}*"
    legend = small("*A* accountable · *R* responsible · *C* consulted · *I* informed")
    blocks = (section(said), table(cells, wrapped=range(1, len(cells[0])), centred=1), legend)
    return Rendered(text=said.strip("*"), blocks=blocks)


def matrix_cells(rows: Sequence[Responsibility], team: Team, *, subject: Subject | None) -> list[list[str]]:
    """Returns the matrix with its header; a cell holds letters such as `AR`, or nothing."""
    names = list(dict.fromkeys(team.name_of(holder) for row in rows for _, holder in row.holders()))
    found = [["Activity", *names]]
    for row in rows:
        letters: dict[str, str] = {}
        for letter, holder in row.holders():
            letters[team.name_of(holder)] = letters.get(team.name_of(holder), "") + letter
        label = row.activity if row.about == subject else f"{row.about}: {row.activity}"
        found.append([cut(label, LONGEST_CELL), *(letters.get(name, "") for name in names)])
    return found


def _short_names(names: Sequence[str]) -> list[str]:
    """Returns first names where they are clear, so that many columns stand side by side."""
    first = Counter(name.split(" ")[0] for name in names)
    return [short if first[short := name.split(" ")[0]] == 1 and name.istitle() else name for name in names]


def matrix_csv(rows: Sequence[Responsibility], team: Team, *, subject: Subject | None) -> str:
    """Returns the matrix as CSV, safe to open in a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for cells in matrix_cells(rows, team, subject=subject):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return stream.getvalue()


FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cells(row: Responsibility, team: Team, today: date) -> list[str]:
    columns = (row.accountable, row.responsible, row.consulted, row.informed)
    named = ([team.name_of(holder) for holder in column] for column in columns)
    short = (
        ", ".join(names[:LISTED]) + (f" +{len(names) - LISTED}" if len(names) > LISTED else "")
        for names in named
    )
    fresh = confirmed(row, today).removeprefix("confirmed ").removesuffix(" confirmed")
    return [cut(cell, LONGEST_CELL) for cell in (str(row.about), row.activity, *short, fresh)]


def _fitting(cells: Sequence[Sequence[str]]) -> int:
    """Returns how many rows, with the header, fit into one message."""
    room, characters = ROOM - len(cells[0]) * 45, MOST_CELLS
    for at, row in enumerate(cells[: MOST_ROWS + 1]):
        room -= len(json.dumps(table([row])["rows"], ensure_ascii=False))
        characters -= sum(len(cell) or 1 for cell in row)
        if room < 0 or characters < 0:
            return at
    return min(len(cells), MOST_ROWS + 1)
