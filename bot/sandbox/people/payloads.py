"""What interactions carry: who did it, in what, and the permits to answer."""

from __future__ import annotations

from bot.sandbox.people.elements import blocks_of
from bot.sandbox.workspace.initial import initial_values
from bot.sandbox.workspace.records import Json, Message, User, View
from bot.sandbox.workspace.shapes import message_shape
from bot.sandbox.workspace.state import Workspace
from bot.sandbox.workspace.tickets import ResponseUrl, Trigger
from bot.sandbox.workspace.view_shape import view_shape


def base_payload(workspace: Workspace, user: User, kind: str) -> Json:
    """Returns what every interaction has."""
    identity = workspace.identity
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": identity.team_id},
        "api_app_id": identity.app_id,
        "token": workspace.credentials.verification_token,
        "team": {"id": identity.team_id, "domain": identity.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def trigger_id(workspace: Workspace, user: User, *, channel: str = "", view: str = "") -> str:
    """Returns a fresh trigger."""
    return workspace.tickets.trigger(Trigger(user=user.id, made=workspace.now(), channel=channel, view=view))


def response_url(workspace: Workspace, user: User, channel: str, message: Message | None = None) -> str:
    """Returns a fresh response URL."""
    response = ResponseUrl(channel=channel, user=user.id, made=workspace.now())
    if message is not None:
        response.ts, response.seen_by = message.ts, message.to
        response.thread_ts = message.thread_ts if message.is_reply else ""
    secret = workspace.tickets.response(response)
    return f"{workspace.base_url}/actions/{workspace.identity.team_id}/{secret}"


def channel_ref(workspace: Workspace, channel: str) -> Json:
    """Returns how interactions name a conversation."""
    found = workspace.conversations.get(channel)
    names = {"im": "directmessage", "group": "privategroup"}
    return {"id": channel, "name": names.get(found.kind, found.name)}


def in_message(workspace: Workspace, user: User, message: Message) -> Json:
    """Returns what an action in a message carries; an ephemeral message itself is left out."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": bool(message.to),
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    values = initial_values(blocks_of(message))
    for block, actions in workspace.extras.inputs.get((message.ts, user.id), {}).items():
        values[block] = values.get(block, {}) | actions
    shown = {} if message.to else {"message": message_shape(message, workspace, with_metadata=True)}
    return {
        "container": container,
        "channel": channel_ref(workspace, message.channel),
        "state": {"values": values},
        "response_url": response_url(workspace, user, message.channel, message),
        "trigger_id": trigger_id(workspace, user, channel=message.channel),
    } | shown


def in_view(workspace: Workspace, user: User, view: View) -> Json:
    """Returns what an action in a modal or on a Home tab carries."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_shape(view, workspace.identity),
        "trigger_id": trigger_id(workspace, user, channel=view.channel, view="" if view.is_home else view.id),
    }
