"""Bringing rows in from another file: the form, and the preview that stands above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.views.blocks import (
    LONGEST_INPUT,
    View,
    counted,
    divider,
    field,
    header,
    listed,
    modal,
    section,
    sections,
    small,
    written,
)
from bot.views.mrkdwn import cut, escape
from bot.views.raci_people import holders_text
from bot.views.rendered import Block
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.rules import Violation
from knowledge.registers.team import Team
from knowledge.registers.team_file.problems import Problem

IMPORT = "raci_import"
FORM, TEXT, UPLOAD, WHY = "form", "text", "upload", "why"
FORMS = {"csv": "CSV", "codeowners": "CODEOWNERS", "backstage": "catalog-info.yaml"}
FILE_TYPES = ["csv", "tsv", "txt", "text", "yaml", "yml"]
MOST_LINES = 25
MOST_WRONG = 15
MOST_DIFFERING = 5
EXAMPLE = "subject,activity,A,R,C,I\nchurn,approve release,Ana Ruiz,Chloe Martin;Jonas Lind,,"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a file would do: rows that are new, that change, that stay; and what is wrong with it.

    Of a draft, `differing` says where documents and register disagree, and `left` how many rows had no room.
    """

    new: tuple[Responsibility, ...] = ()
    changed: tuple[Responsibility, ...] = ()
    same: tuple[Responsibility, ...] = ()
    problems: tuple[Problem, ...] = ()
    violations: tuple[Violation, ...] = ()
    differing: tuple[str, ...] = ()
    left: int = 0

    @property
    def is_good(self) -> bool:
        """Tells whether it can be written as it is."""
        return not self.problems and not self.violations and bool(self.new or self.changed)

    @property
    def count(self) -> int:
        """Returns how many rows would be written."""
        return len(self.new) + len(self.changed)


def import_modal(
    team: Team,
    *,
    form: str = "",
    text: str = "",
    why: str = "",
    preview: Preview | None = None,
    seen: str = "",
) -> View:
    """Returns the form; with a preview above it once there is one. `seen` is the digest of what it is of."""
    shown = [*preview_blocks(preview, team), divider()] if preview else []
    placeholder = "Paste a CSV with a header, a CODEOWNERS file, or a catalog-info.yaml"
    pasted = written(TEXT, text, placeholder=placeholder, multiline=True, most=LONGEST_INPUT)
    hint = f"CSV such as {' / '.join(EXAMPLE.splitlines())}"
    blocks: list[Block] = [
        *shown,
        field(FORM, "What is it?", listed_forms(form)),
        field(TEXT, "Text", pasted, hint=hint, optional=True),
        field(UPLOAD, "or a file, for what is longer", _file_input(), optional=True),
        field(WHY, "Why", written(WHY, why, placeholder="Kept with the changes"), optional=True),
    ]
    submit = f"Write {counted(preview.count, 'row')}" if preview and preview.is_good else "Preview"
    return modal(IMPORT, "Import rows", blocks, submit=submit, metadata=seen)


def listed_forms(chosen: str) -> dict[str, object]:
    """Returns the menu of forms; without a choice, it is found out from the text."""
    menu = listed(FORM, ["find out"], "find out")
    options = [
        {"text": {"type": "plain_text", "text": words}, "value": value}
        for value, words in {"auto": "Find out by itself", **FORMS}.items()
    ]
    initial = next(one for one in options if one["value"] == (chosen or "auto"))
    return menu | {"options": options, "initial_option": initial}


def text_digest(form: str, text: str) -> str:
    """Returns what tells whether a preview is still of the same text."""
    return sha256(f"{form}\0{text}".encode()).hexdigest()


def preview_blocks(preview: Preview, team: Team) -> list[Block]:
    """Returns what a file would do, and every mistake with its line."""
    parts = ((preview.new, "new"), (preview.changed, "changed"), (preview.same, "as they are"))
    counts = ", ".join(f"{len(rows):,} {word}" for rows, word in parts if rows) or "no rows"
    wrong = len(preview.problems) + len(preview.violations)
    blocks: list[Block] = [header(f"Preview: {counts}")]
    if wrong:
        said = f":red_circle: *{counted(wrong, 'mistake')}: nothing can be written before they are mended*"
        blocks += [section(said), *sections(_wrong(preview))]
    lines = list(_lines(preview, team))
    blocks += sections(lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        blocks.append(small(f"and {counted(len(lines) - MOST_LINES, 'more row')}"))
    blocks += [small(f":warning: {escape(cut(words, 400))}") for words in preview.differing[:MOST_DIFFERING]]
    if preview.left:
        blocks.append(
            small(f"{counted(preview.left, 'more row')} had no room: import these, then draft again.")
        )
    return blocks


def imported_modal(preview: Preview) -> View:
    """Returns what was written."""
    words = f":white_check_mark: {len(preview.new):,} added, {len(preview.changed):,} changed, "
    words += f"{len(preview.same):,} as they were. `/raci history` keeps each of them."
    return modal("raci_done", "Imported", [section(words)])


def _wrong(preview: Preview) -> Iterator[str]:
    told = [f"• line {one.line}: {escape(cut(one.words, 300))}" for one in preview.problems]
    told += [f"• {escape(cut(one.words, 300))}" for one in preview.violations]
    yield from told[:MOST_WRONG]
    if len(told) > MOST_WRONG:
        yield f"• and {len(told) - MOST_WRONG:,} more"


def _lines(preview: Preview, team: Team) -> Iterator[str]:
    marked: Sequence[tuple[str, Sequence[Responsibility]]] = (("+", preview.new), ("~", preview.changed))
    for mark, rows in marked:
        for row in rows:
            names = f"A {holders_text(row.accountable, team)} · R {holders_text(row.responsible, team)}"
            yield cut(f"`{mark}` *{escape(cut(row.key, 200))}* · {names}", 500)


def _file_input() -> dict[str, object]:
    return {"type": "file_input", "action_id": UPLOAD, "filetypes": FILE_TYPES, "max_files": 1}
