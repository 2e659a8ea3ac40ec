"""Somebody joins Slack or changes: the register of people hears of it."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.listeners.services import Services


def register(app: App, services: Services) -> None:
    """Registers the listeners."""

    @app.event("user_change")
    def on_change(event: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("user_change").inc()
        services.roster.note(event["user"])

    @app.event("team_join")
    def on_join(event: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("team_join").inc()
        services.roster.note(event["user"])
