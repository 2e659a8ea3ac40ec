"""“Still right?”: one click a row, or one for all; the message or Home tab then shows what is left."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk.errors import SlackClientError

from bot.listeners.home import publish
from bot.listeners.services import Services
from bot.views.blocks import counted
from bot.views.mrkdwn import cut, escape
from bot.views.raci_upkeep import CONFIRM, CONFIRM_ALL, confirm_view
from core.errors import MusterError
from knowledge.registers.gaps import unconfirmed
from knowledge.registers.responsibilities import Responsibility

logger = logging.getLogger(__name__)

Json = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Registers the two buttons."""

    @app.action(CONFIRM)
    def on_confirm(ack: Ack, body: Json, action: Json, respond: Respond) -> None:
        said = confirm([action["value"]], body["user"]["id"], services)
        show_what_is_left(body, said, respond, services)
        ack()

    @app.action(CONFIRM_ALL)
    def on_all(ack: Ack, body: Json, respond: Respond) -> None:
        user = body["user"]["id"]
        said = confirm([row.key for row in _waiting(user, services)], user, services)
        show_what_is_left(body, said, respond, services)
        ack()


def confirm(keys: Sequence[str], user: str, services: Services) -> str:
    """Notes that rows are still right, all in one; returns what came of it, in mrkdwn."""
    services.metrics.stimuli.labels("raci_confirm").inc()
    try:
        saved = services.registrar.confirm_all(keys, services.editor(user))
    except MusterError as error:
        return f":warning: {escape(error.sentence)}"
    what = escape(cut(saved[0].entry.label, 300)) if len(saved) == 1 else counted(len(saved), "row")
    return f":white_check_mark: Confirmed: {what}."


def show_what_is_left(body: Json, said: str, respond: Respond, services: Services) -> None:
    """Shows the rest in the place of what was pressed."""
    user = body["user"]["id"]
    if body.get("view"):
        publish(user, services)
        return
    left = confirm_view(_waiting(user, services), services.team, services.today, notice=said)
    try:
        respond(replace_original=True, text=left.text, blocks=list(left.blocks))
    except (SlackClientError, OSError) as error:
        # What was confirmed is kept; only the picture of it is late.
        logger.warning("could not show what is left to confirm user=%s error=%s", user, error)


def _waiting(user: str, services: Services) -> list[Responsibility]:
    person = services.team.person(user)
    return unconfirmed(services.team, person.id, services.today) if person else []
