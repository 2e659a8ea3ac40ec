"""An answer told in the terminal while it is being made: each part once, as soon as it is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.markdown import Markdown
from rich.text import Text

from bot.terminal import print_answer, print_notes, print_sources
from core.text import printable
from knowledge.answering.plain import marked

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Application
    from knowledge.answer import Answer, Citation, Part
    from knowledge.passages import Turn

ONE_LINE = 10_000
"""A width in which any sentence is one line, to be broken where the terminal's own lines end."""


def tell(
    application: Application,
    text: str,
    *,
    console: Console,
    as_user: str = "",
    history: Sequence[Turn] = (),
) -> Answer:
    """Asks, prints the answer, and returns it: a model's as it is written, a quoted one whole."""
    with console.status("Searching …") as status:
        telling = Telling(console, before=status.stop)
        try:
            on_part = telling.hear if application.model is not None else None
            answer = application.ask(text, as_user=as_user, history=history, on_part=on_part)
        finally:
            telling.end_line()
    telling.finish(answer, now=application.clock.now())
    return answer


class Telling:
    """Prints parts as they come: sentences run on in one paragraph, the rest is set apart.

    `before` is called once, before the first. Elsewhere than on a terminal the parts come out as one
    text would, byte by byte.
    """

    def __init__(self, console: Console, *, before: Callable[[], None] = lambda: None) -> None:
        self._console = console
        self._before = before
        self._told = 0
        self._column = 0

    def hear(self, part: Part, _citations: tuple[Citation, ...]) -> None:
        """Prints a part."""
        if not self._told:
            self._before()
        said = printable(marked(part))
        if part.layout == "sentence":
            self._go_on(said)
        else:
            self._set_apart(said)
        self._told += 1

    def finish(self, answer: Answer, *, now: datetime) -> None:
        """Prints what stands below the parts, or the whole answer where none was heard."""
        if not self._told:
            print_answer(answer, now=now, console=self._console)
            return
        self.end_line()
        self._console.print()
        print_notes(self._console, answer)
        print_sources(self._console, answer, now=now)

    def end_line(self) -> None:
        """Ends the line that a sentence was left on."""
        if self._column:
            self._console.print()
        self._column = 0

    def _go_on(self, said: str) -> None:
        if not self._column and self._told:
            self._console.print()
        sentence = Text(" " if self._column else "") + self._rendered(said)
        *whole, last = self._broken(sentence)
        for line in whole:
            line.rstrip()
            self._console.print(line, soft_wrap=True)
        self._console.print(last, soft_wrap=True, end="")

    def _set_apart(self, said: str) -> None:
        self.end_line()
        if self._told:
            self._console.print()
        if self._console.is_terminal:
            self._console.print(Markdown(said, hyperlinks=False))
        else:
            self._console.print(Text(said), soft_wrap=True)

    def _rendered(self, said: str) -> Text:
        """Returns a sentence with its bold and its code shown, where there is a terminal to show them."""
        if not self._console.is_terminal:
            return Text(said)
        markdown = Markdown(said, hyperlinks=False)
        lines = self._console.render_lines(markdown, self._console.options.update(width=ONE_LINE), pad=False)
        if len(lines) != 1:  # it only looks like a list or a heading
            return Text(said)
        text = Text.assemble(*((segment.text, segment.style or "") for segment in lines[0]))
        text.rstrip()
        return text

    def _broken(self, sentence: Text) -> Sequence[Text]:
        """Breaks a sentence that begins in the present column where the terminal's lines end."""
        if not self._console.is_terminal:
            self._column = 1
            return [sentence]
        before = Text("·" * self._column)
        first, *rest = (before + sentence).wrap(self._console, self._console.width)
        self._column = (rest[-1] if rest else first).cell_len
        return [first[len(before) :], *rest]
