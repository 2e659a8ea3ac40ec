"""Somebody writes to Muster directly, or goes on in a thread where it has answered."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.asked import Asked
from bot.listeners.events import asked_in, is_pleasantry, mentions, mentions_somebody
from bot.listeners.services import Services


def register(app: App, services: Services) -> None:
    """Registers the listener."""

    @app.event("message")
    def on_message(event: dict[str, Any], body: dict[str, Any]) -> None:
        identity = services.identity
        team = body.get("team_id", identity.team_id)
        asked = asked_in(event, team=team, bot_user_id=identity.bot_user_id)
        if asked is not None and asked.text and _is_for_muster(event, asked, services):
            services.metrics.stimuli.labels("message").inc()
            services.asking.take(asked)


def _is_for_muster(event: dict[str, Any], asked: Asked, services: Services) -> bool:
    """Tells whether Muster is spoken to: directly, or in its own thread by somebody who calls nobody else.

    A mention comes as an event of its own, and is left to it.
    """
    if asked.direct:
        return True
    if not asked.thread_ts or mentions(event, services.identity.bot_user_id) or mentions_somebody(event):
        return False
    return services.threads.is_ours(asked.channel, asked.thread_ts) and not is_pleasantry(asked.text)
