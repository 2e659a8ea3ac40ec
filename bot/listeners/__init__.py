"""Inbound, one module a surface: each reads Slack's dictionary into a value and hands it on."""

from __future__ import annotations

from slack_bolt import App

from bot.listeners import (
    absences,
    commands,
    feedback,
    home,
    initiatives,
    initiatives_edit,
    mentions,
    messages,
    people,
    raci,
    raci_confirm,
    raci_edit,
    raci_import,
    raci_options,
    raci_proposals,
    raci_removal,
    raci_write,
    roster,
    shortcuts,
)
from bot.listeners.services import Services

SURFACES = (
    *(mentions, messages, commands, shortcuts, feedback, people, home, roster, absences),
    *(raci, raci_edit, raci_options, raci_removal, raci_proposals, raci_confirm, raci_import, raci_write),
    *(initiatives, initiatives_edit),
)


def register(app: App, services: Services) -> None:
    """Registers every listener; `bot/manifest.py` names the same surfaces, and a test compares them."""
    for surface in SURFACES:
        surface.register(app, services)
