"""The real embedding in the search: what is meant is found, whatever words are used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.documents.document import Document
from knowledge.documents.embeddings.minilm import MiniLM
from knowledge.documents.index.fakes import make_snapshot, one_chunk
from knowledge.documents.retrieval import Documents
from knowledge.passages import Passage, Question

TEXTS = {
    "Release": "The domain expert signs off a release.\nAn approval is valid for 14 days.",
    "Standup": "The standup opens at nine.\nBlockers are named with their owner.",
    "Drift": "A drift alert names the accountable person.\nMonitoring runs every hour.",
}


def search(minilm: MiniLM, folder: Path, text: str) -> Sequence[Passage]:
    contents = {
        Document(id=title, source=title, root=".", version="1", title=title): [one_chunk(found)]
        for title, found in TEXTS.items()
    }
    snapshot = make_snapshot(folder / "snapshot", contents, minilm)
    return Documents(lambda _: snapshot, minilm).search(Question(text=text))


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("what must happen before we ship?", "Release"),
        ("how many weeks may we rely on the consent?", "Release"),
        ("the model behaves differently than last month, who gets told?", "Drift"),
        ("whats the acountable persn told by an alret", "Drift"),
    ],
)
def test_paraphrases_and_typing_mistakes_are_found(
    minilm: MiniLM, tmp_path: Path, asked: str, title: str
) -> None:
    assert search(minilm, tmp_path, asked)[0].title == title


@pytest.mark.parametrize("asked", ["best pizza near the harbour", "how tall is mount kilimanjaro"])
def test_a_topic_that_is_not_there_has_no_confidence(minilm: MiniLM, tmp_path: Path, asked: str) -> None:
    known = search(minilm, tmp_path, "who signs off a release?")[0].confidence
    assert search(minilm, tmp_path / "again", asked)[0].confidence < 0.2
    assert known > 0.8
