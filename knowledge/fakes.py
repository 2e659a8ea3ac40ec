"""Stand-ins for the ports of `knowledge`, for tests and demos."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from knowledge.passages import Passage, Question


class FakeSource:
    """A source that knows a fixed list of passages and remembers what it was asked.

    It gives them to everybody in their order, with the scores and confidences they have.
    """

    def __init__(self, *passages: Passage) -> None:
        self._passages = passages
        self.asked: list[Question] = []

    def search(self, question: Question, *, limit: int = 10) -> Sequence[Passage]:
        """Returns the passages, at most `limit`."""
        self.asked.append(question)
        return self._passages[:limit]


def passage(text: str, *, title: str = "Release review", **facts: object) -> Passage:
    """Returns a passage with all that a test does not care about filled in, as sure as can be."""
    known: dict[str, object] = {
        "id": sha256(f"{title}\n{text}".encode()).hexdigest()[:12],
        "source": f"{title.lower().replace(' ', '-')}.md",
        "score": 1.0,
        "confidence": 1.0,
        "owner": "Delivery lead",
    }
    return Passage(title=title, text=text, **{**known, **facts})  # type: ignore[arg-type]  # tests give what fits
