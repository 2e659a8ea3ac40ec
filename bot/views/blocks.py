"""The blocks that views are made of, cut to Slack's lengths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from bot.views.mrkdwn import cut, plain
from bot.views.rendered import Block

Element = dict[str, Any]
View = dict[str, Any]

LONGEST_SECTION = 2_900
LONGEST_CONTEXT = 1_900
LONGEST_BUTTON = 75
LONGEST_OPTION = 75
LONGEST_VALUE = 150
LONGEST_TITLE = 24
LONGEST_LABEL = 150
LONGEST_INPUT = 3_000
FEW = 5


def section(text: str, accessory: Element | None = None) -> Block:
    """Returns a paragraph of mrkdwn, already escaped, with a button beside it where one is given."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, LONGEST_SECTION)}}
    return block | {"accessory": accessory} if accessory else block


def sections(lines: Iterable[str]) -> list[Block]:
    """Returns lines of mrkdwn as few paragraphs, none too long for one."""
    blocks: list[Block] = []
    held = ""
    for line in lines:
        if held and len(held) + len(line) >= LONGEST_SECTION:
            blocks.append(section(held))
            held = ""
        held = f"{held}\n{line}" if held else line
    return [*blocks, section(held)] if held else blocks


def header(words: str) -> Block:
    """Returns a heading."""
    return {"type": "header", "text": _plain(words, LONGEST_LABEL)}


def small(text: str) -> Block:
    """Returns a small grey line of mrkdwn, already escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, LONGEST_CONTEXT)}]}


def divider() -> Block:
    """Returns a line across."""
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    """Returns buttons in a row."""
    return {"type": "actions", "elements": list(elements)}


def button(action_id: str, words: str, value: str = "-", *, style: str = "") -> Element:
    """Returns a button; what it means is in its `value`."""
    made = {"type": "button", "action_id": action_id, "text": _plain(words, LONGEST_BUTTON), "value": value}
    return made | {"style": style} if style else made


def option(label: str, value: str, description: str = "") -> Element:
    """Returns a choice of a menu; a value that is too long is stood for by its `token`."""
    made: Element = {"text": _plain(label, LONGEST_OPTION), "value": token(value)}
    return made | {"description": _plain(description, LONGEST_OPTION)} if description else made


def token(value: str) -> str:
    """Returns what stands for a value in a menu: itself, or a digest where Slack allows no more."""
    if len(value) <= LONGEST_VALUE:
        return value
    return f"#{sha256(value.encode()).hexdigest()[:32]}"


def meant(chosen: str, values: Iterable[str]) -> str:
    """Returns the value that a token stands for; the reverse of `token`."""
    if not chosen.startswith("#"):
        return chosen
    return next((value for value in values if token(value) == chosen), chosen)


def field(
    block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = False, asks: bool = False
) -> Block:
    """Returns an input; with `asks`, choosing tells Muster at once."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, LONGEST_LABEL),
        "element": element,
        "optional": optional,
    }
    block |= {"hint": _plain(hint, LONGEST_CONTEXT)} if hint else {}
    return block | {"dispatch_action": True} if asks else block


def written(
    action_id: str, value: str = "", *, placeholder: str = "", multiline: bool = False, most: int = 300
) -> Element:
    """Returns a field to write in."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": most,
    }
    return element | _initial("initial_value", value[:most]) | _hinted(placeholder)


def number(action_id: str, value: float | None) -> Element:
    """Returns a field for a number."""
    element: Element = {"type": "number_input", "action_id": action_id, "is_decimal_allowed": True}
    return element | ({"initial_value": f"{value:.10g}"} if value is not None else {})


def day(action_id: str, value: object | None) -> Element:
    """Returns a calendar."""
    return {"type": "datepicker", "action_id": action_id} | _initial("initial_date", str(value or ""))


def searched(action_id: str, chosen: Element | None = None, *, placeholder: str = "") -> Element:
    """Returns a menu whose choices Muster finds while somebody types."""
    element: Element = {"type": "external_select", "action_id": action_id, "min_query_length": 0}
    return element | _initial("initial_option", chosen) | _hinted(placeholder)


def searched_many(action_id: str, chosen: Sequence[Element] = (), *, placeholder: str = "") -> Element:
    """Returns such a menu for several choices."""
    element: Element = {"type": "multi_external_select", "action_id": action_id, "min_query_length": 0}
    return element | _initial("initial_options", list(chosen)) | _hinted(placeholder)


def listed(action_id: str, values: Iterable[str], chosen: str = "") -> Element:
    """Returns a menu of fixed choices."""
    options = {value: option(value.capitalize(), value) for value in values}
    element: Element = {"type": "static_select", "action_id": action_id, "options": [*options.values()]}
    return element | _initial("initial_option", options.get(chosen))


def modal(
    callback_id: str, title: str, blocks: Sequence[Block], *, submit: str = "", metadata: str = ""
) -> View:
    """Returns a modal; one without `submit` only shows something."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, LONGEST_TITLE),
        "close": _plain("Cancel" if submit else "Close", LONGEST_TITLE),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }
    return view | {"submit": _plain(submit, LONGEST_TITLE)} if submit else view


def table(rows: Sequence[Sequence[str]], *, wrapped: Sequence[int] = (), centred: int = 0) -> Block:
    """Returns a table, its first row the header; from column `centred` on, if not 0, cells are centred."""
    width = len(rows[0])
    settings: list[Mapping[str, Any]] = [
        {"is_wrapped": at in wrapped, "align": "center" if centred and at >= centred else "left"}
        for at in range(width)
    ]
    cells = [[{"type": "raw_text", "text": cell or "·"} for cell in row] for row in rows]
    return {"type": "table", "column_settings": settings, "rows": cells}


def counted(number_: int, one: str, many: str = "") -> str:
    """Returns "1 row" or "3 rows"."""
    return f"{number_:,} {one}" if number_ == 1 else f"{number_:,} {many or one + 's'}"


def _plain(words: str, most: int) -> Element:
    return {"type": "plain_text", "text": plain(words, most)}


def _initial(name: str, value: Any) -> Element:
    return {name: value} if value else {}


def _hinted(placeholder: str) -> Element:
    return {"placeholder": _plain(placeholder, LONGEST_LABEL)} if placeholder else {}
