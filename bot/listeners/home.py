"""Somebody opens Muster: the Home tab, or the conversation with its suggested prompts."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from slack_bolt import App

from bot.listeners.services import Services
from bot.views.home import home_view
from bot.views.home_register import mine_of, register_blocks
from core.errors import MusterError

logger = logging.getLogger(__name__)

OPEN_FOR = timedelta(days=30)
PROMPTS = (
    {"title": "Who signs off a release?", "message": "Who signs off a model before release?"},
    {"title": "What to do about drift", "message": "What do we do when a model drifts?"},
    {"title": "Who owns data quality?", "message": "Who is responsible for data quality?"},
)


def register(app: App, services: Services) -> None:
    """Registers the listener."""

    @app.event("app_home_opened")
    def on_opened(event: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("home").inc()
        try:
            show(event, services)
        except MusterError as error:
            # Looked at again, it is shown again: nothing that must not be lost.
            logger.warning("could not show the home user=%s error=%s", event.get("user"), error)


def show(event: dict[str, Any], services: Services) -> None:
    """Publishes the Home tab, or suggests what to ask in the conversation."""
    if event.get("tab") == "messages":
        services.calls.write(
            "assistant.threads.setSuggestedPrompts",
            channel_id=event["channel"],
            title="Ask me about how your team works",
            prompts=list(PROMPTS),
        )
        return
    services.calls.write("views.publish", user_id=event["user"], view=home_of(event["user"], services))


def publish(user: str, services: Services) -> None:
    """Shows somebody their Home tab anew; where that fails, they see it when they look."""
    try:
        services.calls.write("views.publish", user_id=user, view=home_of(user, services))
    except MusterError as error:
        logger.warning("could not show the home anew user=%s error=%s", user, error)


def home_of(user: str, services: Services) -> dict[str, Any]:
    """Returns somebody's Home tab as it is now."""
    open_questions = services.threads.open_questions(user, within=OPEN_FOR, now=services.clock.now())
    team, today = services.team, services.today
    person = team.person(user)
    proposals = services.proposing.waiting_for(person.id) if person else []
    mine = register_blocks(mine_of(person, proposals, team, today), team, today)
    return home_view(services.known_to(user), open_questions, mine)
