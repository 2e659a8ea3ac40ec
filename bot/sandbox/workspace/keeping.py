"""Which record goes to the log under which key. Without a log, nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.sandbox.workspace.log import AppendLog
from bot.sandbox.workspace.records import Channel, File, Group, Json, Message, User, View


class Keeping:
    """Writes each changed record to the log. `paused` while the log itself is being read back."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.log = AppendLog(folder / "workspace.jsonl") if folder is not None else None
        self.paused = False
        self._bytes: dict[str, bytes] = {}

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keeps any JSON value; None forgets it."""
        if self.log is not None and not self.paused:
            self.log.append(kind, key, value)

    def person(self, record: User | Group) -> None:
        """Keeps a user or a user group."""
        self.put("user" if isinstance(record, User) else "group", record.id, vars(record))

    def channel(self, channel: Channel) -> None:
        """Keeps a conversation; a channel's members are kept one by one."""
        value = vars(channel)
        self.put("channel", channel.id, value if channel.is_direct else {**value, "members": {}})

    def member(self, channel: Channel, user: str, there: bool) -> None:  # noqa: FBT001 -- one fact, as kept
        """Keeps that somebody is in a channel, or no longer is."""
        self.put("member", f"{channel.id}/{user}", True if there else None)

    def message(self, message: Message, there: bool) -> None:  # noqa: FBT001 -- one fact, as kept
        """Keeps a message, or forgets it."""
        self.put("message", f"{message.to}/{message.channel}/{message.ts}", vars(message) if there else None)

    def home(self, view: View) -> None:
        """Keeps a person's Home tab; modals end with the process, as a reloaded client's do."""
        self.put("home", view.user, vars(view))

    def file(self, file: File) -> None:
        """Keeps what is known of a file."""
        self.put("file", file.id, vars(file))

    def write_bytes(self, file_id: str, content: bytes) -> None:
        """Keeps a file's bytes, in memory where there is no folder."""
        if self.folder is None:
            self._bytes[file_id] = content
            return
        path = self.folder / "files" / file_id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def read_bytes(self, file_id: str) -> bytes:
        """Returns a file's bytes, nothing where they were lost."""
        if self.folder is None:
            return self._bytes.get(file_id, b"")
        path = self.folder / "files" / file_id
        return path.read_bytes() if path.exists() else b""

    def close(self) -> None:
        """Lets go of the log."""
        if self.log is not None:
            self.log.close()


def revived(value: Json, kind: type[Any]) -> Any:
    """Makes a record of a kept value; fields that this version does not know are dropped."""
    return kind(**{k: v for k, v in value.items() if k in kind.__dataclass_fields__})
