"""Taking a row out: asked once more, with the row in sight; its history stays."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.raci_proposals import propose
from bot.listeners.services import Services
from bot.views.mrkdwn import escape
from bot.views.raci_form import REMOVAL, WHY, digest, removal_modal, saved_modal
from core.errors import MusterError
from knowledge.registers.owning.owners import owned
from knowledge.registers.permissions import refusal
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.storage import Edit

Json = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Registers the answer to the question."""

    @app.view(REMOVAL)
    def on_removal(ack: Ack, body: Json, view: Json) -> None:
        services.metrics.stimuli.labels("raci_remove").inc()
        ack(**remove(body["user"]["id"], view, services))


def open_question(row: Responsibility, user: str, trigger: str, services: Services) -> None:
    """Asks whether a row should go; those who may not remove it are asked to propose it."""
    words = refusal(services.editor(user), Edit(before=row, after=None), services.team)
    view = _question(row, user, services, proposes=bool(words), notice=escape(words))
    services.calls.write("views.open", trigger_id=trigger, view=view)


def remove(user: str, view: Json, services: Services) -> Json:
    """Removes the row, or proposes that; one that changed meanwhile is shown as it is now."""
    kept = json.loads(view["private_metadata"])
    why = (view["state"]["values"][WHY][WHY].get("value") or "").strip()
    row = services.team.responsibilities.get(kept["key"])
    if row is None:
        gone = saved_modal(":information_source: Somebody has removed it already.")
        return {"response_action": "update", "view": gone}
    if digest(row) != kept["seen"]:
        notice = ":warning: Somebody changed this row meanwhile: this is how it is now."
        fresh = _question(row, user, services, proposes=kept["proposes"], notice=notice)
        return {"response_action": "update", "view": fresh}
    try:
        if kept["proposes"]:
            return propose(row, None, user, services, why=why)
        services.registrar.remove("responsibility", row.key, services.editor(user), why=why)
    except MusterError as error:
        return {"response_action": "errors", "errors": {WHY: error.sentence}}
    done = saved_modal(f":wastebasket: Removed: {escape(row.key)}. `/raci history` keeps what it said.")
    return {"response_action": "update", "view": done}


def _question(row: Responsibility, user: str, services: Services, *, proposes: bool, notice: str) -> Json:
    found = owned(row, services.team, services.today)
    return removal_modal(found, services.team, reader=user, proposes=proposes, notice=notice)
