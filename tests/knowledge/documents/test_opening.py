"""The documents from the front door: what an ingest left is found, with nothing heavy imported."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.db import metadata, open_engine
from core.errors import BusyError
from core.fakes import FrozenClock
from core.settings import Settings
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.ingest import ingest
from knowledge.documents.lock import writing
from knowledge.documents.opening import open_documents
from knowledge.passages import Question

EMBEDDING = HashingEmbedding()
QUESTION = Question(text="who signs off a release?")


@pytest.fixture
def engine(settings: Settings) -> Engine:
    settings.home.mkdir()
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    return engine


def ingest_playbook(settings: Settings, engine: Engine, folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "release.md").write_text(f"# Release\n\n{text}\n", encoding="utf-8")
    ingest([str(folder)], settings=settings, engine=engine, embedding=EMBEDDING, clock=FrozenClock())


def test_what_was_ingested_answers_and_what_changes_answers_next(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    documents = open_documents(settings, engine, EMBEDDING)
    assert documents.search(QUESTION) == []
    ingest_playbook(settings, engine, tmp_path / "handbook", "The domain expert signs off.")
    assert "The domain expert signs off." in documents.search(QUESTION)[0].text
    ingest_playbook(settings, engine, tmp_path / "handbook", "The product manager signs off.")
    assert "The product manager signs off." in documents.search(QUESTION)[0].text


def test_the_snapshots_folder_may_be_deleted_at_any_time(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    ingest_playbook(settings, engine, tmp_path / "handbook", "The domain expert signs off.")
    before = open_documents(settings, engine, EMBEDDING).search(QUESTION)
    shutil.rmtree(settings.home / "index")
    assert open_documents(settings, engine, EMBEDDING).search(QUESTION) == before


def test_a_snapshot_that_is_missing_is_not_built_beside_an_ingest(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    """Chroma's folder is never open in two processes: the question is refused until the ingest is done."""
    ingest_playbook(settings, engine, tmp_path / "handbook", "The domain expert signs off.")
    shutil.rmtree(settings.home / "index")
    documents = open_documents(settings, engine, EMBEDDING)
    with writing(settings.home, engine), pytest.raises(BusyError):
        documents.search(QUESTION)
    assert documents.search(QUESTION) != []


def test_a_question_imports_nothing_heavy(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    """A cold `muster ask` loads neither Chroma nor LangChain nor OpenAI's client nor ONNX's builder."""
    ingest_playbook(settings, engine, tmp_path / "handbook", "The domain expert signs off.")
    program = f"""
import sys
from pathlib import Path
from core.db import open_engine
from core.settings import load_settings
from knowledge.documents.embeddings import minilm
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.opening import open_documents
from knowledge.passages import Question
settings = load_settings(home=Path({str(settings.home)!r}))
documents = open_documents(settings, open_engine(settings.records_url), HashingEmbedding())
assert documents.search(Question(text="who signs off a release?"))
heavy = {{"chromadb", "langchain", "langchain_core", "openai", "onnx", "safetensors", "httpx"}}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
