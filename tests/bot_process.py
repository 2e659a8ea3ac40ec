"""A bot in a process of its own, for tests that kill it.

Usage: python -m tests.bot_process HOME API_URL BOT_TOKEN APP_TOKEN [live]

It answers from the shelf of `tests/stage.py`, slowly enough to be killed in the middle of an answer.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bot.serve import Server, serve
from core.clock import Clock, SystemClock
from core.logs import set_up_logs
from tests.stage import Muster, ShelfAnswers, make_muster

PAUSE_S = 0.05


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a local Slack is, as far as a bot needs to know."""

    api_url: str
    bot_token: str
    app_token: str
    signing_secret: str = ""
    clock: Clock


def main(home: str, api_url: str, bot_token: str, app_token: str, how: str = "") -> None:
    set_up_logs("WARNING")
    address = Address(api_url=api_url, bot_token=bot_token, app_token=app_token, clock=SystemClock())
    answers = ShelfAnswers()
    answers.pause = PAUSE_S
    answers.parts = lambda sheet: (sheet.text, "Ask them before Thursday.", "That is all.")
    muster: Muster = make_muster(address, Path(home), answers=answers, live=how == "live")
    serve(Server(muster), muster.durable)


if __name__ == "__main__":
    main(*sys.argv[1:])
