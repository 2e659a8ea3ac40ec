"""What `muster serve` runs: the application with its Slack side and its durable engine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.app import Application
from bot.binding import bind_team
from bot.slack import Slack, build_slack, sign_in
from bot.views.default import default_view
from bot.views.rendered import Rendered
from core.durable import Durable
from core.errors import MusterError
from core.metrics import Metrics
from core.settings import Settings
from knowledge.passages import EVERYONE, Question

logger = logging.getLogger(__name__)

WARMING = "warm up"


@runtime_checkable
class Warmable(Protocol):
    """What takes long at its first use, and can begin before that."""

    def warm(self) -> None:
        """Begins, in the background."""
        ...


@dataclass(frozen=True, kw_only=True)
class Serving:
    """The parts of a serving process; `durable` is launched by `bot.serve.Server`."""

    settings: Settings
    durable: Durable
    metrics: Metrics
    slack: Slack


def build_serving(
    application: Application, *, render: Callable[[object], Rendered] = default_view, bind: bool = True
) -> Serving:
    """Signs in to Slack, binds its team to the workspace, and wires everything that serves it.

    With `bind` off the records stay free for another team: the demo's workspace must not keep them.
    Raises `SettingError` for a missing or wrong token, and where the records belong to another team.
    """
    settings, metrics = application.settings, Metrics()
    model: object = application.model
    if isinstance(model, Warmable):
        model.warm()
    calls, identity = sign_in(settings)
    if bind:
        application.workspace_id = bind_team(application.engine, identity.team_id, application.clock)
    _warm_documents(application)
    durable = Durable(home=settings.home, database_url=settings.records_url)
    slack = build_slack(
        settings,
        calls=calls,
        identity=identity,
        engine=application.engine,
        workspace_id=application.workspace_id,
        clock=application.clock,
        durable=durable,
        metrics=metrics,
        answers=application.answerer,
        questions=application.questions,
        live=application.model is not None,
        render=render,
    )
    return Serving(settings=settings, durable=durable, metrics=metrics, slack=slack)


def _warm_documents(application: Application) -> None:
    """Has the embedding and the index read in the background, so that the first question need not wait."""
    documents = application.documents
    question = Question(text=WARMING, workspace_id=application.workspace_id, asker="", audience=EVERYONE)

    def warm() -> None:
        try:
            documents.search(question)
        except MusterError as error:
            logger.warning("the documents can't be searched yet: %s", error.sentence)

    threading.Thread(target=warm, name="warm-documents", daemon=True).start()
