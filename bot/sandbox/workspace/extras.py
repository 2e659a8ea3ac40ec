"""The small things beside messages: statuses, prompts, pins, bookmarks, read marks, scheduled messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bot.sandbox.workspace.ids import random_id
from bot.sandbox.workspace.keeping import Keeping
from bot.sandbox.workspace.records import Json

STATUS_LIFE = timedelta(minutes=2)


class Extras:
    """What is kept by channel or thread beside the messages themselves."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._statuses: dict[tuple[str, str], tuple[Json, datetime]] = {}
        self.titles: dict[str, str] = {}
        self.prompts: dict[str, Json] = {}
        self.pins: dict[str, list[Json]] = {}
        self.bookmarks: dict[str, list[Json]] = {}
        self.read: dict[str, str] = {}
        self.scheduled: dict[str, Json] = {}
        self.inputs: dict[tuple[str, str], Json] = {}

    def set_status(self, channel: str, thread: str, status: Json, now: datetime) -> None:
        """Shows what the app is doing in a thread, for two minutes at most."""
        self._statuses[channel, thread] = (status, now)

    def clear_status(self, channel: str, thread: str) -> bool:
        """Ends a status; returns whether there was one."""
        return self._statuses.pop((channel, thread), None) is not None

    def statuses(self, channel: str, now: datetime) -> dict[str, Json]:
        """Returns the statuses shown in a channel, by thread."""
        return {
            thread: status
            for (where, thread), (status, since) in list(self._statuses.items())
            if where == channel and now - since <= STATUS_LIFE
        }

    def set_prompts(self, channel: str, thread: str, prompts: Json) -> None:
        """Suggests things to ask, in a direct message or one of its threads."""
        self.prompts[f"{channel}/{thread}"] = prompts
        self._keeping.put("prompts", f"{channel}/{thread}", prompts)

    def set_title(self, channel: str, thread: str, title: str) -> None:
        """Names a thread."""
        self.titles[f"{channel}/{thread}"] = title
        self._keeping.put("title", f"{channel}/{thread}", title)

    def mark_read(self, channel: str, user: str, ts: str) -> None:
        """Remembers how far a person has read."""
        self.read[f"{channel}/{user}"] = ts
        self._keeping.put("read", f"{channel}/{user}", ts)

    def schedule(self, job: Json) -> str:
        """Keeps a message for later and returns its id."""
        job_id = random_id("Q")
        self.scheduled[job_id] = job
        self._keeping.put("scheduled", job_id, job)
        return job_id

    def unschedule(self, job_id: str) -> Json | None:
        """Takes a message for later back."""
        self._keeping.put("scheduled", job_id, None)
        return self.scheduled.pop(job_id, None)

    def keep_list(self, kind: str, channel: str) -> None:
        """Keeps a channel's pins or bookmarks after a change."""
        lists = self.pins if kind == "pins" else self.bookmarks
        self._keeping.put(kind, channel, lists.get(channel, []))

    def remember_input(self, place: str, user: str, block_id: str, action_id: str, value: Json) -> None:
        """Remembers a choice made in a message, for the `state` of the next click; 2,000 at most."""
        values = self.inputs.setdefault((place, user), {})
        values.setdefault(block_id, {})[action_id] = value
        if len(self.inputs) > 2000:  # noqa: PLR2004 -- see above
            for old in list(islice(self.inputs, 100)):
                del self.inputs[old]

    def restore(self, kind: str, key: str, value: Any) -> None:
        """Brings one kept value back."""
        kept: dict[str, dict[str, Any]] = {
            "prompts": self.prompts,
            "title": self.titles,
            "pins": self.pins,
            "bookmarks": self.bookmarks,
            "read": self.read,
            "scheduled": self.scheduled,
        }
        kept[kind][key] = value
