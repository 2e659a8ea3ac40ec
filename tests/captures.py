"""Keeps what the bot sends in tests, for a check against Slack's published types and limits.

Nothing is kept unless MUSTER_CAPTURES names a folder. Each process of the tests writes a file of its
own there, a line of JSON a payload: `{"name": test, "method": …, "body": …}`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from weakref import WeakSet

from bot.sandbox.controls.journal import Entry
from bot.sandbox.server import SandboxServer

_kept: WeakSet[SandboxServer] = WeakSet()
ANSWERED_LIKE = "chat.postEphemeral"
"""What a command's acknowledgement says is shown as this method's messages are."""


def keep_captures(slack: SandboxServer) -> None:
    """Writes down what the app sends to this local Slack from now on; once, however often it is called."""
    folder = os.environ.get("MUSTER_CAPTURES")
    if not folder or slack in _kept:
        return
    _kept.add(slack)
    file = Path(folder) / f"{os.getpid()}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)

    def note(_number: int, entry: Entry) -> None:
        found = _sent(entry)
        if found:
            name = f"{os.environ.get('PYTEST_CURRENT_TEST', '')} {entry.name}"
            with file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"name": name, **found}) + "\n")

    slack.sandbox.journal.listen(note)


def _sent(entry: Entry) -> dict[str, Any]:
    if entry.kind == "call":
        return {"method": entry.name, "body": entry.request}
    answer = _json(entry.response)
    if "response_action" in answer:
        return answer
    return {"method": ANSWERED_LIKE, "body": answer} if {"text", "blocks"} & set(answer) else {}


def _json(body: Any) -> dict[str, Any]:
    try:
        value = json.loads(body) if isinstance(body, str | bytes) else body
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
