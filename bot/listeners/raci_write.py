"""“Message Ana” under a row: a word to whoever answers for it, delivered as a direct message."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.listeners.services import Services
from bot.views.blocks import modal, section
from bot.views.raci_owners import WRITE
from bot.views.raci_people import person_text
from bot.views.raci_telling import LETTER, WORDS, letter_modal, letter_view
from core.message import Message, Person

Json = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Registers the button and its form."""

    @app.action(WRITE)
    def on_write(ack: Ack, body: Json, action: Json) -> None:
        account, _, key = str(action["value"]).partition(" ")
        person = services.team.person(account)
        view = letter_modal(
            person_text(account, services.team), person.name if person else "them", key, action["value"]
        )
        services.calls.write("views.open", trigger_id=body["trigger_id"], view=view)
        ack()

    @app.view(LETTER)
    def on_letter(ack: Ack, body: Json, view: Json) -> None:
        services.metrics.stimuli.labels("raci_write").inc()
        account, _, key = str(view["private_metadata"]).partition(" ")
        words = view["state"]["values"][WORDS][WORDS]["value"]
        by = person_text(body["user"]["id"], services.team)
        content = letter_view(words, by=by, key=key)
        services.delivery.say(Message(key=f"letter:{view['id']}", to=Person(name=account), content=content))
        sent = section(f":mailbox: Sent to {person_text(account, services.team)}.")
        ack(response_action="update", view=modal("raci_done", "Sent", [sent]))
