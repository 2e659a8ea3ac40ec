"""Where blocks stand, and one element's place there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.page.markup.reader import Reader

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Surface:
    """A message, a modal or a Home tab as its reader has it.

    `key` is unique on the page. `values` is what was entered, as Slack's state has it; `errors` are by
    block id.
    """

    reader: Reader
    key: str
    kind: Literal["message", "modal", "home"] = "message"
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One element: where it stands, how it is labelled, what was entered into it."""

    surface: Surface
    element: Json
    block_id: str
    label: str = ""
    described_by: str = ""
    required: bool = False
    dispatch: bool = True

    @property
    def reader(self) -> Reader:
        """Who reads it."""
        return self.surface.reader

    @property
    def id(self) -> str:
        """An id for labels to point at, unique on the page."""
        return identifier(self.surface.key, self.block_id, str(self.element.get("action_id", "")))

    @property
    def is_labelled(self) -> bool:
        """Whether a label element names it already."""
        return bool(self.described_by) or self.label != ""

    @property
    def entered(self) -> Json | None:
        """What the reader entered, as Slack's state has it; None where nothing was touched yet."""
        block = self.surface.values.get(self.block_id)
        value = block.get(self.element.get("action_id")) if isinstance(block, dict) else None
        return value if isinstance(value, dict) else None

    def current(self, entered: str, initial: str) -> Any:
        """Returns what was entered under one name of the state, else what the app set under another."""
        if self.entered is not None:
            return self.entered.get(entered)
        return self.element.get(initial)

    def attributes(self, kind: str | None = None) -> dict[str, str | bool | None]:
        """Returns what the page's script needs to know of an element that can be acted on."""
        return {
            "data_act": kind or str(self.element.get("type")),
            "data_block": self.block_id,
            "data_action": str(self.element.get("action_id", "")),
            "data_dispatch": self.dispatch,
        }

    def naming(self, default: str) -> dict[str, str | bool | None]:
        """Returns the attributes that name a control: its id for a label, or a name of its own."""
        name = None if self.label else default
        return {
            "id": self.id,
            "aria_label": name,
            "aria_describedby": self.described_by or None,
            "aria_invalid": "true" if self.block_id in self.surface.errors else None,
            "aria_required": "true" if self.required else None,
        }


def identifier(*parts: str) -> str:
    """Returns an id for HTML, in which no blank may stand."""
    return re.sub(r"\s", "-", "-".join(part for part in parts if part))
