"""`/muster`: help, ask, sources. Everything it says is for the eyes of who typed it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.asked import Asked
from bot.listeners.events import words_of
from bot.listeners.services import Services
from bot.views.help import documents_view, help_view
from bot.views.mrkdwn import escape
from bot.views.rendered import Rendered

COMMAND = "/muster"
SEARCHING = "Searching the playbooks…"


def register(app: App, services: Services) -> None:
    """Registers the listener."""

    @app.command(COMMAND)
    def on_command(ack: Ack, command: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("command").inc()
        said = obey(command, services)
        ack(response_type="ephemeral", text=said.text, blocks=list(said.blocks))


def obey(command: dict[str, Any], services: Services) -> Rendered:
    """Does what was typed after `/muster` and returns what to say at once."""
    text = words_of(command.get("text", ""), bot_user_id=services.identity.bot_user_id)
    word, _, rest = text.partition(" ")
    match word.lower():
        case "" | "help":
            return help_view()
        case "sources":
            return _sources(command["user_id"], rest.strip(), services)
        case "ask" if not rest.strip():
            return Rendered(text="Ask something: `/muster ask who signs off a release?`")
        case "ask":
            return _ask(command, rest.strip(), services)
    if " " in text:
        return _ask(command, text, services)
    return Rendered(text=f"I don't know “{escape(word)}”. `/muster help` says what I can do.")


def _ask(command: dict[str, Any], text: str, services: Services) -> Rendered:
    asked = Asked(
        team=command["team_id"],
        channel=command["channel_id"],
        ts=command["trigger_id"],
        user=command["user_id"],
        text=text,
        private=True,
    )
    services.asking.take(asked)
    return Rendered(text=SEARCHING)


def _sources(user: str, words: str, services: Services) -> Rendered:
    wanted = words.casefold().split()
    known = [
        each
        for each in services.known_to(user)
        if all(word in f"{each.title} {each.kind} {each.owner} {each.source}".casefold() for word in wanted)
    ]
    return documents_view(known, words=words)
