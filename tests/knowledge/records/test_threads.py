from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, workspaces
from knowledge.records.threads import REMEMBERED_TURNS, Exchange, Threads

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def exchange(number: int = 1, *, asker: str = "U1", thread_ts: str = "1.1", found: bool = True) -> Exchange:
    return Exchange(
        key=f"T1:C1:{number}",
        channel="C1",
        thread_ts=thread_ts,
        asker=asker,
        question=f"question {number}",
        answer=f"answer {number}" if found else "",
        found=found,
        ask="Ana",
        at=NOW + timedelta(minutes=number),
    )


@pytest.fixture
def threads(engine: Engine) -> Threads:
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name in ("default", "other"):
            connection.execute(insert(workspaces).values(id=name, created_at=NOW))
    return Threads(engine, "default")


def test_a_thread_is_ours_once_something_was_answered_there(engine: Engine, threads: Threads) -> None:
    assert not threads.is_ours("C1", "1.1")
    threads.note(exchange())
    assert threads.is_ours("C1", "1.1")
    assert not threads.is_ours("C1", "1.2")
    assert not threads.is_ours("C2", "1.1")
    assert not Threads(engine, "other").is_ours("C1", "1.1")


def test_the_same_question_again_replaces_what_was_kept(threads: Threads) -> None:
    threads.note(exchange(found=False))
    threads.note(exchange())
    kept = threads.get("T1:C1:1")
    assert kept is not None
    assert kept.answer == "answer 1"
    assert len(threads.history("C1", "1.1")) == 1


def test_history_is_the_last_turns_oldest_first(threads: Threads) -> None:
    for number in range(1, 8):
        threads.note(exchange(number))
    history = threads.history("C1", "1.1")
    assert [turn.question for turn in history] == [f"question {n}" for n in range(8 - REMEMBERED_TURNS, 8)]


def test_history_leaves_out_what_is_too_old(threads: Threads) -> None:
    for number in (1, 2, 3):
        threads.note(exchange(number))
    history = threads.history("C1", "1.1", since=NOW + timedelta(minutes=3))
    assert [turn.question for turn in history] == ["question 3"]


def test_open_questions_are_ones_own_lately_unanswered_newest_first(threads: Threads) -> None:
    threads.note(exchange(1, found=False))
    threads.note(exchange(2, found=False))
    threads.note(exchange(3, found=True))
    threads.note(exchange(4, found=False, asker="U2"))
    later = NOW + timedelta(days=1)
    asked = threads.open_questions("U1", within=timedelta(days=2), now=later)
    assert [each.question for each in asked] == ["question 2", "question 1"]
    assert threads.open_questions("U1", within=timedelta(hours=1), now=later) == []
