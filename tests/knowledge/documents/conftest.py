"""Fixtures for tests that ingest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db import metadata, open_engine
from core.settings import Settings
from tests.knowledge.documents.library import Library


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[Library]:
    """An empty folder of documents with empty stores."""
    settings.home.mkdir(parents=True)
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    folder = tmp_path / "docs"
    folder.mkdir()
    yield Library(folder=folder, settings=settings, engine=engine)
    engine.dispose()
