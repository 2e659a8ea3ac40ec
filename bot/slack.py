"""Muster in Slack, wired: everything between a listener and a message, made in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from slack_bolt import App
from sqlalchemy import Engine

from bot.asking import WORKFLOW as QUESTION
from bot.asking import Answers, Asking
from bot.bolt import Socket, identify, make_bolt, make_client, patiently
from bot.delivery import QUEUE, Delivery
from bot.delivery import WORKFLOW as DELIVER
from bot.delivery_log import DeliveryLog
from bot.directory import Directory
from bot.drafts import Drafts
from bot.listeners import register
from bot.listeners.services import Identity, Services
from bot.pace import Pace
from bot.persistence import Persistence
from bot.recollection import Recollection
from bot.register_services import build_registers
from bot.roster import WORKFLOW as ROSTER
from bot.slack_calls import SlackCalls
from bot.views.default import default_view
from bot.views.rendered import Rendered
from core.clock import Clock
from core.durable import Durable, Starter
from core.metrics import Metrics
from core.settings import Settings
from knowledge.documents.audiences import Known, names_of, readable_documents, restricted_documents
from knowledge.passages import Audience
from knowledge.records.questions import QuestionLog
from knowledge.records.threads import Threads


@dataclass(frozen=True, kw_only=True)
class Slack:
    """Muster in Slack: what others use of it. `delivery` says things, `asking` takes questions."""

    identity: Identity
    calls: SlackCalls
    directory: Directory
    delivery: Delivery
    log: DeliveryLog
    asking: Asking
    bolt: App
    clock: Clock
    socket: Socket | None
    starter: Starter

    def connect(self) -> None:
        """Has the people read, and opens the socket, where Socket Mode is set; patiently."""
        self.starter.start(ROSTER, f"start:{uuid4()}", {})
        if self.socket is not None:
            patiently("socket", self._connect)

    def close(self) -> None:
        """Takes nothing more from Slack; what was not acknowledged is sent again to the next process."""
        if self.socket is not None:
            self.socket.close()

    def _connect(self) -> None:
        if self.socket is not None:
            with self.calls.translated("apps.connections.open"):
                self.socket.connect()  # type: ignore[no-untyped-call]  # the vendor's


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The documents of a workspace as listeners list them."""

    engine: Engine
    workspace_id: str

    def readable(self, audience: Audience) -> Sequence[Known]:
        """Returns the documents that `audience` may read."""
        return readable_documents(self.engine, self.workspace_id, audience)

    def audience_names(self) -> frozenset[str]:
        """Returns every name that some document is for."""
        return names_of(restricted_documents(self.engine, self.workspace_id))


def sign_in(settings: Settings) -> tuple[SlackCalls, Identity]:
    """Returns the calls of the bot's token, and who it is: the first thing to do, for all else needs it."""
    calls = SlackCalls(make_client(settings), Pace())
    return calls, identify(calls)


def build_slack(
    settings: Settings,
    *,
    calls: SlackCalls,
    identity: Identity,
    engine: Engine,
    workspace_id: str,
    clock: Clock,
    durable: Durable,
    metrics: Metrics,
    answers: Answers,
    questions: QuestionLog,
    live: bool,
    render: Callable[[object], Rendered] = default_view,
) -> Slack:
    """Makes Muster's Slack side and registers its workflows; `durable` is launched after it."""
    log = DeliveryLog(engine, workspace_id, clock)
    persistence = Persistence(calls, durable.pause, metrics)
    directory = Directory(calls, clock, team_id=identity.team_id)
    delivery = Delivery(
        calls=calls,
        log=log,
        directory=directory,
        starter=durable,
        persistence=persistence,
        recollection=Recollection(calls, log, durable.pause, bot_user_id=identity.bot_user_id),
        render=render,
        metrics=metrics,
    )
    threads = Threads(engine, workspace_id)
    asking = Asking(
        starter=durable,
        answers=answers,
        questions=questions,
        restrictions=lambda: restricted_documents(engine, workspace_id),
        threads=threads,
        directory=directory,
        delivery=delivery,
        drafts=Drafts(
            calls=calls, delivery=delivery, log=log, persistence=persistence, clock=clock, live=live
        ),
        persistence=persistence,
        clock=clock,
        metrics=metrics,
        workspace_id=workspace_id,
    )
    durable.workflow(QUESTION, asking.run)
    durable.workflow(DELIVER, delivery.deliver)
    durable.queue(QUEUE)
    bolt = make_bolt(calls.client, identity, signing_secret=_signing_secret(settings))
    registers = build_registers(
        engine=engine,
        workspace_id=workspace_id,
        clock=clock,
        durable=durable,
        calls=calls,
        directory=directory,
        delivery=delivery,
        log=log,
        team_id=identity.team_id,
    )
    services = Services(
        identity=identity,
        asking=asking,
        delivery=delivery,
        directory=directory,
        calls=calls,
        threads=threads,
        questions=questions,
        workspace_id=workspace_id,
        library=Shelf(engine=engine, workspace_id=workspace_id),
        registers=registers.registers,
        changes=registers.changes,
        registrar=registers.registrar,
        proposing=registers.proposing,
        roster=registers.roster,
        uploads=registers.uploads,
        clock=clock,
        metrics=metrics,
    )
    register(bolt, services)
    return Slack(
        identity=identity,
        calls=calls,
        directory=directory,
        delivery=delivery,
        log=log,
        asking=asking,
        bolt=bolt,
        clock=clock,
        socket=_socket(settings, bolt, metrics),
        starter=durable,
    )


def _signing_secret(settings: Settings) -> str:
    return settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""


def _socket(settings: Settings, bolt: App, metrics: Metrics) -> Socket | None:
    if settings.slack_app_token is None:
        return None
    token = settings.slack_app_token.get_secret_value()
    return Socket(bolt, token, base_url=settings.slack_api_url, metrics=metrics)
