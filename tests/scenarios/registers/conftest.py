"""Muster with a register, in a local Slack. Ana is an admin, Ben leads churn, Chi is accountable there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.server import SandboxServer
from core.db import metadata, open_engine
from core.workspace import ensure_workspace
from knowledge.passages import DEFAULT_WORKSPACE
from knowledge.registers.reading import Reader
from knowledge.registers.registrar import Registrar
from knowledge.registers.team import Team
from tests.register_stage import ROOT, TEAM
from tests.stage import SEED, Muster, settings_for, wait_for


@pytest.fixture
def slack() -> Iterator[SandboxServer]:
    """The local Slack of the other scenarios, with the commands of the registers. Only Ana is an admin."""
    app = replace(SEED.app, commands=("/muster", "/raci", "/initiative"))
    with SandboxServer(replace(SEED, app=app)) as server:
        yield server


@pytest.fixture
def muster(slack: SandboxServer, start: Callable[..., Muster], tmp_path: Path) -> Muster:
    """A bot whose register knows three people, matched with Slack, and an initiative that Ben leads."""
    home = tmp_path / "home"
    home.mkdir()
    engine = open_engine(settings_for(slack, home).records_url)
    metadata.create_all(engine)
    ensure_workspace(engine, DEFAULT_WORKSPACE, slack.clock.now())
    Registrar(engine, slack.clock).save_all(TEAM, ROOT)
    engine.dispose()
    return start()


@pytest.fixture
def register(muster: Muster) -> Callable[[], Team]:
    reader = Reader(muster.engine)
    wait_for(lambda: all(one.slack_user for one in reader.team().people.values()))
    return reader.team
