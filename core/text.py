"""Text from outside, as it may be kept and as it may be shown: some characters are no text."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def storable(text: str) -> str:
    """Returns the text without what no database and no tokenizer takes: NUL and half characters."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def printable(text: str) -> str:
    """Returns the text without what a terminal obeys; line feeds and tabs stay.

    Such characters could set its title, hide where a link leads, or write over what stands above.
    """
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)
