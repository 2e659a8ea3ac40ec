"""The templates, and the fragments that are drawn with them. Autoescape is on for all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.sandbox.page.markup.emoji import EMOJI, QUICK
from bot.sandbox.page.screens.message import Shown
from bot.sandbox.page.screens.offers import Offer

HERE = Path(__file__).parent
STATIC = HERE / "static"


class Drawing:
    """Draws pages and fragments."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"edition": edition(), "quick": [(name, EMOJI[name]) for name in QUICK]}

    def page(self, name: str, **values: Any) -> str:
        """Draws a whole template."""
        return self._environment.get_template(name).render(values)

    def message(self, shown: Shown) -> str:
        """Draws one message."""
        macro: Any = self._environment.get_template("message.html").module
        return str(macro.message(shown))

    def offers(self, offers: Sequence[Offer]) -> str:
        """Draws what a list offers."""
        return self.page("offers.html", offers=offers)


@lru_cache(maxsize=1)
def edition() -> str:
    """Returns a name for this edition of the static files, so that browsers never mix two."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
