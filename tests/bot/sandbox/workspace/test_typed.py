"""What people type becomes what Slack's client sends."""

from __future__ import annotations

import pytest

from bot.sandbox.clock import MovableClock
from bot.sandbox.workspace.keeping import Keeping
from bot.sandbox.workspace.planting import open_workspace
from bot.sandbox.workspace.typed import encode, rich_text
from tests.bot.sandbox.conftest import SEED


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> wake up", "&lt;!channel&gt; wake up"),
        ("@here now", "<!here> now"),
        ("ask @ana, @nobody or @ml-team", "ask <@U0ANA>, @nobody or <!subteam^S0MLTEAM>"),
        ("mail ana@churn.example", "mail ana@churn.example"),
        ("see #general, #nowhere", "see <#C0GENERAL|general>, #nowhere"),
        ("<@U0MUSTER> hi", "<@U0MUSTER> hi"),
        ("<https://x.example|y><!channel>", "&lt;<https://x.example%7Cy>&gt;&lt;!channel&gt;"),
        ("https://x.example/a?b=1&c=2.", "<https://x.example/a?b=1&amp;c=2>."),
    ],
)
def test_typing_is_escaped_and_names_become_tokens(typed: str, sent: str) -> None:
    workspace = open_workspace(SEED, MovableClock(), Keeping())
    assert encode(typed, workspace) == sent


def test_rich_text_says_the_same() -> None:
    elements = rich_text("hi <@U1> see <https://x.example/?a=1&amp;b=2> &lt;ok&gt; <!here>")[0]["elements"][
        0
    ]["elements"]
    assert [e["type"] for e in elements] == ["text", "user", "text", "link", "text", "broadcast"]
    assert elements[3]["url"] == "https://x.example/?a=1&b=2"
    assert elements[4]["text"] == " <ok> "
