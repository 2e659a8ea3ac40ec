"""What `muster serve` runs: the application with its Slack side and its durable engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.app import Application
from bot.binding import bind_team
from bot.slack import Slack, build_slack, sign_in
from bot.views.default import default_view
from bot.views.rendered import Rendered
from core.durable import Durable
from core.metrics import Metrics
from core.settings import Settings


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
    calls, identity = sign_in(settings)
    if bind:
        application.workspace_id = bind_team(application.engine, identity.team_id, application.clock)
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
