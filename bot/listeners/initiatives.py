"""`/initiative`: the portfolio, one initiative, and the form that makes and changes one."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App

from bot.listeners import initiatives_edit
from bot.listeners.events import words_of
from bot.listeners.raci_words import initiative_typed
from bot.listeners.services import Services
from bot.register_files import rows_about
from bot.views.blocks import View
from bot.views.initiatives import MATRIX, SHOW, initiative_help_view, initiative_view, portfolio_view
from bot.views.mrkdwn import cut, escape
from bot.views.raci_tables import list_view, matrix_view
from bot.views.rendered import Rendered
from core.errors import MusterError
from core.message import Message, Person
from knowledge.registers.responsibilities import Subject

logger = logging.getLogger(__name__)

COMMAND = "/initiative"
Json = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Registers the command and the buttons of the portfolio."""

    @app.command(COMMAND)
    def on_command(ack: Ack, command: Json) -> None:
        services.metrics.stimuli.labels("initiative").inc()
        said = obey(command, services)
        if said is None:
            ack()
        else:
            ack(response_type="ephemeral", text=said.text, blocks=list(said.blocks))

    @app.action(SHOW)
    def on_show(ack: Ack, body: Json, action: Json) -> None:
        one = services.team.initiatives.get(action["value"])
        said = initiative_view(one, services.team) if one else Rendered(text="It is no longer there.")
        _open(body, _shown("Initiative", said), services)
        ack()

    @app.action(MATRIX)
    def on_matrix(ack: Ack, body: Json, action: Json) -> None:
        send_matrix(Subject(kind="initiative", name=action["value"]), body, services)
        ack()


def obey(command: Json, services: Services) -> Rendered | None:
    """Does what was typed and returns what to say at once; None where a form has opened instead."""
    text = words_of(command.get("text", ""), bot_user_id=services.identity.bot_user_id)
    word, _, rest = text.partition(" ")
    if word.lower() == "help":
        return initiative_help_view()
    user, trigger, team = command["user_id"], command["trigger_id"], services.team
    try:
        match word.lower():
            case "" | "list":
                return portfolio_view(list(team.initiatives.values()), team)
            case "create" | "new" | "add":
                return initiatives_edit.open_new(rest.strip(), trigger, services)
            case "edit" | "set":
                return _edit(rest.strip(), user, trigger, services)
        return _show(rest.strip() if word.lower() == "show" else text, services)
    except MusterError as error:
        logger.info("a command was refused text=%r error=%s", text, error)
        return Rendered(text=escape(error.sentence))


def send_matrix(subject: Subject, body: Json, services: Services) -> None:
    """Sends somebody a matrix as a direct message: as a table where that is small enough, else as a file."""
    user, key, team = body["user"]["id"], body["trigger_id"], services.team
    rows = rows_about(subject, team)
    shown = (
        matrix_view(rows, team, subject=subject)
        if rows
        else list_view([], team, services.today, subject=subject)
    )
    if shown is None:
        services.uploads.send(key, user, {"what": "matrix", "subject": str(subject)})
    else:
        services.delivery.say(Message(key=f"matrix:{key}", to=Person(name=user), content=shown))


def _show(words: str, services: Services) -> Rendered:
    one = initiative_typed(words, services.team)
    return initiative_view(one, services.team) if one else _unknown(words, services)


def _edit(words: str, user: str, trigger: str, services: Services) -> Rendered | None:
    one = initiative_typed(words, services.team)
    if one is None:
        return _unknown(words, services)
    return initiatives_edit.open_form(one, user, trigger, services)


def _unknown(words: str, services: Services) -> Rendered:
    known = ", ".join(f"`{escape(cut(name, 60))}`" for name in list(services.team.initiatives)[:30])
    there = f"There are {known}." if known else "There are none yet: `/initiative create`."
    which = f"There is no initiative “{escape(cut(words, 100))}”." if words else "Which initiative?"
    return Rendered(text=f"{which} {there}")


def _open(body: Json, view: View, services: Services) -> None:
    services.calls.write("views.open", trigger_id=body["trigger_id"], view=view)


def _shown(title: str, said: Rendered) -> View:
    blocks = list(said.blocks) or [{"type": "section", "text": {"type": "mrkdwn", "text": said.text}}]
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": blocks}
