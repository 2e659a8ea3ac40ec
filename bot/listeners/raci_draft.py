"""A draft of responsibilities from what the role descriptions say, for people to confirm."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.listeners.raci_import import preview_of
from bot.listeners.services import Services
from bot.views.raci_import import import_modal, text_digest
from bot.views.rendered import Rendered
from core.errors import NotFoundError
from knowledge.registers.claims import Claim, read_claims
from knowledge.registers.drafting import disagreements, draft_rows
from knowledge.registers.imports.rows_csv import write_csv
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.starter_pack import STARTER

MOST_TEXT = 3_000
WHY = "proposed by the role descriptions"


@cache
def starter_claims() -> tuple[Claim, ...]:
    """Returns what the starter pack's roles and playbooks say of responsibilities; read once."""
    return tuple(read_claims(STARTER))


def drafted(subject: Subject, services: Services) -> list[Responsibility]:
    """Returns the rows that the role descriptions propose for a subject and that it has not yet."""
    return draft_rows(starter_claims(), subject, services.team, services.today)


def open_draft(subject: Subject, trigger: str, services: Services) -> Rendered | None:
    """Opens the import form with the draft in it, and where register and documents disagree."""
    team, rows = services.team, drafted(subject, services)
    if not rows:
        raise NotFoundError(f"The role descriptions propose nothing that {subject.label} has not yet.")
    fitting = next(n for n in range(len(rows), -1, -1) if len(write_csv(rows[:n], team)) <= MOST_TEXT)
    text = write_csv(rows[:fitting], team)
    differing = [one.words for one in disagreements(starter_claims(), team) if one.row.about == subject]
    found = preview_of("csv", text, services)
    preview = replace(found, differing=tuple(differing), left=len(rows) - fitting)
    view = import_modal(team, form="csv", text=text, why=WHY, preview=preview, seen=text_digest("csv", text))
    services.calls.write("views.open", trigger_id=trigger, view=view)
    return None
