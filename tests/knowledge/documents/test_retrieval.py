"""The documents answer from a snapshot of real chunks, with an embedding that counts words."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.documents.document import Chunk, Document
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.index.fakes import make_snapshot, one_chunk
from knowledge.documents.langchain_retriever import MusterRetriever
from knowledge.documents.retrieval import Documents
from knowledge.passages import Audience, Question

EMBEDDING = HashingEmbedding(dimensions=256)
PUBLIC = {
    "release": "The domain expert signs off a release.\nAn approval is valid for 14 days.",
    "standup": "The standup opens at nine.\nBlockers are named with their owner.",
    "drift": "A drift alert names the accountable person.\nMonitoring runs every hour.",
}
SECRET = {
    "layoffs": "The layoffs are announced in monitored standups.\nThe release of names is at nine.",
    "salaries": "Salaries of domain experts are reviewed.\nAn approvall needs the board. Monitorring.",
}
BOARD = Audience(names=frozenset({"#board"}))


def document(name: str, audience: frozenset[str] = frozenset()) -> Document:
    return Document(
        id=name,
        source=f"playbooks/{name}.md",
        root="playbooks",
        version="1",
        title=name.title(),
        kind="playbook",
        owner="@ana",
        audience=audience,
        reviewed=date(2026, 1, 31),
        review_every=timedelta(days=90),
        link=f"https://wiki.example/{name}",
    )


def contents(texts: Mapping[str, str], audience: frozenset[str] = frozenset()) -> dict[Document, list[Chunk]]:
    return {document(name, audience): [one_chunk(text, heading=("How",))] for name, text in texts.items()}


@pytest.fixture
def public(tmp_path: Path) -> Documents:
    snapshot = make_snapshot(tmp_path / "public", contents(PUBLIC), EMBEDDING)
    return Documents(lambda _: snapshot, EMBEDDING)


@pytest.fixture
def mixed(tmp_path: Path) -> Documents:
    """The same public documents among hidden ones, before and after them."""
    secret = list(contents(SECRET, BOARD.names).items())
    all_of_them = dict([secret[0], *contents(PUBLIC).items(), secret[1]])
    snapshot = make_snapshot(tmp_path / "mixed", all_of_them, EMBEDDING)
    return Documents(lambda _: snapshot, EMBEDDING)


def test_a_passage_carries_what_is_known_of_its_document(public: Documents) -> None:
    passage = public.search(Question(text="who signs off a release?"))[0]
    assert passage.id == "release:1:0"
    assert passage.source == "playbooks/release.md"
    assert passage.place == "Release › How"
    assert passage.text == PUBLIC["release"]
    assert (passage.kind, passage.owner) == ("playbook", "@ana")
    assert passage.link == "https://wiki.example/release"
    assert (passage.reviewed, passage.review_due) == (date(2026, 1, 31), date(2026, 5, 1))


def test_passages_come_best_first_and_no_more_than_asked(public: Documents) -> None:
    found = public.search(Question(text="standup blockers and their owner"))
    assert found[0].title == "Standup"
    assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)
    assert all(0 <= passage.score <= 1 for passage in found)
    assert len(public.search(Question(text="standup"), limit=2)) == 2
    assert public.search(Question(text="standup"), limit=0) == []


def test_sentences_carry_their_likeness(public: Documents) -> None:
    """Each sentence's similarity is the cosine with the question, as near as bytes keep it."""
    text = "for how long is an approval valid?"
    passage = public.search(Question(text=text))[0]
    vector = EMBEDDING.embed([text])[0]
    for span in passage.sentences:
        exact = float(EMBEDDING.embed([passage.text[span.start : span.end]])[0] @ vector)
        assert span.similarity == pytest.approx(exact, abs=0.01)
    assert [passage.text[span.start : span.end] for span in passage.sentences] == passage.text.split("\n")


QUESTIONS = [
    "who signs off a release?",
    "what about layoffs and salaries?",
    "when are standups monitored?",
    "monitorring approvall",
    "board",
    "release",
    "",
    "???",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_hidden_documents_move_nothing(public: Documents, mixed: Documents, text: str) -> None:
    """Passages, scores, likenesses and confidence are those of an index without the hidden documents."""
    assert mixed.search(Question(text=text)) == public.search(Question(text=text))


def test_who_is_of_the_audience_finds_what_others_do_not(mixed: Documents) -> None:
    question = Question(text="who reviews salaries?", audience=BOARD)
    assert mixed.search(question)[0].title == "Salaries"
    assert len(mixed.search(question)) == len(PUBLIC) + len(SECRET)


def test_a_hidden_index_is_as_good_as_none(tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path / "hidden", contents(SECRET, BOARD.names), EMBEDDING)
    documents = Documents(lambda _: snapshot, EMBEDDING)
    assert documents.search(Question(text="who reviews salaries?")) == []


def test_no_documents_answer_with_nothing(tmp_path: Path) -> None:
    empty = make_snapshot(tmp_path / "empty", {}, EMBEDDING)
    assert Documents(lambda _: empty, EMBEDDING).search(Question(text="anything?")) == []
    assert Documents(lambda _: None, EMBEDDING).search(Question(text="anything?")) == []


def test_the_workspace_of_the_question_is_searched(tmp_path: Path) -> None:
    snapshots = {"T1": make_snapshot(tmp_path / "one", contents(PUBLIC), EMBEDDING)}
    documents = Documents(snapshots.get, EMBEDDING)
    assert documents.search(Question(text="standup", workspace_id="T2")) == []
    assert documents.search(Question(text="standup", workspace_id="T1"))[0].title == "Standup"


def test_a_typing_mistake_does_not_sink_the_question(public: Documents) -> None:
    right = public.search(Question(text="what does the accountable person get when monitoring sees drift?"))
    wrong = public.search(Question(text="what does the acountable person get when moniotring sees drift?"))
    assert wrong == right


def test_confidence_tells_the_topic_that_is_there_from_one_that_is_not(public: Documents) -> None:
    known = public.search(Question(text="who signs off a release?"))
    unknown = public.search(Question(text="best pizza near the harbour"))
    assert len({passage.confidence for passage in known}) == 1
    assert known[0].confidence > 0.6
    assert unknown[0].confidence < 0.2


def test_chunks_without_sentences_are_found_all_the_same(tmp_path: Path) -> None:
    bare = [Chunk(ordinal=0, text="The domain expert signs."), Chunk(ordinal=1, text="Rollback in an hour.")]
    snapshot = make_snapshot(tmp_path / "bare", {document("bare"): bare}, EMBEDDING)
    found = Documents(lambda _: snapshot, EMBEDDING).search(Question(text="who can rollback?"))
    assert found[0].text == "Rollback in an hour."
    assert found[0].sentences == ()


def test_many_threads_search_at_once(mixed: Documents) -> None:
    questions = [Question(text=text, audience=who) for text in QUESTIONS for who in (BOARD, Audience())]
    alone = [mixed.search(question) for question in questions]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(mixed.search, questions * 5)) == alone * 5


def test_a_chain_of_langchain_gets_documents_with_their_origin(mixed: Documents) -> None:
    retriever = MusterRetriever(source=mixed, asking=Question(text="", audience=BOARD), limit=2)
    found = retriever.invoke("who reviews salaries?")
    assert found[0].metadata["title"] == "Salaries"
    assert len(found) == 2
    assert found[0].page_content == SECRET["salaries"]
    assert found[0].metadata["source"] == "playbooks/salaries.md"
    assert found[0].metadata["review_due"] == "2026-05-01"
