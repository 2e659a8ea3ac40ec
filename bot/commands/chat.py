"""`muster chat`: a conversation in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from core.errors import MusterError
from core.text import printable

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Application
    from knowledge.answer import Answer
    from knowledge.passages import Turn

REMEMBERED = 6
HELP = """\
Type a question; a follow-up is understood with what came before.
  /sources      the sources of the last answer
  /sources 2    the passage behind source [2], whole
  /new          forget the conversation
  /help         this
  /quit         leave (or Ctrl-D)"""


def chat(
    as_user: str = typer.Option("", "--as", metavar="USER", help="Ask as this person: what they may read."),
) -> None:
    """Ask and ask on, in a conversation."""
    from rich.console import Console

    from bot.app import build
    from core.settings import load_settings

    with build(load_settings()) as application:
        Conversation(application, Console(highlight=False), as_user=as_user).run()


class Conversation:
    """What has been said so far in one terminal, and the loop that goes on with it."""

    def __init__(self, application: Application, console: Console, *, as_user: str = "") -> None:
        self._application = application
        self._console = console
        self._as_user = as_user
        self._history: tuple[Turn, ...] = ()
        self._last: Answer | None = None

    def run(self) -> None:
        """Reads lines until the person leaves."""
        self._enable_line_editing()
        self._console.print("Ask away. /help lists what else you can type; Ctrl-D leaves.", style="dim")
        while (line := self._read()) is not None:
            if line in {"/quit", "/exit"}:
                break
            if line:
                self._take(line)

    @staticmethod
    def _enable_line_editing() -> None:
        try:
            import readline  # noqa: F401  # importing it gives input() arrows and a history
        except ImportError:
            return

    def _read(self) -> str | None:
        try:
            return input("\n› ").strip()
        except EOFError:
            self._console.print()
            return None

    def _take(self, line: str) -> None:
        command, _, argument = line.partition(" ")
        if command == "/sources":
            self._show_sources(argument.strip())
        elif command == "/new":
            self._history, self._last = (), None
            self._console.print("A new conversation.", style="dim")
        elif command == "/help":
            self._console.print(HELP, markup=False)
        elif command.startswith("/"):
            self._console.print(f"There is no command {command}. /help lists those there are.", markup=False)
        else:
            self._ask(line)

    def _ask(self, text: str) -> None:
        from bot.commands.ask import checked
        from bot.telling import tell
        from bot.terminal import transcript
        from knowledge.passages import Turn

        try:
            answer = tell(
                self._application,
                checked(text),
                console=self._console,
                as_user=self._as_user,
                history=self._history,
            )
        except MusterError as error:  # one question that fails does not end the conversation
            self._console.print(printable(error.sentence), style="red", markup=False)
            return
        self._last = answer
        turn = Turn(question=text, answer=transcript(answer))
        self._history = (*self._history, turn)[-REMEMBERED:]

    def _show_sources(self, argument: str) -> None:
        from bot.terminal import print_passage, print_source

        if self._last is None or not self._last.citations:
            self._console.print("There is no answer with sources yet.")
            return
        now = self._application.clock.now()
        if not argument:
            for citation in self._last.citations:
                print_source(self._console, citation, now=now)
            return
        for citation in self._last.citations:
            if str(citation.number) == argument.strip("[]"):
                print_passage(self._console, citation.passage, now=now)
                return
        numbers = ", ".join(str(citation.number) for citation in self._last.citations)
        self._console.print(f"There is no source {argument!r}; there is {numbers}.", markup=False)
