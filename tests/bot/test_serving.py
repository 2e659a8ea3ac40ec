"""Serving begins warm: what takes long at its first use is begun before anybody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import Application
from bot.sandbox.server import SandboxServer
from bot.serving import WARMING, build_serving
from core.errors import UnavailableError
from core.llm_fakes import ScriptedModel
from knowledge.documents.embeddings import Vectors
from knowledge.documents.embeddings.fakes import HashingEmbedding
from tests.stage import SEED, settings_for, wait_for


class SlowToWake(ScriptedModel):
    """A model that notes that it was woken."""

    woken = False

    def warm(self) -> None:
        self.woken = True


class Down(HashingEmbedding):
    """An embedding whose server is down, once `is_down`."""

    is_down = False

    def embed(self, texts: list[str]) -> Vectors:  # type: ignore[override]  # called with lists
        vectors = super().embed(texts)
        if self.is_down:
            raise UnavailableError("The embedding's server does not answer.")
        return vectors


@pytest.fixture
def slack() -> Iterator[SandboxServer]:
    with SandboxServer(SEED) as server:
        yield server


@pytest.fixture
def application(slack: SandboxServer, tmp_path: Path) -> Iterator[Callable[..., Application]]:
    made: list[Application] = []

    def make(**parts: object) -> Application:
        settings = settings_for(slack, tmp_path / "home")
        application = Application(settings, clock=slack.clock, **parts)  # type: ignore[arg-type]  # each its own
        made.append(application)
        (tmp_path / "rollback.md").write_text("# Rollback\n\nThe model owner decides on a rollback.\n")
        application.ingest([str(tmp_path / "rollback.md")])
        return application

    yield make
    for one in made:
        one.close()


def test_the_index_and_the_embedding_are_read_before_anybody_asks(
    application: Callable[..., Application],
) -> None:
    embedding = HashingEmbedding()
    build_serving(application(embedding=embedding))
    wait_for(lambda: [WARMING] in embedding.texts)


def test_the_model_is_woken_before_anybody_asks(application: Callable[..., Application]) -> None:
    model = SlowToWake("Yes.")
    build_serving(application(embedding=HashingEmbedding(), model=model))
    assert model.woken


def test_documents_that_cant_be_searched_yet_keep_nobody_from_serving(
    application: Callable[..., Application], caplog: pytest.LogCaptureFixture
) -> None:
    embedding = Down()
    made = application(embedding=embedding)
    embedding.is_down = True
    build_serving(made)
    wait_for(lambda: "The embedding's server does not answer." in caplog.text)
