"""What an input holds: before anybody touched it, and after a view was changed."""

from __future__ import annotations

from bot.sandbox.limits.whole import elements_of, walk
from bot.sandbox.workspace.records import Json

# Where each type of element keeps its value in `state`, and which of its fields says what it starts with.
STATE_KEY = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
_LISTS = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


def initial_values(blocks: list[Json]) -> Json:
    """Returns the `state.values` of blocks that nobody has touched."""
    values: Json = {}
    for block, _ in walk(blocks, ""):
        for element in elements_of(block):
            if element["type"] in STATE_KEY:
                key, initial = STATE_KEY[element["type"]]
                empty: list[Json] | None = [] if key in _LISTS else None
                value = {"type": element["type"], key: element.get(initial, empty) if initial else empty}
                values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def kept_values(values: Json, blocks: list[Json]) -> Json:
    """Returns those of the entered values whose block and element are still there, with the same type."""
    there = {
        (block["block_id"], element["action_id"], element["type"])
        for block, _ in walk(blocks, "")
        for element in elements_of(block)
    }
    kept = {
        block: {action: v for action, v in actions.items() if (block, action, v["type"]) in there}
        for block, actions in values.items()
    }
    return {block: actions for block, actions in kept.items() if actions}
