"""Menus: a native one for a fixed list of which one is chosen, a searchable box for everything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.markup.confirm import confirm
from bot.sandbox.page.markup.html import EMPTY, tag
from bot.sandbox.page.markup.surface import Field
from bot.sandbox.page.markup.texts import words

Json = dict[str, Any]
Chosen = tuple[str, str]

_KINDS = {
    "users": ("selected_user", "initial_user"),
    "channels": ("selected_channel", "initial_channel"),
    "conversations": ("selected_conversation", "initial_conversation"),
}


def static_select(field: Field) -> Markup:
    """Returns a native menu."""
    element = field.element
    chosen = field.current("selected_option", "initial_option")
    value = chosen.get("value") if isinstance(chosen, dict) else None
    prompt = tag(
        "option", words(element.get("placeholder"), "Choose an option"), value="", selected=value is None
    )
    groups = [
        tag("optgroup", _native(group.get("options"), value), label=words(group.get("label")))
        for group in element.get("option_groups") or []
    ]
    menu = tag(
        "select",
        prompt,
        _native(element.get("options"), value),
        groups,
        class_="select",
        **field.attributes(),
        **field.naming(words(element.get("placeholder"), "Choose an option")),
    )
    return menu + confirm(element, field.reader)


def searchable(field: Field) -> Markup:
    """Returns a box in which people type to find one or several choices."""
    element = field.element
    kind = str(element.get("type"))
    many = kind.startswith("multi_")
    source = kind.removeprefix("multi_").removesuffix("_select")
    prompt = words(element.get("placeholder"), "Type to search")
    box = tag(
        "input",
        type="text",
        role="combobox",
        class_="combo-input",
        autocomplete="off",
        spellcheck="false",
        placeholder=prompt,
        aria_expanded="false",
        aria_autocomplete="list",
        **field.naming(prompt),
    )
    made = tag(
        "div",
        tag(
            "span", [chip(value, label) for value, label in _chosen(field, source, many=many)], class_="chips"
        ),
        box,
        tag("div", _listed(element), role="listbox", class_="combo-list", hidden=True, aria_label=prompt),
        class_="combo",
        data_source=source,
        data_many=many,
        data_most=_number(element, "max_selected_items"),
        data_least=_number(element, "min_query_length"),
        data_kinds=_wanted(element),
        **field.attributes(),
    )
    return made + confirm(element, field.reader)


def chip(value: str, label: str) -> Markup:
    """Returns a choice that was made, with the way to take it back."""
    cross = tag("button", "×", type="button", aria_label=f"Remove {label}", tabindex="-1")
    return tag("span", label, cross, class_="chip", data_value=value)


def options(listed: Iterable[Json]) -> Markup:
    """Returns what a searchable box offers."""
    return EMPTY.join(
        tag(
            "div",
            words(option.get("text")),
            _small(option.get("description")),
            role="option",
            aria_selected="false",
            data_value=str(option.get("value", "")),
        )
        for option in listed
    )


def _native(listed: Any, value: object) -> list[Markup]:
    return [
        tag(
            "option",
            words(option.get("text")),
            value=str(option.get("value", "")),
            selected=option.get("value") == value,
            title=words(option.get("description")) or None,
        )
        for option in listed or []
    ]


def _listed(element: Json) -> list[Markup]:
    groups = [
        tag(
            "div",
            tag("div", words(group.get("label")), class_="combo-group"),
            options(group.get("options") or []),
            role="group",
            aria_label=words(group.get("label")),
        )
        for group in element.get("option_groups") or []
    ]
    return [options(element.get("options") or []), *groups]


def _chosen(field: Field, source: str, *, many: bool) -> list[Chosen]:
    end = "s" if many else ""
    if source in _KINDS:
        entered, initial = _KINDS[source]
        ids = _several(field.current(entered + end, initial + end))
        return [(str(i), _called(field, source, str(i))) for i in ids]
    listed = _several(field.current(f"selected_option{end}", f"initial_option{end}"))
    return [(str(o.get("value", "")), words(o.get("text"))) for o in listed if isinstance(o, dict)]


def _several(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _called(field: Field, source: str, wanted: str) -> str:
    names = field.reader.names
    found = names.user(wanted) if source == "users" else names.channel(wanted)
    return found or wanted


def _wanted(element: Json) -> str | None:
    chosen = element.get("filter")
    include = chosen.get("include") if isinstance(chosen, dict) else None
    return ",".join(str(kind) for kind in include) if isinstance(include, list) else None


def _number(element: Json, name: str) -> str | None:
    return str(element[name]) if isinstance(element.get(name), int) else None


def _small(description: Any) -> Markup | None:
    return tag("small", words(description)) if description else None
