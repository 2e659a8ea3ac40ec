"""The things that people press, choose and fill in: finding one, and reading what was given for it."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.limits.whole import elements_of, walk
from bot.sandbox.workspace.initial import STATE_KEY
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.state import Workspace

_PRESSED = frozenset({"button", "icon_button", "feedback_buttons", "workflow_button"})
_NAMED = {
    "selected_user": "directory",
    "selected_channel": "conversations",
    "selected_conversation": "conversations",
}


def blocks_of(message: Message) -> list[Json]:
    """Returns a message's blocks, those of its attachments too."""
    attached = [b for a in message.attachments or [] for b in a.get("blocks") or []]
    return [*(message.blocks or []), *attached]


def find_element(blocks: list[Json], action_id: str, block_id: str = "") -> tuple[Json, Json]:
    """Returns a block and its element with this action id; raises `no_such_action`."""
    for block, _ in walk(blocks, ""):
        for element in elements_of(block):
            if element.get("action_id") == action_id and block_id in {"", block["block_id"]}:
                return block, element
    raise SlackError("no_such_action", action_id=action_id, block_id=block_id)


def action_of(block: Json, element: Json, given: Any, workspace: Workspace) -> Json:
    """Returns the entry of `actions` for what a person did with an element."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": workspace.next_ts(),
    }
    if element["type"] in _PRESSED:
        button = _feedback(element, given) if element["type"] == "feedback_buttons" else element
        return action | {k: button[k] for k in ("text", "value", "style", "url", "icon") if k in button}
    if "placeholder" in element:
        action["placeholder"] = element["placeholder"]
    return action | entered(element, given, workspace)


def entered(element: Json, given: Any, workspace: Workspace) -> Json:
    """Returns the state of an input after a person entered something; raises `no_such_option`.

    Choices are given by their `value`, people and channels by id or by name, everything else as it is.
    """
    kind = element["type"]
    if kind not in STATE_KEY:
        raise SlackError("not_an_input", type=kind)
    key = STATE_KEY[kind][0]
    if key in {"selected_option", "selected_options"}:
        given = _options(element, given) if key == "selected_options" else _option(element, given)
    elif key.removesuffix("s") in _NAMED and given is not None:
        given = _ids(key, given, workspace)
    elif kind == "number_input" and given is not None:
        given = str(given)
    return {"type": kind, key: given}


def _option(element: Json, given: Any) -> Json | None:
    if given is None or isinstance(given, dict):
        return given
    groups = element.get("option_groups") or []
    listed = [*element.get("options", []), *(o for g in groups for o in g["options"])]
    found: Json | None = next((o for o in listed if o["value"] == given), None)
    if found is None:
        raise SlackError("no_such_option", given=given, options=[o["value"] for o in listed])
    return found


def _options(element: Json, given: Any) -> list[Json]:
    wanted = given if isinstance(given, list) else [given]
    return [option for item in wanted if (option := _option(element, item)) is not None]


def _ids(key: str, given: Any, workspace: Workspace) -> Any:
    if isinstance(given, list):
        return [_ids(key, item, workspace) for item in given]
    if key.startswith("selected_user"):
        return workspace.directory.named(given).id
    named = workspace.conversations.named(given) if given.startswith("#") else None
    return named.id if named else workspace.conversations.get(given).id


def _feedback(element: Json, given: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        button: Json = element[name]
        if given in {name.removesuffix("_button"), button["value"]}:
            return button
    raise SlackError("no_such_option", given=given, options=["positive", "negative"])
