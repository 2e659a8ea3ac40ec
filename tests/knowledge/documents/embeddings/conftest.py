from __future__ import annotations

import pytest

from knowledge.documents.embeddings.minilm import MiniLM, open_minilm


@pytest.fixture(scope="session")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> MiniLM:
    return open_minilm(tmp_path_factory.mktemp("home") / "models")
