"""Somebody mentions Muster in a channel."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.delivery import Spot
from bot.listeners.events import asked_in
from bot.listeners.services import Services
from bot.views.help import help_view
from core.message import Message, Thread


def register(app: App, services: Services) -> None:
    """Registers the listener."""

    @app.event("app_mention")
    def on_mention(event: dict[str, Any], body: dict[str, Any]) -> None:
        hear(event, body, services)


def hear(event: dict[str, Any], body: dict[str, Any], services: Services) -> None:
    """Takes the question of a mention; a bare mention is told what Muster can do."""
    services.metrics.stimuli.labels("mention").inc()
    identity = services.identity
    asked = asked_in(event, team=body.get("team_id", identity.team_id), bot_user_id=identity.bot_user_id)
    if asked is None:
        return
    if asked.text:
        services.asking.take(asked)
        return
    spot = Spot(channel=asked.channel, thread=asked.reply_thread or asked.ts)
    to = Thread(channel=spot.channel, ts=spot.thread)
    services.delivery.say(Message(key=f"help:{asked.key}", to=to, content=help_view()))
