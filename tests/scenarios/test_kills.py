"""Killed with -9 at any moment, Muster comes back and answers every question, each once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sandbox.seen import Seen
from bot.sandbox.server import SandboxServer
from tests.captures import keep_captures
from tests.stage import wait_for

ROOT = Path(__file__).parent.parent.parent
CHANNELS = ("#general", "#ml-platform", "@muster")
ASKERS = ("ana", "ben")


class Bot:
    """A bot's process that can be killed and started again; what it says lies in `home`."""

    def __init__(self, slack: SandboxServer, home: Path, how: str = "") -> None:
        self._command = [sys.executable, "-m", "tests.bot_process", str(home), slack.api_url]
        self._command += [slack.bot_token, slack.app_token, how]
        self._slack = slack
        keep_captures(slack)
        self.log = home / "log.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own script
                self._command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        wait_for(lambda: self._slack.get("/delivery")["connections"] > 0, within=30)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        wait_for(lambda: self._slack.get("/delivery")["connections"] == 0, within=10)

    def stop(self) -> int:
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(timeout=40)


@contextmanager
def a_bot(slack: SandboxServer, home: Path, how: str = "") -> Iterator[Bot]:
    home.mkdir()
    bot = Bot(slack, home, how)
    bot.start()
    try:
        yield bot
    finally:
        bot.kill()


def ask(slack: SandboxServer, number: int) -> tuple[str, Seen]:
    asker = ASKERS[number % len(ASKERS)]
    channel = CHANNELS[number % len(CHANNELS)]
    mention = "" if channel == "@muster" else "@muster "
    return asker, slack.person(asker).say(channel, f"{mention}who signs off release number {number}?")


def tally(slack: SandboxServer, asked: list[tuple[str, Seen]]) -> Counter[str]:
    """Returns how often each question was answered, by its key, from what people see."""
    found: Counter[str] = Counter()
    direct = {asker: slack.person(asker).history("@muster", limit=1000) for asker in ASKERS}
    for asker, question in asked:
        key = f"T0SANDBOX:{question.channel}:{question.ts}"
        seen = [*slack.person(asker).thread(question), *direct[asker]]
        found[key] = sum(
            (message.shape.get("metadata") or {}).get("event_payload", {}).get("key") == key
            for message in {message.ts: message for message in seen}.values()
        )
    return found


def kill_and_count(
    slack: SandboxServer, home: Path, *, questions: int, kills: int, how: str = "", seed: int = 1
) -> Counter[int]:
    """Asks while the bot is killed over and over; returns how many questions got how many answers."""
    slack.post(
        "/rate-limits", enabled=False
    )  # a socket may be opened once a minute, and is here once a second
    dice = random.Random(seed)  # noqa: S311  # repeatable on purpose
    asked: list[tuple[str, Seen]] = []
    with a_bot(slack, home, how) as bot:
        for round_ in range(kills):
            for _ in range(questions * (round_ + 1) // kills - len(asked)):
                asked.append(ask(slack, len(asked)))
            time.sleep(dice.uniform(0.0, 0.6))
            bot.kill()
            bot.start()
        wait_for(lambda: all(tally(slack, asked).values()), within=30 + questions)
        time.sleep(1.0)
        return Counter(tally(slack, asked).values())


@pytest.mark.parametrize("how", ["quoted", "live"])
def test_every_question_is_answered_once_across_kills(slack: SandboxServer, tmp_path: Path, how: str) -> None:
    """Also where a model writes, and the kill falls into a stream."""
    assert kill_and_count(slack, tmp_path / "home", questions=12, kills=4, how=how) == {1: 12}


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("how", ["quoted", "live"])
def test_fifty_kills_of_two_hundred_questions(slack: SandboxServer, tmp_path: Path, how: str) -> None:
    assert kill_and_count(slack, tmp_path / "home", questions=200, kills=50, how=how) == {1: 200}


def test_asked_to_stop_it_finishes_what_it_has_begun(slack: SandboxServer, tmp_path: Path) -> None:
    with a_bot(slack, tmp_path / "home") as bot:
        asked = [ask(slack, number) for number in range(3)]
        slack.settle()
        assert bot.stop() == 0
        assert set(tally(slack, asked).values()) == {1}
