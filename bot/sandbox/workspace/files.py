"""Uploaded files."""

from __future__ import annotations

import mimetypes

from bot.sandbox.errors import SlackError
from bot.sandbox.workspace.ids import random_id
from bot.sandbox.workspace.keeping import Keeping
from bot.sandbox.workspace.records import File

LARGEST = 64 * 1024 * 1024


class Files:
    """The workspace's files, and the one-time addresses that take their bytes."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self.all: dict[str, File] = {}
        self._uploads: dict[str, str] = {}

    def begin(self, *, name: str, size: int, user: str, created: int, alt_text: str = "") -> tuple[File, str]:
        """Returns a new file without bytes, and the secret of the address that takes them."""
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = File(
            id=random_id("F"), name=name, title=name, size=size, user=user, created=created,
            mimetype=mimetype, alt_text=alt_text,
        )  # fmt: skip
        self.all[file.id] = file
        secret = random_id("UP")
        self._uploads[secret] = file.id
        return file, secret

    def receive(self, secret: str, content: bytes) -> File | None:
        """Takes the bytes sent to an upload address; None where it is unknown or was used."""
        file = self.all.get(self._uploads.pop(secret, ""))
        if file is None:
            return None
        file.size, file.uploaded = len(content), True
        self._keeping.write_bytes(file.id, content)
        self.keep(file)
        return file

    def keep(self, file: File) -> None:
        """Keeps a file after a change, or brings one back from the log."""
        self.all[file.id] = file
        self._keeping.file(file)

    def get(self, file_id: str) -> File:
        """Returns a file; raises `file_not_found` or `file_deleted`."""
        file = self.all.get(file_id)
        if file is None:
            raise SlackError("file_not_found")
        if file.deleted:
            raise SlackError("file_deleted")
        return file

    def content(self, file: File) -> bytes:
        """Returns a file's bytes."""
        return self._keeping.read_bytes(file.id)
