"""Muster in a local Slack: one workspace and one bot a test, driven through the protocol only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from tests.stage import SEED, Muster, start_muster


@pytest.fixture
def slack() -> Iterator[SandboxServer]:
    """A local Slack with Ana (an admin, in #ml-platform and #leads), Ben (in #ml-platform) and Chi."""
    with SandboxServer(SEED) as server:
        yield server


@pytest.fixture
def start(slack: SandboxServer, tmp_path: Path) -> Iterator[Callable[..., Muster]]:
    """Starts a bot in the local Slack; starting another one closes the one before."""
    running: list[Muster] = []

    def start(**how: Any) -> Muster:
        while running:
            running.pop().close()
        running.append(start_muster(slack, tmp_path / "home", **how))
        return running[-1]

    yield start
    while running:
        running.pop().close()


@pytest.fixture
def muster(start: Callable[..., Muster]) -> Muster:
    """A bot in Socket Mode that quotes from a shelf of short documents."""
    return start()


@pytest.fixture
def ana(slack: SandboxServer) -> Person:
    return slack.person("ana")


@pytest.fixture
def ben(slack: SandboxServer) -> Person:
    return slack.person("ben")


@pytest.fixture
def chi(slack: SandboxServer) -> Person:
    return slack.person("chi")
