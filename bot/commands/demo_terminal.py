"""The demo without a browser: a few answers in the terminal, and then yours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Application

SHOWN = (
    "Who signs off a model before release?",
    "When do we roll a model back?",
    "What is our parental leave policy?",
)


def show_in_terminal(application: Application) -> None:
    """Answers three questions, then takes those of whoever sits there."""
    from rich.console import Console

    from bot.commands.chat import Conversation
    from bot.telling import tell

    console = Console(highlight=False)
    for question in SHOWN:
        console.print(f"\n› {question}", style="bold")
        tell(application, question, console=console)
    if sys.stdin.isatty():
        Conversation(application, console).run()
    else:
        console.print('Ask on: .venv/bin/muster ask "…", or .venv/bin/muster chat.', style="dim")
