from __future__ import annotations

import pytest

from core.text import printable, storable


def test_what_no_database_takes_is_replaced() -> None:
    assert storable("who\0 owns \udcffdata?") == "who\ufffd owns \ufffddata?"


@pytest.mark.parametrize(
    "obeyed",
    ["\x1b]0;title\x07", "\x1b[31m", "\x9b31m", "\rover", "\x08", "\x7f", "\u202egnp", "\u2066x"],
)
def test_what_a_terminal_obeys_is_replaced(obeyed: str) -> None:
    assert printable(obeyed) == "\ufffd" + printable(obeyed[1:])


def test_lines_tabs_and_every_script_stay() -> None:
    text = "a\n\tb é 猫 עברית 👩\u200d🔬"
    assert printable(text) == text
    assert storable(text) == text
