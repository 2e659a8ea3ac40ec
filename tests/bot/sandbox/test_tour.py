"""Every method in the table, called once by the official client."""

from __future__ import annotations

import pytest

from bot.sandbox.methods.table import METHODS
from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.tour import recorded, visit


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the client leaves its upload connection open
def test_every_method_answers_and_events_have_what_slacks_have(sandbox: SandboxServer) -> None:
    visit(sandbox)
    items = recorded(sandbox)
    answers = {item["response"]: item["value"]["ok"] for item in items if "response" in item}
    assert set(answers) == {*METHODS, "apps.connections.open"}
    assert set(answers.values()) == {True}
    events = [item["event"] for item in items if "event" in item]
    assert {"app_mention", "message", "reaction_added", "team_join", "file_shared"} <= {
        e["type"] for e in events
    }
    assert [e for e in events if not e.get("event_ts")] == []
    assert [e for e in events if e["type"] == "message" and not e.get("channel_type")] == []
