"""Block elements: buttons, menus, pickers, inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.limits.composition import (
    ACTION_ID,
    ANY_OPTION,
    CONFIRM,
    DISPATCH,
    FILTER,
    IMAGE,
    OPTION_GROUP,
    PLAIN_OPTION,
    SELECTED,
    URL,
    known_choices,
    option,
    plain,
)
from bot.sandbox.limits.rich import RICH_TEXT
from bot.sandbox.limits.rules import Also, Anything, Finding, Flag, Int, Many, Rule, Shape, Str

_STYLE = Str(among=("primary", "danger"))
_LABEL = Str(least=1, most=75)
_ANYONE = Str(least=1)
_FOCUS: dict[str, Rule] = {"focus_on_load": Flag(), "placeholder": plain(150)}
_TYPED: dict[str, Rule] = {**_FOCUS, "dispatch_action_config": DISPATCH}
_LINES = Int(least=0, most=3000)


def _element(
    fields: Mapping[str, Rule],
    *,
    needs: tuple[str, ...] = (),
    any_of: tuple[str, ...] = (),
    also: tuple[Also, ...] = (),
) -> Shape:
    common: dict[str, Rule] = {"type": Str(), "action_id": ACTION_ID, "confirm": CONFIRM}
    return Shape(fields={**common, **fields}, needs=needs, any_of=any_of, also=also)


def _menu(fields: Mapping[str, Rule], *, many: bool, **more: Any) -> Shape:
    limit: dict[str, Rule] = {"max_selected_items": SELECTED} if many else {}
    return _element({**_FOCUS, **limit, **fields}, **more)


def _fits(element: dict[str, Any], pointer: str, found: list[Finding]) -> None:
    value, most = element.get("initial_value"), element.get("max_length") or _LINES.most
    if isinstance(value, str) and isinstance(most, int) and len(value) > most:
        message = f"must be less than {most + 1} characters"
        found.append(Finding(pointer=f"{pointer}/initial_value", message=message))


_FEEDBACK = Shape(
    fields={"text": plain(75), "value": Str(least=1, most=2000), "accessibility_label": _LABEL},
    needs=("text", "value"),
)
_OPTIONS: dict[str, Rule] = {
    "options": Many(of=PLAIN_OPTION, least=1, most=100),
    "option_groups": Many(of=OPTION_GROUP, least=1, most=100),
}
_EXTERNAL: dict[str, Rule] = {"min_query_length": Int(least=0)}
_WHERE: dict[str, Rule] = {"default_to_current_conversation": Flag(), "filter": FILTER}
_URL_BACK: dict[str, Rule] = {"response_url_enabled": Flag()}
_LISTED: dict[str, Any] = {"any_of": ("options", "option_groups"), "also": (known_choices,)}
_CHOICES = Many(of=ANY_OPTION, least=1, most=10)

ELEMENTS: dict[str, Rule] = {
    "button": _element(
        {
            "text": plain(75),
            "value": Str(most=2000),
            "url": URL,
            "style": _STYLE,
            "accessibility_label": _LABEL,
        },
        needs=("text",),
    ),
    "workflow_button": _element(
        {"text": plain(75), "workflow": Anything(), "style": _STYLE, "accessibility_label": _LABEL},
        needs=("text", "workflow"),
    ),
    "overflow": _element(
        {"options": Many(of=option(plain(75), url=True), least=1, most=5)}, needs=("options",)
    ),
    "checkboxes": _element(
        {"options": _CHOICES, "initial_options": Many(of=ANY_OPTION, least=1), "focus_on_load": Flag()},
        needs=("options",),
        also=(known_choices,),
    ),
    "radio_buttons": _element(
        {"options": _CHOICES, "initial_option": ANY_OPTION, "focus_on_load": Flag()},
        needs=("options",),
        also=(known_choices,),
    ),
    "static_select": _menu({**_OPTIONS, "initial_option": PLAIN_OPTION}, many=False, **_LISTED),
    "multi_static_select": _menu(
        {**_OPTIONS, "initial_options": Many(of=PLAIN_OPTION)}, many=True, **_LISTED
    ),
    "external_select": _menu({**_EXTERNAL, "initial_option": PLAIN_OPTION}, many=False),
    "multi_external_select": _menu({**_EXTERNAL, "initial_options": Many(of=PLAIN_OPTION)}, many=True),
    "users_select": _menu({"initial_user": _ANYONE}, many=False),
    "multi_users_select": _menu({"initial_users": Many(of=_ANYONE)}, many=True),
    "conversations_select": _menu({**_WHERE, **_URL_BACK, "initial_conversation": _ANYONE}, many=False),
    "multi_conversations_select": _menu({**_WHERE, "initial_conversations": Many(of=_ANYONE)}, many=True),
    "channels_select": _menu({**_URL_BACK, "initial_channel": _ANYONE}, many=False),
    "multi_channels_select": _menu({"initial_channels": Many(of=_ANYONE)}, many=True),
    "datepicker": _element({**_FOCUS, "initial_date": Str(shape=r"\d{4}-\d\d-\d\d")}),
    "timepicker": _element(
        {**_FOCUS, "initial_time": Str(shape=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Str(least=1)}
    ),
    "datetimepicker": _element(
        {"focus_on_load": Flag(), "initial_date_time": Int(least=10**9, most=10**10 - 1)}
    ),
    "plain_text_input": _element(
        {
            **_TYPED,
            "initial_value": Str(most=3000),
            "multiline": Flag(),
            "min_length": _LINES,
            "max_length": Int(least=1, most=3000),
        },
        also=(_fits,),
    ),
    "email_text_input": _element({**_TYPED, "initial_value": Str()}),
    "url_text_input": _element({**_TYPED, "initial_value": Str()}),
    "number_input": _element(
        {
            **_TYPED,
            "is_decimal_allowed": Flag(),
            "initial_value": Str(),
            "min_value": Str(),
            "max_value": Str(),
        },
        needs=("is_decimal_allowed",),
    ),
    "rich_text_input": _element(
        {**_TYPED, "initial_value": RICH_TEXT, "min_lines": _LINES, "max_lines": _LINES}
    ),
    "file_input": _element({"filetypes": Many(of=Str(least=1)), "max_files": Int(least=1, most=10)}),
    "feedback_buttons": _element(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
        needs=("positive_button", "negative_button"),
    ),
    "icon_button": _element(
        {
            "icon": Str(among=("trash",)),
            "text": plain(75),
            "value": Str(most=2000),
            "accessibility_label": _LABEL,
            "visible_to_user_ids": Many(of=_ANYONE, least=1),
        },
        needs=("icon", "text"),
    ),
    "image": IMAGE,
}

_SELECTS = tuple(
    f"{many}{what}_select"
    for what in ("static", "external", "users", "conversations", "channels")
    for many in ("", "multi_")
)
_PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
IN_SECTION = ("button", "workflow_button", "overflow", "image", *_SELECTS, *_PICKERS)
IN_ACTIONS = (
    "button",
    "workflow_button",
    "overflow",
    "datetimepicker",
    "rich_text_input",
    *_SELECTS,
    *_PICKERS,
)
IN_INPUT = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    "datetimepicker",
    *_SELECTS,
    *_PICKERS,
)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")


def only(*types: str) -> dict[str, Rule]:
    """Returns the rules of these element types."""
    return {name: ELEMENTS[name] for name in types}
