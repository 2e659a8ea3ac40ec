"""An ingest in a process of its own, for tests that kill it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from core.db import metadata, open_engine
from core.fakes import FrozenClock
from core.settings import Settings, load_settings
from knowledge.documents.embeddings.embedding import Vectors
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.ingest import ingest


class SlowEmbedding(HashingEmbedding):
    """Takes a while for each call, so that there is something to break into."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Returns what the fake does, later."""
        time.sleep(self._seconds)
        return super().embed(texts)


def settings_in(home: str) -> Settings:
    """Returns settings for a home, whatever `.env` lies about."""
    return load_settings(home=Path(home), _env_file=None)


def main(home: str, folder: str, seconds: str) -> None:
    """Ingests a folder and says when it begins and ends."""
    settings = settings_in(home)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    print("begins", flush=True)  # noqa: T201  # the test waits for it
    ingest(
        [folder],
        settings=settings,
        engine=engine,
        embedding=SlowEmbedding(float(seconds)),
        clock=FrozenClock(),
    )
    print("ends", flush=True)  # noqa: T201  # the same


if __name__ == "__main__":
    main(*sys.argv[1:])
