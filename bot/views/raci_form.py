"""The form of a row: who is accountable, responsible, consulted and informed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.views.blocks import (
    Element,
    View,
    divider,
    field,
    modal,
    option,
    searched,
    searched_many,
    section,
    small,
    written,
)
from bot.views.mrkdwn import cut, escape
from bot.views.raci_owners import owned_blocks
from bot.views.raci_people import holder_option, name_text
from bot.views.rendered import Block
from knowledge.registers.forms import to_form
from knowledge.registers.owning.owners import Owned
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.rules import Violation
from knowledge.registers.team import Entry, Team

ROW = "raci_row"
REMOVAL = "raci_removal"
SUBJECT, ACTIVITY, WHY = "subject", "activity", "why"
COLUMNS = ("accountable", "responsible", "consulted", "informed")
COLUMN = "raci_column_"
SUBJECT_INPUT, ACTIVITY_INPUT = "raci_subject", "raci_activity"
LONGEST_WHY = 500
HINTS = {
    "accountable": "The one person or role that answers for it.",
    "responsible": "Who does it; the accountable person may be it.",
    "consulted": "Asked before; more than three make it slow.",
    "informed": "Told afterwards.",
}


@dataclass(frozen=True, kw_only=True)
class RowForm:
    """What a form shows. `seen` is the digest of the row it began from, empty for a new row.

    With `proposes` it asks whoever may change the row; `notice` is mrkdwn to show on top.
    """

    subject: Subject | None = None
    activity: str = ""
    row: Responsibility | None = None
    seen: str = ""
    proposes: bool = False
    notice: str = ""
    why: str = ""

    @property
    def is_fixed(self) -> bool:
        """Tells whether subject and activity are settled, for the row is there."""
        return bool(self.seen)


def digest(entry: Entry | None) -> str:
    """Returns what tells whether an entry is still as it was seen; empty for none."""
    if entry is None:
        return ""
    return sha256(json.dumps(to_form(entry), sort_keys=True).encode()).hexdigest()[:32]


def row_modal(form: RowForm, team: Team) -> View:
    """Returns the form of a row."""
    title = "Propose a change" if form.proposes else "Change who owns it" if form.is_fixed else "Who owns it?"
    blocks = [*([section(form.notice), divider()] if form.notice else []), *_about(form)]
    blocks += [_column(name, form, team) for name in COLUMNS]
    words = written(
        WHY, form.why, placeholder="Kept with the change", most=LONGEST_WHY, multiline=form.proposes
    )
    blocks.append(field(WHY, "Why", words, optional=True))
    kept = {"key": form.row.key if form.row and form.is_fixed else "", "seen": form.seen}
    metadata = json.dumps(kept | {"proposes": form.proposes}, ensure_ascii=False)
    return modal(ROW, title, blocks, submit="Propose" if form.proposes else "Save", metadata=metadata)


def removal_modal(found: Owned, team: Team, *, reader: str, proposes: bool, notice: str = "") -> View:
    """Returns the question whether a row should really go."""
    shown = [block for block in owned_blocks(found, team, reader=reader) if block["type"] != "actions"]
    blocks = [*([section(notice), divider()] if notice else []), *shown]
    blocks.append(
        field(WHY, "Why", written(WHY, most=LONGEST_WHY, placeholder="Kept in the history"), optional=True)
    )
    kept = {"key": found.row.key, "seen": digest(found.row), "proposes": proposes}
    submit = "Propose" if proposes else "Remove"
    return modal(
        REMOVAL, "Remove this row?", blocks, submit=submit, metadata=json.dumps(kept, ensure_ascii=False)
    )


def saved_modal(words: str, blocks: Sequence[Block] = (), remarks: Sequence[Violation] = ()) -> View:
    """Returns what became of it; `words` is mrkdwn, remarks are advice on what was saved."""
    advice = [small(f":bulb: {escape(cut(remark.words, 400))}") for remark in remarks[:5]]
    return modal("raci_done", "Done", [section(words), *blocks, *advice])


def _about(form: RowForm) -> list[Block]:
    if form.is_fixed and form.row is not None:
        within = escape(cut(form.row.about.within, 300))
        return [section(f"*{name_text(form.row.activity)}* {within}")]
    subject = option(form.subject.label, str(form.subject)) if form.subject else None
    activity = option(form.activity, form.activity) if form.activity else None
    return [
        field(
            SUBJECT,
            "What is it about?",
            searched(SUBJECT_INPUT, subject, placeholder="An initiative, a model, a dataset, the team"),
            asks=True,
        ),
        field(
            ACTIVITY,
            "Activity",
            searched(ACTIVITY_INPUT, activity, placeholder="approve release, own data quality …"),
            hint="Begins with a verb and names one thing.",
            asks=True,
        ),
    ]


def _column(name: str, form: RowForm, team: Team) -> Block:
    holders = getattr(form.row, name) if form.row is not None else ()
    chosen: list[Element] = [holder_option(holder, team) for holder in holders]
    element: dict[str, Any]
    if name == "accountable" and len(chosen) <= 1:
        element = searched(COLUMN + name, chosen[0] if chosen else None, placeholder="A person or a role")
    else:
        element = searched_many(COLUMN + name, chosen, placeholder="People or roles")
    optional = name in {"consulted", "informed"}
    # Slack keeps what was entered in a block of the same id: another row needs other ids.
    block_id = f"{name}:{form.seen[:8]}" if form.seen else name
    return field(block_id, name.capitalize(), element, hint=HINTS[name], optional=optional)
