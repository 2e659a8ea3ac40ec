"""Files for one person, sent as direct messages: made when they are sent, and sent once."""

from __future__ import annotations

import logging
from collections.abc import Callable

from bot.delivery import Delivery
from bot.delivery_log import DeliveryLog
from bot.directory import Directory
from bot.persistence import insisted
from bot.register_files import File
from bot.slack_calls import SlackCalls
from core.durable import Json, Starter
from core.errors import MusterError
from core.message import Message, Person

logger = logging.getLogger(__name__)

WORKFLOW = "upload"
COMPLETE = "files.completeUploadExternal"


class Uploads:
    """Sends files. `make` makes one of what was asked for, at the time of sending."""

    def __init__(
        self,
        *,
        starter: Starter,
        calls: SlackCalls,
        directory: Directory,
        delivery: Delivery,
        log: DeliveryLog,
        pause: Callable[[float], None],
        make: Callable[[Json], File],
    ) -> None:
        self._starter = starter
        self._calls = calls
        self._directory = directory
        self._delivery = delivery
        self._log = log
        self._pause = pause
        self._make = make

    def send(self, key: str, person: str, asked: Json) -> None:
        """Has a file made and sent to a person, by Slack id; the same key sends it once."""
        self._starter.start(WORKFLOW, key, {"key": f"file:{key}", "person": person, "asked": asked})

    def run(self, argument: Json) -> None:
        """Runs as a workflow; one that was interrupted while Slack took the file may send it twice."""
        key, person = argument["key"], argument["person"]
        entry = self._log.want(key, "file")
        if entry.state == "sent":
            return
        try:
            channel = self._directory.direct_channel(person)
            self._log.sending(key, channel=channel, thread_ts="")
            file = self._make(argument["asked"])
            insisted(lambda: self._upload(file, channel), self._pause)
            self._log.sent(key, ts="", digest="file")
        except MusterError as error:
            self._log.refused(key, error.sentence)
            logger.error("could not send a file key=%s error=%s", key, error.sentence)  # noqa: TRY400  # the sentence says it
            words = f"I could not send you the file that you asked for. {error.sentence}"
            self._delivery.say(Message(key=f"{key}:failed", to=Person(name=person), content=words))

    def _upload(self, file: File, channel: str) -> None:
        with self._calls.translated(COMPLETE, channel):
            self._calls.client.files_upload_v2(
                channel=channel, filename=file.name, title=file.title, content=file.text or "\n",
                initial_comment=file.title,
            )  # fmt: skip
