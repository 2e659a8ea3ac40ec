"""“Ask Muster about this” in a message's menu."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.asked import Asked
from bot.listeners.events import words_of
from bot.listeners.services import Services
from core.message import Message, Whisper

ASK_ABOUT = "ask_about_message"
NO_WORDS = "There are no words in that message that I could look up."


def register(app: App, services: Services) -> None:
    """Registers the listener."""

    @app.message_shortcut(ASK_ABOUT)
    def on_shortcut(ack: Ack, shortcut: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("shortcut").inc()
        ask_about(shortcut, services)
        ack()


def ask_about(shortcut: dict[str, Any], services: Services) -> None:
    """Takes a message's words as a question; the answer is for who chose the shortcut."""
    message, user = shortcut["message"], shortcut["user"]["id"]
    channel, thread = shortcut["channel"]["id"], message.get("thread_ts", "")
    text = words_of(message.get("text", ""), bot_user_id=services.identity.bot_user_id)
    if not text:
        to = Whisper(channel=channel, person=user, thread=thread)
        services.delivery.say(Message(key=f"shortcut:{shortcut['trigger_id']}", to=to, content=NO_WORDS))
        return
    asked = Asked(
        team=shortcut["team"]["id"],
        channel=channel,
        ts=shortcut["trigger_id"],
        user=user,
        text=text,
        thread_ts=thread,
        private=True,
    )
    services.asking.take(asked)
