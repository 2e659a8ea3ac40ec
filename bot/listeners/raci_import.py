"""Importing rows: pasted or uploaded, previewed, then written in one go or not at all.

The form is its own preview: what was entered stays below what it would do, and a second press writes it,
as long as it is still what was previewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.services import Services
from bot.slack_files import read_text
from bot.views.raci_import import (
    FORM,
    IMPORT,
    TEXT,
    UPLOAD,
    WHY,
    Preview,
    import_modal,
    imported_modal,
    text_digest,
)
from core.errors import InputError, MusterError
from knowledge.registers.imports.backstage import read_backstage
from knowledge.registers.imports.codeowners import read_codeowners
from knowledge.registers.imports.imported import Parser
from knowledge.registers.imports.rows_csv import read_csv
from knowledge.registers.registrar import judge
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.storage import Edit

Json = dict[str, Any]
PARSERS: dict[str, Parser] = {"csv": read_csv, "codeowners": read_codeowners, "backstage": read_backstage}
OWNERS_LINE = re.compile(r"^\S+\s+@\S+", re.MULTILINE)
MOST_ROWS = 10_000


def register(app: App, services: Services) -> None:
    """Registers the form."""

    @app.view(IMPORT)
    def on_import(ack: Ack, body: Json, view: Json) -> None:
        services.metrics.stimuli.labels("raci_import").inc()
        ack(**submit(body["user"]["id"], view, services))


def open_form(trigger: str, services: Services) -> None:
    """Opens the empty form."""
    services.calls.write("views.open", trigger_id=trigger, view=import_modal(services.team))


def submit(user: str, view: Json, services: Services) -> Json:
    """Shows what a text would do, or writes it if that was seen; returns the acknowledgement."""
    values = view["state"]["values"]
    chosen = values[FORM][FORM]["selected_option"]["value"]
    why = (values[WHY][WHY].get("value") or "").strip()
    pasted = values[TEXT][TEXT].get("value") or ""
    try:
        text = _text(pasted, values[UPLOAD][UPLOAD].get("files") or [], services)
        form = chosen if chosen in PARSERS else form_of(text)
        preview = preview_of(form, text, services)
    except MusterError as error:
        return {"response_action": "errors", "errors": {TEXT: error.sentence}}
    seen = text_digest(form, text)
    if not preview.is_good or view["private_metadata"] != seen:
        shown = import_modal(services.team, form=form, text=pasted, why=why, preview=preview, seen=seen)
        return {"response_action": "update", "view": shown}
    try:
        rows = (*preview.new, *preview.changed)
        services.registrar.save_all(rows, services.editor(user), why=why or "imported in Slack")
    except MusterError as error:
        return {"response_action": "errors", "errors": {TEXT: error.sentence}}
    return {"response_action": "update", "view": imported_modal(preview)}


def form_of(text: str) -> str:
    """Returns which of the three forms a text has."""
    if re.search(r"^\s*(apiVersion|kind)\s*:", text, re.MULTILINE):
        return "backstage"
    first = next((line for line in text.splitlines() if line.strip()), "").casefold()
    if "subject" in first and "activity" in first:
        return "csv"
    return "codeowners" if OWNERS_LINE.search(text) else "csv"


def preview_of(form: str, text: str, services: Services) -> Preview:
    """Returns what a text would do to the register as it is now; writes nothing."""
    team = services.team
    imported = PARSERS[form](text, team)
    if len(imported.rows) > MOST_ROWS:
        raise InputError(
            f"{len(imported.rows):,} rows are too many at once.", cure=f"Bring {MOST_ROWS:,} at most."
        )
    edits = [_edit(team.responsibilities.get(row.key), row) for row in imported.rows]
    real = [edit for edit in edits if edit.before != edit.after]
    found = [violation for each in judge(real, team, services.today) for violation in each]
    return Preview(
        new=_rows(edit for edit in real if edit.before is None),
        changed=_rows(edit for edit in real if edit.before is not None),
        same=_rows(edit for edit in edits if edit.before == edit.after),
        problems=imported.problems,
        violations=tuple(violation for violation in found if violation.severity == "error"),
    )


def _rows(edits: Iterable[Edit]) -> tuple[Responsibility, ...]:
    return tuple(edit.after for edit in edits if isinstance(edit.after, Responsibility))


def _edit(before: Responsibility | None, after: Responsibility) -> Edit:
    """Returns an edit; a file that tells of no confirmation does not take one away."""
    if before is not None and after.confirmed_on is None:
        after = replace(after, confirmed_by=before.confirmed_by, confirmed_on=before.confirmed_on)
    return Edit(before=before, after=after)


def _text(pasted: str, files: list[Json], services: Services) -> str:
    if files:
        return read_text(services.calls, files[0]["id"])
    if not pasted.strip():
        raise InputError("Paste some text, or choose a file.")
    return pasted
