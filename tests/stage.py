"""A whole Muster in Slack for tests: a local Slack on loopback, and the bot beside it, wired as it serves.

Only what knows the answers is a stand-in: a shelf of short documents that are found by their words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, insert

from bot.binding import bind_team
from bot.sandbox.seed import Seed, SeedApp, SeedChannel, SeedGroup, SeedMessage, SeedShortcut, SeedUser
from bot.sandbox.server import SandboxServer
from bot.serve import Server
from bot.slack import Slack, build_slack, sign_in
from core.clock import Clock
from core.db import metadata, open_engine
from core.durable import Durable
from core.metrics import Metrics
from core.settings import Settings, load_settings
from knowledge.answer import Answer, Citation, Listener, Part
from knowledge.documents.document import documents
from knowledge.passages import Passage, Question
from knowledge.records.questions import QuestionLog
from tests.captures import keep_captures

SEED = Seed(
    app=SeedApp(shortcuts=(SeedShortcut(callback_id="ask_about_message", name="Ask Muster about this"),)),
    users=(
        SeedUser(name="ana", real_name="Ana Kovač", tz="Europe/Zagreb", admin=True),
        SeedUser(name="ben", real_name="Ben Okafor", tz="America/New_York"),
        SeedUser(name="chi", real_name="Chi Nguyen"),
    ),
    channels=(
        SeedChannel(name="general"),
        SeedChannel(name="ml-platform", members=("ana", "ben")),
        SeedChannel(name="leads", members=("ana",), private=True),
        SeedChannel(name="elsewhere", app_is_in=False),
    ),
    groups=(SeedGroup(handle="leads-group", members=("ana",)),),
    messages=(SeedMessage(channel="#general", user="ana", text="Who signs off a release?"),),
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A document of the shelf: found by any of its words that are longer than four letters."""

    title: str
    text: str
    owner: str = "Ana Kovač"
    audience: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        return f"{self.title.lower().replace(' ', '-')}.md"


SHEETS = (
    Sheet(title="Release review", text="The model owner signs off every release."),
    Sheet(title="Drift response", text="Roll back when drift exceeds the threshold."),
    Sheet(
        title="Budget",
        text="The platform budget is forty thousand euros.",
        audience=frozenset({"#ml-platform"}),
    ),
    Sheet(title="Hiring", text="Two hiring requests are open.", audience=frozenset({"#leads"})),
    Sheet(title="Bonus", text="The bonus scheme ends in March.", audience=frozenset({"@leads-group"})),
)


class ShelfAnswers:
    """Answers from sheets; `pause` is slept between parts, `broken` raised instead of an answer."""

    def __init__(self, sheets: Sequence[Sheet] = SHEETS) -> None:
        self.sheets = sheets
        self.asked: list[Question] = []
        self.parts: Callable[[Sheet], Sequence[str]] = lambda sheet: (sheet.text,)
        self.pause = 0.0
        self.broken: Exception | None = None

    def answer(self, question: Question, on_part: Listener | None = None) -> Answer:
        self.asked.append(question)
        if self.broken is not None:
            raise self.broken
        words = {word.strip("?.,!").lower() for word in question.text.split() if len(word) > 4}
        found = [sheet for sheet in self.sheets if question.audience.may_read(sheet.audience)]
        best = next((sheet for sheet in found if words & set(sheet.text.lower().strip(".").split())), None)
        if best is None:
            nearest = tuple(_passage(sheet) for sheet in found[:1])
            return Answer(question=question, nearest=nearest, ask=nearest[0].owner if nearest else "")
        citation = Citation(number=1, passage=_passage(best), quote=best.text)
        parts = tuple(Part(text=text, citations=(1,)) for text in self.parts(best))
        for part in parts:
            time.sleep(self.pause)
            if on_part is not None:
                on_part(part, (citation,))
        blank = Answer(question=question, parts=parts, citations=(citation,), found=True)
        return replace(blank, ask=best.owner, passages=(citation.passage,))


def _passage(sheet: Sheet) -> Passage:
    return Passage(
        id=sheet.source,
        source=sheet.source,
        title=sheet.title,
        heading=("The rule",),
        text=sheet.text,
        owner=sheet.owner,
        link=f"https://docs.example/{sheet.source}",
    )


@dataclass(kw_only=True)
class Muster:
    """A bot that serves, with the parts that tests look into. `close` and `Muster` again is a restart."""

    settings: Settings
    engine: Engine
    durable: Durable
    metrics: Metrics
    slack: Slack
    answers: ShelfAnswers
    server: Server | None = None

    @property
    def url(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.web.port}"

    def close(self) -> None:
        if self.server is not None:
            self.server.close()
        self.engine.dispose()


class LocalSlack(Protocol):
    """Where a local Slack is, as far as a bot needs to know."""

    @property
    def api_url(self) -> str: ...
    @property
    def bot_token(self) -> str: ...
    @property
    def app_token(self) -> str: ...
    @property
    def signing_secret(self) -> str: ...
    @property
    def clock(self) -> Clock: ...


def settings_for(sandbox: LocalSlack, home: Path, *, mode: str = "socket", **more: Any) -> Settings:
    tokens: dict[str, Any] = {"slack_bot_token": sandbox.bot_token, "slack_api_url": sandbox.api_url}
    if mode == "socket":
        tokens["slack_app_token"] = sandbox.app_token
    else:
        tokens["slack_signing_secret"] = sandbox.signing_secret
    return load_settings(home=home, port=0, **tokens, **more)


def start_muster(sandbox: SandboxServer, home: Path, *, mode: str = "socket", **how: Any) -> Muster:
    """Starts a bot against a local Slack; its records lie in `home` and outlive it."""
    keep_captures(sandbox)
    muster = make_muster(sandbox, home, mode=mode, **how)
    muster.server = Server(muster)
    muster.server.start()
    if mode == "http":
        sandbox.post("/app", request_url=f"{muster.url}/slack/events")
    return muster


def make_muster(
    sandbox: LocalSlack,
    home: Path,
    *,
    mode: str = "socket",
    answers: ShelfAnswers | None = None,
    live: bool = False,
    timeout_s: int = 10,
) -> Muster:
    """Wires a bot that does not serve yet."""
    settings = settings_for(sandbox, home, mode=mode)
    home.mkdir(exist_ok=True)
    clock = sandbox.clock
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    durable = Durable(home=home, database_url=settings.records_url, recovery_every_s=0.5)
    metrics = Metrics()
    calls, identity = sign_in(settings)
    calls.client.timeout = timeout_s
    workspace_id = bind_team(engine, identity.team_id, clock)
    answers = answers or ShelfAnswers()
    shelve(engine, workspace_id, answers.sheets, clock)
    slack = build_slack(
        settings,
        calls=calls,
        identity=identity,
        engine=engine,
        workspace_id=workspace_id,
        clock=clock,
        durable=durable,
        metrics=metrics,
        answers=answers,
        questions=QuestionLog(engine, clock),
        live=live,
    )
    return Muster(
        settings=settings, engine=engine, durable=durable, metrics=metrics, slack=slack, answers=answers
    )


def shelve(engine: Engine, workspace_id: str, sheets: Sequence[Sheet], clock: Clock) -> None:
    """Writes the documents' rows, as an ingest would."""
    with engine.begin() as connection:
        connection.execute(documents.delete())
        for sheet in sheets:
            connection.execute(
                insert(documents).values(
                    workspace_id=workspace_id,
                    id=sheet.source,
                    source=sheet.source,
                    root=".",
                    version="1",
                    content_hash="1",
                    title=sheet.title,
                    kind="playbook",
                    owner=sheet.owner,
                    audience=sorted(sheet.audience),
                    link="",
                    chunks=1,
                    ingested_at=clock.now(),
                )
            )


def wait_for(condition: Callable[[], Any], *, within: float = 10.0) -> Any:
    """Returns what `condition` returns as soon as it is something."""
    deadline = time.monotonic() + within
    while not (result := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
    return result
