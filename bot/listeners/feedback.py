"""Thumbs under an answer, and the modal that asks what was wrong."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.services import Services
from bot.views.feedback import BAD, FEEDBACK, WRONG, WRONG_BLOCK, WRONG_INPUT, wrong_modal
from core.errors import NotFoundError
from knowledge.records.questions import Vote

logger = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Registers the listeners."""

    @app.action(FEEDBACK)
    def on_thumb(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("feedback").inc()
        rate(body, action, services)
        ack()

    @app.view(WRONG)
    def on_wrong(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        said = view["state"]["values"][WRONG_BLOCK][WRONG_INPUT].get("value") or ""
        _vote(services, view["private_metadata"], "down", by=body["user"]["id"], comment=said.strip())
        ack()


def rate(body: dict[str, Any], action: dict[str, Any], services: Services) -> None:
    """Keeps the thumb; thumbs down opens the modal at once, for its trigger lives 3 seconds."""
    verdict, _, key = str(action.get("value", "")).partition(":")
    _vote(services, key, "down" if verdict == BAD else "up", by=body["user"]["id"])
    if verdict == BAD:
        exchange = services.threads.get(key)
        question = exchange.question if exchange is not None else ""
        services.calls.write("views.open", trigger_id=body["trigger_id"], view=wrong_modal(key, question))


def _vote(services: Services, key: str, vote: Vote, *, by: str, comment: str = "") -> None:
    """Keeps a vote; one on a question that is no longer known is only told to the log."""
    try:
        services.questions.vote(services.workspace_id, key, vote=vote, by=by, comment=comment)
    except NotFoundError as error:
        logger.warning("a vote for nothing key=%s error=%s", key, error)
