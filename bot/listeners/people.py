"""“Ask a person” under an answer: names and calls whom to ask, once, on the asker's click."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.listeners.services import Services
from bot.views.feedback import ASK_PERSON
from bot.views.mrkdwn import escape, user
from bot.views.person import nobody_view, not_yours_view, person_view
from core.message import Address, Message, Thread, Whisper


def register(app: App, services: Services) -> None:
    """Registers the listener."""

    @app.action(ASK_PERSON)
    def on_ask_person(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("ask_person").inc()
        call_in(body, str(action.get("value", "")), services)
        ack()


def call_in(body: dict[str, Any], key: str, services: Services) -> None:
    """Calls the person in whom the answer named; what was answered in private is not made public by it."""
    clicker, channel = body["user"]["id"], body["container"]["channel_id"]
    thread = body["container"].get("thread_ts", "")
    aside = Whisper(channel=channel, person=clicker, thread=thread)
    exchange = services.threads.get(key)
    if exchange is not None and exchange.asker != clicker:
        _say(services, f"person:{key}:{clicker}", aside, not_yours_view(exchange.asker))
        return
    ask = exchange.ask if exchange is not None else ""
    whom = _mention(ask, services)
    if exchange is None or not whom:
        _say(services, f"person:{key}:{clicker}", aside, nobody_view(ask))
        return
    view = person_view(asker=clicker, whom=whom, question=exchange.question, found=bool(exchange.answer))
    to = Thread(channel=exchange.channel, ts=exchange.thread_ts or body["container"]["message_ts"])
    _say(services, f"person:{key}", to, view)


def _mention(ask: str, services: Services) -> str:
    """Returns a mention of the person or group of that name, or of who fills the role of that name."""
    if not ask:
        return ""
    person = services.directory.person_id(ask)
    if person is not None:
        return user(person)
    group = services.directory.group_id(ask)
    if group is not None:
        return f"<!subteam^{escape(group)}>"
    filling = services.team.people_in(ask, services.today)
    in_slack = next((one.slack_user for one in filling if one.slack_user), "")
    return user(in_slack) if in_slack else ""


def _say(services: Services, key: str, to: Address, content: object) -> None:
    services.delivery.say(Message(key=key, to=to, content=content))
