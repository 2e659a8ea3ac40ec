"""Stand-ins for chat models, for tests and demos: no network, no key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from core.errors import MusterError
from core.llm import Delta, Finish

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


class ScriptedModel:
    """A model that says what it is told to, a few characters at a time, and remembers what it was asked.

    Each answer is used once, in order; the last one is repeated. An error in the place of an answer
    is raised; a text ends with `finish`, or with the error `fails_with` if that is given.
    """

    def __init__(
        self,
        *answers: str | MusterError,
        finish: Finish = "stop",
        fails_with: MusterError | None = None,
        pace: int = 7,
    ) -> None:
        if not answers:
            raise ValueError("a scripted model needs at least one answer")
        self._answers = list(answers)
        self._finish = finish
        self._fails_with = fails_with
        self._pace = pace
        self.asked: list[str] = []

    def stream(self, messages: Sequence[BaseMessage], *, within_s: float) -> Iterator[Delta]:  # noqa: ARG002
        """Yields the next answer in pieces."""
        self.asked.append("\n".join(str(message.content) for message in messages))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, MusterError):
            raise answer
        for start in range(0, len(answer), self._pace):
            yield Delta(text=answer[start : start + self._pace])
        if self._fails_with is not None:
            raise self._fails_with
        yield Delta(finish=self._finish)
