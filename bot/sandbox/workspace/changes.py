"""What just changed, told to whoever watches: the events to the app, and the page's live feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of the workspace. `kind` is dotted, as `message.posted`; `detail` holds JSON and records."""

    kind: str
    channel: str = ""
    user: str = ""
    ts: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


Watcher = Callable[[Change], None]
