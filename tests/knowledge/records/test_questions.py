"""The log of questions, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select

from core.db import metadata, workspaces
from core.errors import NotFoundError
from core.fakes import FrozenClock
from knowledge.answer import Answer, Citation, Part
from knowledge.documents.document import documents
from knowledge.fakes import passage
from knowledge.passages import Audience, Question
from knowledge.records.gaps import gaps
from knowledge.records.questions import QuestionLog, questions_asked

OPEN = passage("Ana signs.", title="Release review")
HIDDEN = passage("Bo leaves.", title="Lay-offs", owner="Secret owner")
INSIDER = Audience(names=frozenset({"@hr"}))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def log(engine: Engine, clock: FrozenClock) -> QuestionLog:
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(workspaces).values(id="default", created_at=clock.now()))
        for page, audience in ((OPEN, []), (HIDDEN, ["@hr"])):
            row = _document(page.source, page.title, page.owner, audience)
            connection.execute(insert(documents).values(**row))
    return QuestionLog(engine, clock)


def _document(source: str, title: str, owner: str, audience: list[str]) -> dict[str, object]:
    return {
        "workspace_id": "default",
        "id": source,
        "source": source,
        "root": "",
        "version": "1",
        "content_hash": "",
        "title": title,
        "kind": "document",
        "owner": owner,
        "audience": audience,
        "link": "",
        "chunks": 1,
        "ingested_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def unanswered(
    text: str, *, audience: Audience | None = None, nearest: tuple[str, ...] = ("open",)
) -> Answer:
    pages = {"open": OPEN, "hidden": HIDDEN}
    question = Question(text=text, audience=audience or Audience(), asker="U1")
    return Answer(question=question, nearest=tuple(pages[name] for name in nearest))


def answered(text: str) -> Answer:
    citation = Citation(number=1, passage=OPEN, quote="Ana signs.")
    part = Part(text="Ana signs.", citations=(1,))
    return Answer(
        question=Question(text=text), understood=text + " (release)", parts=(part,), citations=(citation,),
        passages=(OPEN,), found=True, nearest=(OPEN,), prompt_digests=("d" * 64, "e" * 64),
        notice="Slow.", mode="model",
    )  # fmt: skip


def test_a_question_is_kept_with_what_became_of_it(engine: Engine, log: QuestionLog) -> None:
    log.record("t:c:1", answered("who signs?"))
    with engine.connect() as connection:
        row = connection.execute(select(questions_asked)).one()
    assert (row.key, row.text, row.understood, row.mode) == (
        "t:c:1",
        "who signs?",
        "who signs? (release)",
        "model",
    )
    assert row.passages == [[OPEN.id, OPEN.source, 1.0]]
    assert row.cited == [OPEN.source]
    assert row.prompt_digest.split() == ["d" * 64, "e" * 64]
    assert (row.notice, row.gap, row.found) == ("Slow.", "", True)


def test_the_same_key_twice_is_one_question(log: QuestionLog) -> None:
    log.record("1", unanswered("who pays?"))
    log.record("1", unanswered("who pays?"))
    assert len(log.unmet("default")) == 1


def test_an_unknown_workspace_is_an_error_and_not_lost(log: QuestionLog) -> None:
    answer = unanswered("who pays?")
    elsewhere = replace(answer, question=replace(answer.question, workspace_id="nowhere"))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        log.record("1", elsewhere)


def test_a_downvote_makes_a_gap_and_an_upvote_takes_it_back(log: QuestionLog) -> None:
    log.record("1", answered("who signs?"))
    assert log.unmet("default") == []
    log.vote("default", "1", vote="down", by="U2", comment="Bo signs too")
    (asked,) = log.unmet("default")
    assert (asked.gap, asked.feedback, asked.comment) == ("downvoted", "down", "Bo signs too")
    log.vote("default", "1", vote="up", by="U2")
    assert log.unmet("default") == []


def test_an_unanswered_question_stays_a_gap_whatever_is_voted(log: QuestionLog) -> None:
    log.record("1", unanswered("who pays?"))
    log.vote("default", "1", vote="up", by="U2")
    assert [asked.gap for asked in log.unmet("default")] == ["unanswered"]


def test_a_vote_on_an_unknown_question_says_so(log: QuestionLog) -> None:
    with pytest.raises(NotFoundError, match="'nothing'"):
        log.vote("default", "nothing", vote="up", by="U2")


def test_gaps_count_questions_that_ask_the_same(engine: Engine, log: QuestionLog, clock: FrozenClock) -> None:
    for key, text in enumerate(
        ["who pays the model?", "Who pays for the models?", "what is the wifi password?"]
    ):
        log.record(str(key), unanswered(text))
        clock.advance(timedelta(minutes=1))
    found = gaps(engine, log, workspace_id="default")
    assert [(gap.question, gap.count, gap.owner) for gap in found] == [
        ("Who pays for the models?", 2, "Delivery lead"),
        ("what is the wifi password?", 1, "Delivery lead"),
    ]
    assert found[0].nearest == ("Release review",)


def test_gaps_can_begin_at_a_time(engine: Engine, log: QuestionLog, clock: FrozenClock) -> None:
    log.record("1", unanswered("who pays?"))
    clock.advance(timedelta(days=7))
    assert gaps(engine, log, workspace_id="default", since=clock.now()) == []


def test_no_gap_reveals_a_hidden_document(engine: Engine, log: QuestionLog) -> None:
    """Neither its title nor its owner, nor a question that was asked with it in sight."""
    log.record("1", unanswered("when are the lay-offs?", audience=INSIDER, nearest=("hidden", "open")))
    log.record("2", unanswered("who pays?", nearest=("open",)))
    assert [gap.question for gap in gaps(engine, log, workspace_id="default")] == ["who pays?"]
    inside = gaps(engine, log, workspace_id="default", audience=INSIDER)
    assert {gap.owner for gap in inside} == {"Secret owner", "Delivery lead"}


def test_a_document_hidden_since_no_longer_names_its_owner(engine: Engine, log: QuestionLog) -> None:
    """A question asked in the open stays, for nothing hidden had a part in it."""
    log.record("1", unanswered("when does Bo leave?", nearest=("hidden",)))
    (gap,) = gaps(engine, log, workspace_id="default")
    assert (gap.owner, gap.nearest) == ("", ())


def test_workspaces_do_not_see_each_other(engine: Engine, log: QuestionLog) -> None:
    log.record("1", unanswered("who pays?"))
    assert gaps(engine, log, workspace_id="other") == []
