"""The only place that posts to Slack.

What a ritual says waits in one durable queue, a channel a partition, so that a channel's messages
keep their order. What is said to somebody who waits is posted directly. Both go through `post`:
noted before it is sent, within Slack's limits, repeated while that may help, and looked up by its
key in the conversation before it is sent a second time.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.delivery_log import DeliveryLog, Entry
from bot.directory import Directory
from bot.persistence import Persistence
from bot.recollection import Recollection, metadata_of
from bot.slack_calls import SlackCalls, SlackRefusedError, SlackUnsureError
from bot.views.rendered import Rendered
from core.durable import Json, Starter
from core.errors import MusterError, NotFoundError
from core.message import Address, Channel, Message, Person, Thread, Under, Whisper
from core.metrics import Metrics

logger = logging.getLogger(__name__)

QUEUE = "delivery"
WORKFLOW = "deliver"
GONE = {"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"}
"""Somebody deleted what was to be edited, or Slack no longer lets it be: it is left as it is."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a message goes: a conversation's id, and a thread of it where `thread` is not empty."""

    channel: str
    thread: str = ""


class Delivery:
    """Says things in Slack, each once."""

    def __init__(
        self,
        *,
        calls: SlackCalls,
        log: DeliveryLog,
        directory: Directory,
        starter: Starter,
        persistence: Persistence,
        recollection: Recollection,
        render: Callable[[object], Rendered],
        metrics: Metrics,
    ) -> None:
        self._calls = calls
        self._log = log
        self._directory = directory
        self._starter = starter
        self._persistence = persistence
        self._recollection = recollection
        self._render = render
        self._metrics = metrics

    def say(self, message: Message) -> None:
        """Queues a message; the same key with other content edits it, with the same content does nothing."""
        rendered = self._render(message.content)
        entry = self._log.want(message.key, digest(rendered))
        argument = {
            "key": message.key,
            "revision": entry.revision,
            "to": _address_to_json(message.to),
            "rendered": rendered.to_json(),
        }
        key = f"{message.key}#{entry.revision}"
        self._starter.start(WORKFLOW, key, argument, queue=QUEUE, partition=_partition(message.to))

    def deliver(self, argument: Json) -> None:
        """Runs as the queue's workflow: says what `say` queued, unless a later wording has replaced it."""
        key, rendered = argument["key"], Rendered.from_json(argument["rendered"])
        entry = self._log.get(key)
        if entry is not None and entry.revision > argument["revision"]:
            return
        to = _address_from_json(argument["to"])
        try:
            if isinstance(to, Whisper):
                self.whisper(key, to, rendered)
            else:
                self.post(key, self.spot(to), rendered)
        except MusterError as error:
            self._log.refused(key, error.sentence)
            logger.error("could not deliver key=%s to=%s error=%s", key, to, error.sentence)  # noqa: TRY400  # the sentence says it
            self._tell_those_who_can_mend(key, to, error)

    def post(self, key: str, spot: Spot, rendered: Rendered) -> str:
        """Posts or edits the message with `key` now, and returns its ts.

        Raises `SlackRefusedError` where Slack says no for good, `UnavailableError` where it is down for long.
        """
        wanted = digest(rendered)
        before = self._log.get(key)
        entry = self._log.want(key, wanted)
        if entry.ts and entry.state in {"sent", "streaming"}:
            if entry.state == "streaming" or entry.shown_digest != wanted:
                self.edit(entry, rendered)
            return entry.ts
        ts = self._recollection.find(entry) if entry.attempts else None
        if ts is not None:
            self._metrics.deliveries.labels("adopted").inc()
            # What was tried before may have been an earlier wording: the beginning of an answer, say.
            if entry.state == "streaming" or (before is not None and before.wanted_digest != wanted):
                self.edit(replace(entry, ts=ts), rendered)
            self._log.sent(key, ts=ts, digest=wanted)
            return ts
        self._log.sending(key, channel=spot.channel, thread_ts=spot.thread)
        try:
            ts = self._send(key, spot, rendered)
        except MusterError as error:
            self._log.refused(key, error.sentence)
            self._metrics.deliveries.labels("failed").inc()
            raise
        self._log.sent(key, ts=ts, digest=wanted)
        self._metrics.deliveries.labels("sent").inc()
        return ts

    def has_tried(self, key: str) -> bool:
        """Tells whether this message was sent, or may have been before a crash."""
        entry = self._log.get(key)
        return entry is not None and entry.attempts > 0

    def edit(self, entry: Entry, rendered: Rendered) -> None:
        """Gives a message that stands another wording; one that is gone stays gone."""
        if entry.state == "streaming":
            self._end_stream(entry)
        try:
            self._persistence.insist(
                "chat.update", channel=entry.channel, ts=entry.ts, **_body(entry.key, rendered)
            )
        except SlackRefusedError as error:
            if error.code not in GONE:
                raise
            logger.warning("left a message as it is key=%s reason=%s", entry.key, error.code)
        self._log.sent(entry.key, ts=entry.ts, digest=digest(rendered))
        self._metrics.deliveries.labels("edited").inc()

    def _end_stream(self, entry: Entry) -> None:
        """Ends a stream that was left open, for Slack edits none that is still being written."""
        try:
            self._persistence.insist("chat.stopStream", channel=entry.channel, ts=entry.ts)
        except SlackRefusedError as error:
            logger.info("the stream had ended key=%s reason=%s", entry.key, error.code)

    def whisper(self, key: str, to: Whisper, rendered: Rendered) -> bool:
        """Says something that one person sees, once at most, for it can't be looked up; tells whether."""
        entry = self._log.want(key, digest(rendered))
        if entry.attempts:
            return entry.state == "sent"
        self._log.sending(key, channel=to.channel, thread_ts=to.thread)
        try:
            said = self._persistence.insist(
                "chat.postEphemeral",
                once=True,
                channel=to.channel,
                user=to.person,
                thread_ts=to.thread or None,
                **_body(key, rendered, keyed=False),
            )
        except SlackUnsureError as error:
            self._log.refused(key, error.sentence)
            return False
        except MusterError as error:
            self._log.refused(key, error.sentence)
            raise
        self._log.sent(key, ts=str(said.get("message_ts", "")), digest=entry.wanted_digest)
        self._metrics.deliveries.labels("sent").inc()
        return True

    def spot(self, to: Address) -> Spot:
        """Returns where an address is; raises `NotFoundError` for a channel, person or message unknown."""
        match to:
            case Thread(channel=channel, ts=ts):
                return Spot(channel=channel, thread=ts)
            case Under(key=key):
                entry = self._log.get(key)
                if entry is None or not entry.ts:
                    raise NotFoundError(f"There is no message {key!r} to say this under.")
                return Spot(channel=entry.channel, thread=entry.thread_ts or entry.ts)
            case Person(name=name):
                person = self._directory.person_id(name)
                if person is None:
                    raise NotFoundError(f"There is nobody called {name!r} here.", cure="Check the name.")
                return Spot(channel=self._directory.direct_channel(person))
            case Channel(name=name):
                return Spot(channel=self._directory.channel_id(name) or name.lstrip("#"))
        return Spot(channel=to.channel, thread=to.thread)

    def _send(self, key: str, spot: Spot, rendered: Rendered) -> str:
        def lost() -> Json | None:
            found = self._recollection.find(self._known(key))
            return {"ts": found} if found else None

        sent = self._persistence.insist(
            "chat.postMessage",
            recover=lost,
            channel=spot.channel,
            thread_ts=spot.thread or None,
            **_body(key, rendered),
        )
        return str(sent["ts"])

    def _known(self, key: str) -> Entry:
        entry = self._log.get(key)
        if entry is None:
            raise NotFoundError(f"There is no message {key!r}.")
        return entry

    def _tell_those_who_can_mend(self, key: str, to: Address, error: MusterError) -> None:
        if key.startswith(COMPLAINT):
            return
        for admin in self._directory.admins()[:MOST_TOLD]:
            words = f"I could not say something in {_place_name(to)}. {error.sentence}"
            place = hashlib.sha256(f"{to}{error}".encode()).hexdigest()[:16]
            self.say(Message(key=f"{COMPLAINT}{admin}:{place}", to=Person(name=admin), content=words))


COMPLAINT = "undelivered:"
MOST_TOLD = 2


def digest(rendered: Rendered) -> str:
    """Returns the digest by which two wordings are told apart."""
    return hashlib.sha256(json.dumps(rendered.to_json(), sort_keys=True).encode()).hexdigest()


def _body(key: str, rendered: Rendered, *, keyed: bool = True) -> dict[str, Any]:
    body: dict[str, Any] = {
        "text": rendered.text,
        "blocks": list(rendered.blocks) or None,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return body | {"metadata": metadata_of(key)} if keyed else body


def _place_name(to: Address) -> str:
    match to:
        case Channel(name=name) | Person(name=name):
            return name
        case Thread(channel=channel) | Whisper(channel=channel):
            return f"channel {channel}"
    return "a thread"


_KINDS: dict[str, type] = {kind.__name__: kind for kind in (Channel, Person, Thread, Under, Whisper)}


def _address_to_json(to: Address) -> Json:
    return {"kind": type(to).__name__, "at": {name: getattr(to, name) for name in to.__dataclass_fields__}}


def _address_from_json(value: Json) -> Address:
    address: Address = _KINDS[value["kind"]](**value["at"])
    return address


def _partition(to: Address) -> str:
    match to:
        case Channel(name=name) | Person(name=name):
            return name.lstrip("#@")
        case Under(key=key):
            return key
    return to.channel
