"""The documents from the front door: what an ingest left is found, with nothing heavy imported."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from core.db import metadata, open_engine
from core.errors import BusyError
from core.fakes import FrozenClock
from core.settings import Settings
from knowledge.documents.catalogue import Catalogue, Listed
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.ingest import ingest
from knowledge.documents.lock import writing
from knowledge.documents.opening import open_documents
from knowledge.passages import Audience, Question

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


RATES = "The partner's day rate is EUR 260."
RATES_QUESTION = Question(text="what is the partner's day rate?")


@pytest.fixture
def rates(settings: Settings, engine: Engine, tmp_path: Path) -> Catalogue:
    """Two documents for everyone, and the rows that an ingest under way would change."""
    ingest_playbook(settings, engine, tmp_path / "handbook", "The domain expert signs off.")
    ingest_playbook(settings, engine, tmp_path / "rates", RATES)
    return Catalogue(engine, workspace_id="default")


def rates_row(catalogue: Catalogue) -> Listed:
    return next(one for one in catalogue.documents_for(None) if "/rates/" in one.document.source)


def narrow(engine: Engine, catalogue: Catalogue, audience: frozenset[str]) -> None:
    listed = rates_row(catalogue)
    row = replace(listed, document=replace(listed.document, audience=audience))
    with engine.begin() as connection:
        catalogue.replace(connection, [row], embedding=EMBEDDING.name)


@pytest.mark.parametrize("warm", [True, False])
def test_a_document_that_is_narrowed_during_an_ingest_answers_no_more_than_its_new_audience(
    settings: Settings, engine: Engine, rates: Catalogue, *, warm: bool
) -> None:
    """The older, wider snapshot goes on serving, without it; a process that starts now does no better."""
    documents = open_documents(settings, engine, EMBEDDING)
    if warm:
        assert RATES in documents.search(RATES_QUESTION)[0].text
    with writing(settings.home, engine):
        narrow(engine, rates, frozenset({"@dana"}))
        assert [passage.source for passage in documents.search(RATES_QUESTION) if "260" in passage.text] == []
        assert "domain expert" in documents.search(QUESTION)[0].text
        dana = replace(RATES_QUESTION, audience=Audience(names=frozenset({"@dana"})))
        assert RATES in documents.search(dana)[0].text
        narrow(engine, rates, frozenset({"#hr"}))
        assert all("260" not in passage.text for passage in documents.search(dana))


def test_a_document_that_is_removed_during_an_ingest_answers_no_more(
    settings: Settings, engine: Engine, rates: Catalogue
) -> None:
    documents = open_documents(settings, engine, EMBEDDING)
    assert RATES in documents.search(RATES_QUESTION)[0].text
    listed = rates_row(rates)
    with writing(settings.home, engine), engine.begin() as connection:
        rates.remove(connection, [listed.document.id], embedding=EMBEDDING.name)
    with writing(settings.home, engine):
        assert [passage.title for passage in documents.search(RATES_QUESTION)] == ["Release"]


def test_an_older_wording_is_not_shown_to_those_who_may_read_only_the_new_one(
    settings: Settings, engine: Engine, rates: Catalogue
) -> None:
    """What was for few stays with them until the index has the new text, which is for everyone."""
    with writing(settings.home, engine):
        narrow(engine, rates, frozenset({"@dana"}))
    documents = open_documents(settings, engine, EMBEDDING)
    assert all("260" not in passage.text for passage in documents.search(RATES_QUESTION))
    with writing(settings.home, engine):
        narrow(engine, rates, frozenset())
        assert all("260" not in passage.text for passage in documents.search(RATES_QUESTION))


def test_an_older_snapshot_costs_one_more_query_and_only_while_it_is_older(
    settings: Settings, engine: Engine, rates: Catalogue
) -> None:
    documents = open_documents(settings, engine, EMBEDDING)
    documents.search(QUESTION)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    documents.search(QUESTION)
    assert len(asked) == 1
    with writing(settings.home, engine):
        narrow(engine, rates, frozenset({"@dana"}))
        asked.clear()
        documents.search(QUESTION)
        documents.search(QUESTION)
    assert sum("documents.audience" in statement for statement in asked) == 1


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
