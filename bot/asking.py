"""A question's way through Slack: started durably, answered once, and never met with silence."""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import replace
from datetime import timedelta
from threading import Semaphore
from typing import Protocol

from bot.asked import Asked
from bot.delivery import Delivery, Spot
from bot.directory import Directory, Place
from bot.drafts import Draft, Drafts
from bot.persistence import Persistence
from bot.slack_calls import SlackRefusedError
from bot.views.answer import answer_view
from bot.views.errors import failed_view
from bot.views.rendered import Rendered
from core.clock import Clock
from core.durable import Json, Starter
from core.errors import MusterError
from core.message import Whisper
from core.metrics import Metrics
from knowledge.answer import Answer, Listener
from knowledge.documents.audiences import Restricted, closed_to, names_of
from knowledge.passages import EVERYONE, Audience, Question
from knowledge.records.questions import QuestionLog
from knowledge.records.threads import Exchange, Threads

logger = logging.getLogger(__name__)

WORKFLOW = "question"
SEARCHING = "Searching the playbooks…"
AT_ONCE = 16
"""How many questions are worked on at a time; the others wait, already acknowledged and durable."""
DIRECT_MEMORY = timedelta(hours=1)
LONGEST_QUESTION = 4_000
FOR_MEMBERS = "I answer people of this workspace only. Please ask somebody you know here."


class Answers(Protocol):
    """What knows the answers."""

    def answer(self, question: Question, on_part: Listener | None = None) -> Answer:
        """Answers; calls `on_part` with each part as soon as it is complete and checked."""
        ...


class Restrictions(Protocol):
    """What the workspace holds that is not for everyone."""

    def __call__(self) -> tuple[Restricted, ...]:
        """Returns the documents that are not for everyone."""
        ...


class Asking:
    """Takes questions and answers them."""

    def __init__(
        self,
        *,
        starter: Starter,
        answers: Answers,
        questions: QuestionLog,
        restrictions: Restrictions,
        threads: Threads,
        directory: Directory,
        delivery: Delivery,
        drafts: Drafts,
        persistence: Persistence,
        clock: Clock,
        metrics: Metrics,
        workspace_id: str,
    ) -> None:
        self._starter = starter
        self._answers = answers
        self._questions = questions
        self._restrictions = restrictions
        self._threads = threads
        self._directory = directory
        self._delivery = delivery
        self._drafts = drafts
        self._persistence = persistence
        self._clock = clock
        self._metrics = metrics
        self._workspace_id = workspace_id
        self._room = Semaphore(AT_ONCE)

    def take(self, asked: Asked) -> None:
        """Makes a question durable; the same one again changes nothing. Safe to acknowledge afterwards."""
        self._starter.start(WORKFLOW, asked.key, asked.to_json())

    def run(self, argument: Json) -> None:
        """Runs as the workflow: answers, or says why not under a reference that the log has too."""
        asked = Asked.from_json(argument)
        begun = time.perf_counter()
        with self._room:
            try:
                self._answer(asked)
            except Exception as error:
                self._metrics.failures.labels("question").inc()
                reference = hashlib.sha256(asked.key.encode()).hexdigest()[:8]
                logger.exception("question failed reference=%s key=%s", reference, asked.key)
                sentence = error.sentence if isinstance(error, MusterError) else ""
                self._reply(asked, failed_view(reference, sentence=sentence))
        self._metrics.answered.observe(time.perf_counter() - begun)

    def _answer(self, asked: Asked) -> None:
        place = Place(id=asked.channel, direct=True, open=False) if asked.direct else None
        place = place or self._directory.place(asked.channel)
        if place.shared and self._is_stranger(asked.user):
            self._whisper(asked, "stranger", Rendered(text=FOR_MEMBERS))
            return
        self._show_status(asked)
        restricted = self._restrictions()
        full = self._directory.audience(asked.user, names_of(restricted))
        heard = full if asked.direct else _heard_in(place, restricted)
        question = self._question(asked, heard)
        if asked.private or place.shared:
            self._answer_privately(asked, replace(question, audience=full))
            return
        more = EVERYONE if full.names <= heard.names else full
        self._answer_openly(asked, question, more=more, closed=closed_to(restricted, heard))

    def _question(self, asked: Asked, audience: Audience) -> Question:
        since = self._clock.now() - DIRECT_MEMORY if asked.direct and not asked.thread_ts else None
        return Question(
            text=asked.text[:LONGEST_QUESTION],
            workspace_id=self._workspace_id,
            asker=asked.user,
            audience=audience,
            history=self._threads.history(asked.channel, asked.reply_thread, since=since),
        )

    def _answer_openly(
        self, asked: Asked, question: Question, *, more: Audience, closed: frozenset[str]
    ) -> None:
        """Answers where it was asked; what only the asker may read of it is whispered to them.

        `closed` are the sources that others there may not read, `more` is whom the asker hears as besides.
        """
        draft = self._drafts.begin(asked)
        answer = self._answers.answer(question, draft.on_part)
        fuller = None if answer.found else self._fuller(question, more, closed)
        self._keep(asked, answer, best=fuller or answer)
        self._finish(draft, asked, answer)
        if answer.found:
            fuller = self._fuller(question, more, closed)
        if fuller is not None:
            self._whisper(asked, "private", self._rendered(fuller, asked))

    def _finish(self, draft: Draft, asked: Asked, answer: Answer) -> None:
        rendered = self._rendered(answer, asked)
        try:
            draft.finish(answer, rendered)
        except SlackRefusedError as error:
            logger.warning("answers in private key=%s reason=%s", asked.key, error.code)
            self._reply_in_direct(asked, rendered)

    def _fuller(self, question: Question, more: Audience, closed: frozenset[str]) -> Answer | None:
        """Returns the answer that rests on what others there may not read, if there is one."""
        if not more.names or not closed:
            return None
        fuller = self._answers.answer(replace(question, audience=more))
        rests = any(citation.passage.source in closed for citation in fuller.citations)
        return fuller if fuller.found and rests else None

    def _answer_privately(self, asked: Asked, question: Question) -> None:
        answer = self._answers.answer(question)
        self._count(answer)
        self._questions.record(asked.key, answer)
        self._whisper(asked, "private", self._rendered(answer, asked))

    def _keep(self, asked: Asked, answer: Answer, *, best: Answer) -> None:
        """Keeps what was said openly for the conversation, and the best answer for the gap list."""
        self._count(best)
        self._questions.record(asked.key, best)
        exchange = Exchange(
            key=asked.key,
            channel=asked.channel,
            thread_ts=asked.reply_thread,
            asker=asked.user,
            question=asked.text,
            answer="\n".join(part.text for part in answer.parts),
            found=best.found,
            ask=answer.ask,
            at=self._clock.now(),
        )
        self._threads.note(exchange)

    def _show_status(self, asked: Asked) -> None:
        """Shows that Muster is at it; not where the answer may stand already, for only a new one ends it."""
        if asked.private or self._delivery.has_tried(asked.key):
            return
        self._persistence.try_once(
            "assistant.threads.setStatus",
            channel_id=asked.channel,
            thread_ts=asked.thread_ts or asked.ts,
            status=SEARCHING,
        )

    def _rendered(self, answer: Answer, asked: Asked) -> Rendered:
        return answer_view(answer, key=asked.key, today=self._clock.now().date())

    def _reply(self, asked: Asked, rendered: Rendered) -> None:
        if asked.private:
            self._whisper(asked, "private", rendered)
            return
        try:
            self._delivery.post(asked.key, Spot(channel=asked.channel, thread=asked.reply_thread), rendered)
        except SlackRefusedError:
            self._reply_in_direct(asked, rendered)

    def _reply_in_direct(self, asked: Asked, rendered: Rendered) -> None:
        spot = Spot(channel=self._directory.direct_channel(asked.user))
        self._delivery.post(f"{asked.key}:direct", spot, rendered)

    def _whisper(self, asked: Asked, what: str, rendered: Rendered) -> None:
        to = Whisper(channel=asked.channel, person=asked.user, thread=asked.reply_thread)
        try:
            self._delivery.whisper(f"{asked.key}:{what}", to, rendered)
        except SlackRefusedError:
            self._reply_in_direct(asked, rendered)

    def _is_stranger(self, user: str) -> bool:
        member = self._directory.member(user)
        return member is None or member.stranger

    def _count(self, answer: Answer) -> None:
        self._metrics.answers.labels("found" if answer.found else "not_found", answer.mode).inc()


def _heard_in(place: Place, restricted: tuple[Restricted, ...]) -> Audience:
    """Returns what may be said openly in a conversation: in a private channel, what is for exactly it."""
    name = f"#{place.name}"
    if place.open or place.group or place.shared or name not in names_of(restricted):
        return EVERYONE
    return Audience(names=frozenset({name}))
