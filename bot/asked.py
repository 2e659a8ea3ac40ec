"""A question as it was asked in Slack: the frozen value that listeners make of events."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asked what, where.

    `ts` is the message that asks; `thread_ts` the thread it stands in, empty for none. `direct` says
    that only the asker and Muster are in the conversation. `private` wants the answer for the asker's
    eyes alone, wherever it was asked. `team` is the workspace of the asker.
    """

    team: str
    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str = ""
    direct: bool = False
    private: bool = False

    @property
    def key(self) -> str:
        """Returns the question's natural id: a mention's two events have the same."""
        return f"{self.team}:{self.channel}:{self.ts}"

    @property
    def reply_thread(self) -> str:
        """Returns the thread that the answer belongs in; what stands alone is answered beside it."""
        return self.thread_ts or ("" if self.direct or self.private else self.ts)

    def to_json(self) -> dict[str, Any]:
        """Returns the form that waits in the durable engine."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Returns what `to_json` was made of."""
        return cls(**value)
