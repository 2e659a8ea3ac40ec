"""The Slack app as Slack wants it described: what it hears, may do and shows."""

from __future__ import annotations

from typing import Any

from bot.listeners.commands import COMMAND
from bot.listeners.home import PROMPTS
from bot.listeners.initiatives import COMMAND as INITIATIVE
from bot.listeners.raci import COMMAND as RACI
from bot.listeners.shortcuts import ASK_ABOUT

BOT_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
BOT_EVENTS = (
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "team_join",
    "user_change",
)
COMMANDS = (
    (COMMAND, "Ask your team's documents", "help | ask … | sources"),
    (RACI, "Who owns what", "who-owns … | set | list | matrix | gaps | confirm | help"),
    (INITIATIVE, "The portfolio at a glance", "list | show … | create | edit …"),
)
EVENTS_PATH = "/slack/events"


def manifest(*, public_url: str = "") -> dict[str, Any]:
    """Returns the manifest: for Socket Mode, or for HTTP where `public_url` says how Slack reaches Muster."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Muster",
            "description": "Answers from your team's documents, and keeps its rituals.",
            "background_color": "#1f3a5f",
        },
        "features": _features(public_url),
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": _settings(public_url),
    }


def _features(public_url: str) -> dict[str, Any]:
    return {
        "agent_view": {
            "agent_description": "Answers from your team's playbooks, roles and model cards, with sources.",
            "suggested_prompts": [dict(prompt) for prompt in PROMPTS],
        },
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Muster", "always_online": True},
        "shortcuts": [
            {
                "name": "Ask Muster about this",
                "type": "message",
                "callback_id": ASK_ABOUT,
                "description": "Look up what this message asks",
            }
        ],
        "slash_commands": [_command(*one, public_url) for one in COMMANDS],
    }


def _command(command: str, description: str, hint: str, public_url: str) -> dict[str, Any]:
    described = {"command": command, "description": description, "usage_hint": hint, "should_escape": True}
    return described | ({"url": public_url + EVENTS_PATH} if public_url else {})


def _settings(public_url: str) -> dict[str, Any]:
    address = public_url + EVENTS_PATH
    events: dict[str, Any] = {"bot_events": list(BOT_EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if public_url:
        events["request_url"] = address
        interactivity["request_url"] = address
        interactivity["message_menu_options_url"] = address
    return {
        "event_subscriptions": events,
        "interactivity": interactivity,
        "org_deploy_enabled": False,
        "socket_mode_enabled": not public_url,
        "token_rotation_enabled": False,
    }
