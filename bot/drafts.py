"""An answer while it is being written: streamed, edited, or said whole at its end.

Only what a model writes takes long enough to watch. It streams while Slack's budget of 20 streams a
minute lasts; then an ordinary message grows by edits. Whatever breaks, `finish` says the whole answer.
"""

from __future__ import annotations

import logging
import time
from datetime import date
from typing import Protocol

from slack_sdk.web.chat_stream import ChatStream

from bot.asked import Asked
from bot.delivery import Delivery, Spot, digest
from bot.delivery_log import DeliveryLog
from bot.persistence import Persistence
from bot.recollection import metadata_of
from bot.slack_calls import SlackCalls
from bot.views.answer import answer_tail, part_markdown, partial_view
from bot.views.rendered import Rendered
from core.clock import Clock
from core.errors import MusterError
from knowledge.answer import Answer, Citation, Part

logger = logging.getLogger(__name__)

EDITED_EVERY_S = 1.2
BUFFER = 1
"""The client sends what it holds at once: parts come whole."""


class Draft(Protocol):
    """An answer that grows."""

    def on_part(self, part: Part, citations: tuple[Citation, ...]) -> None:
        """Shows one more part; never raises, for the answer must go on."""
        ...

    def finish(self, answer: Answer, rendered: Rendered) -> None:
        """Shows the whole answer in its last form; raises what `Delivery.post` raises."""
        ...


class Drafts:
    """Chooses how each answer is shown while it is written; `live` says that a model writes."""

    def __init__(
        self,
        *,
        calls: SlackCalls,
        delivery: Delivery,
        log: DeliveryLog,
        persistence: Persistence,
        clock: Clock,
        live: bool,
    ) -> None:
        self._calls = calls
        self._delivery = delivery
        self._log = log
        self._persistence = persistence
        self._clock = clock
        self._live = live

    def begin(self, asked: Asked) -> Draft:
        """Returns the draft of the answer to a question; a repeated one only finishes."""
        spot = Spot(channel=asked.channel, thread=asked.reply_thread)
        known = self._log.get(asked.key)
        if not self._live or (known is not None and known.attempts):
            return Whole(self._delivery, asked.key, spot)
        pace = self._calls.pace
        if spot.thread and pace.spare("chat.startStream") and pace.spare("chat.stopStream"):
            pace.turn("chat.startStream")
            return Streamed(self, asked, spot)
        return Edited(self._delivery, self._calls, asked.key, spot)

    def stream(self, asked: Asked, spot: Spot) -> ChatStream:
        """Returns a stream that has not begun."""
        return self._calls.client.chat_stream(
            buffer_size=BUFFER,
            channel=spot.channel,
            thread_ts=spot.thread,
            recipient_team_id=asked.team,
            recipient_user_id=asked.user,
        )

    @property
    def parts(self) -> tuple[SlackCalls, Delivery, DeliveryLog, Persistence]:
        """Returns what a draft works with."""
        return self._calls, self._delivery, self._log, self._persistence

    def today(self) -> date:
        """Returns the day, for how fresh sources are."""
        return self._clock.now().date()


class Whole:
    """Says an answer at its end."""

    def __init__(self, delivery: Delivery, key: str, spot: Spot) -> None:
        self._delivery = delivery
        self._key = key
        self._spot = spot

    def on_part(self, part: Part, citations: tuple[Citation, ...]) -> None:
        """Waits for the rest."""

    def finish(self, answer: Answer, rendered: Rendered) -> None:  # noqa: ARG002  # the port's
        """Posts the answer."""
        self._delivery.post(self._key, self._spot, rendered)


class Edited:
    """Posts an answer's beginning and edits it as it grows, about once a second."""

    def __init__(self, delivery: Delivery, calls: SlackCalls, key: str, spot: Spot) -> None:
        self._delivery = delivery
        self._calls = calls
        self._key = key
        self._spot = spot
        self._shown: list[Part] = []
        self._at = 0.0
        self._broken = False

    def on_part(self, part: Part, citations: tuple[Citation, ...]) -> None:  # noqa: ARG002  # the port's
        """Shows what there is, unless that was done a moment ago."""
        self._shown.append(part)
        soon = time.monotonic() - self._at < EDITED_EVERY_S
        method = "chat.update" if self._at else "chat.postMessage"
        if self._broken or soon or not self._calls.pace.spare(method, self._spot.channel):
            return
        try:
            self._delivery.post(self._key, self._spot, partial_view(self._shown))
        except MusterError as error:
            logger.warning("shows the answer at its end only key=%s error=%s", self._key, error)
            self._broken = True
        self._at = time.monotonic()

    def finish(self, answer: Answer, rendered: Rendered) -> None:  # noqa: ARG002  # the port's
        """Edits the message into its last form."""
        self._delivery.post(self._key, self._spot, rendered)


class Streamed:
    """Streams an answer; its ts is noted as soon as it is known, its key is given at the end."""

    def __init__(self, drafts: Drafts, asked: Asked, spot: Spot) -> None:
        self._drafts = drafts
        self._asked = asked
        self._spot = spot
        self._stream = drafts.stream(asked, spot)
        self._shown: list[Part] = []
        self._broken = False

    def on_part(self, part: Part, citations: tuple[Citation, ...]) -> None:  # noqa: ARG002  # the port's
        """Sends a part down the stream."""
        if self._broken:
            return
        calls, _, log, persistence = self._drafts.parts
        begins = not self._shown
        try:
            if begins:
                log.want(self._asked.key, "")
                log.sending(
                    self._asked.key,
                    channel=self._spot.channel,
                    thread_ts=self._spot.thread,
                    state="streaming",
                )
            else:
                persistence.wait_turn("chat.appendStream")
            with calls.translated("chat.startStream" if begins else "chat.appendStream"):
                self._stream.append(markdown_text=part_markdown(part))
        except MusterError as error:
            logger.warning("the stream broke key=%s error=%s", self._asked.key, error)
            self._broken = True
            return
        self._shown.append(part)
        if begins and self._stream.ts:
            log.streaming(self._asked.key, self._stream.ts)

    def finish(self, answer: Answer, rendered: Rendered) -> None:
        """Ends the stream with sources and buttons; where it broke, says the whole answer in its place."""
        _, delivery, log, _ = self._drafts.parts
        if self._stopped(answer):
            log.sent(self._asked.key, ts=str(self._stream.ts), digest=digest(rendered))
            return
        delivery.post(self._asked.key, self._spot, rendered)

    def _stopped(self, answer: Answer) -> bool:
        calls, _, log, persistence = self._drafts.parts
        count = len(self._shown)
        if self._broken or not count or list(answer.parts[:count]) != self._shown:
            return False
        rest = "".join(part_markdown(part) for part in answer.parts[count:])
        notice = f"_{answer.notice}_" if answer.notice else ""
        persistence.wait_turn("chat.stopStream")
        try:
            with calls.translated("chat.stopStream"):
                self._stream.stop(
                    markdown_text=(rest + notice) or None,
                    blocks=answer_tail(answer, key=self._asked.key, today=self._drafts.today()),
                    metadata=metadata_of(self._asked.key),
                )
        except MusterError as error:
            logger.warning("the stream could not be ended key=%s error=%s", self._asked.key, error)
            if self._stream.ts:
                log.streaming(self._asked.key, self._stream.ts)
            return False
        return True
