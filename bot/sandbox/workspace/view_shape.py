"""A view as Slack writes it, with what its person has entered."""

from __future__ import annotations

from bot.sandbox.workspace.identity import Identity
from bot.sandbox.workspace.records import Json, View

_MODAL_ONLY = {
    "title": None,
    "submit": None,
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "submit_disabled": False,
}


def view_shape(view: View, identity: Identity) -> Json:
    """Returns a view as `views.open` answers and as interactions carry it."""
    payload = view.payload
    shape: Json = {
        "id": view.id,
        "team_id": identity.team_id,
        "type": payload["type"],
        "blocks": payload.get("blocks", []),
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "external_id": payload.get("external_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "root_view_id": view.root or view.id,
        "previous_view_id": view.previous or None,
        "app_id": identity.app_id,
        "app_installed_team_id": identity.team_id,
        "bot_id": identity.bot_id,
        "title": payload.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
    }
    shape |= {key: payload.get(key, shape.get(key, default)) for key, default in _MODAL_ONLY.items()}
    return {key: value for key, value in shape.items() if value is not None}
