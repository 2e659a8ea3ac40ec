"""Standups as knowledge: who works on what, what is in the way, for those who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert

from core.db import metadata, workspaces
from core.fakes import FrozenClock
from knowledge.answering import Answerer
from knowledge.passages import EVERYONE, Audience, Passage, Question
from knowledge.records.blocker import Blocker, blocker_id
from knowledge.records.blockers import Blockers
from knowledge.records.standup_entries import StandupEntries
from knowledge.records.standup_entry import Item
from knowledge.records.standup_prompts import StandupPrompts
from knowledge.records.standup_source import StandupSource, standup_audiences
from knowledge.records.standup_stats import standup_stats, stats_csv
from knowledge.registers.permissions import Editor
from knowledge.registers.registers import Registers
from knowledge.registers.registrar import Registrar
from knowledge.registers.team_file.reading import read_team_file
from knowledge.starter_pack import STARTER

MONDAY = date(2026, 11, 23)
INSIDER = Audience(names=frozenset({"#delivery"}))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))


@pytest.fixture
def records(engine: Engine, clock: FrozenClock) -> Engine:
    """The sample team with one day's standup, for the channel's members only."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(workspaces).values(id="w", created_at=clock.now()))
    team = read_team_file((STARTER / "team.yaml").read_text(encoding="utf-8")).team
    admin = Editor(who="terminal", via="cli", admin=True)
    Registrar(engine, clock, workspace_id="w").save_all(list(team.entries()), admin)
    prompts = StandupPrompts(engine, clock, workspace_id="w")
    entries = StandupEntries(engine, clock, workspace_id="w")
    for person in ("ana-ruiz", "ben-carter", "chloe-martin", "hugo-weber"):
        prompts.ask("standup", MONDAY, person, ())
    prompts.skip("standup", MONDAY, "hugo-weber", "ill")
    clock.advance(timedelta(minutes=4))
    said = [
        Item(question="changed", text="backfill of May finished, 2 of 31 days wrong", initiative="churn"),
        Item(question="next", text="retrain on the window of September", initiative="churn"),
    ]
    answers = {item.question: item.text for item in said}
    entries.save("standup", MONDAY, "ana-ruiz", answers=answers, items=said, audience=["#delivery"])
    clock.advance(timedelta(minutes=6))
    entries.save("standup", MONDAY, "ben-carter", answers={"changed": "nothing new"}, items=[])
    text = "no read access to the payments ledger, asked on Friday"
    Blockers(engine, clock, workspace_id="w").report(
        Blocker(
            id=blocker_id("standup", MONDAY, "ana-ruiz", text),
            ritual="standup",
            reporter="ana-ruiz",
            text=text,
            initiative="churn",
            since=date(2026, 11, 20),
            reported_on=MONDAY,
            owner="deepak-rao",
            route="responsible",
            audience=("#delivery",),
            news_at=clock.now(),
        )
    )
    return engine


def ask(engine: Engine, clock: FrozenClock, text: str, audience: Audience = INSIDER) -> Sequence[Passage]:
    registers = Registers(engine, clock, workspace_id="w")
    source = StandupSource(engine, clock, registers, workspace_id="w")
    return source.search(Question(text=text, workspace_id="w", audience=audience))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what is Ana working on?", "**Ana Ruiz** plans on 23 November 2026: retrain on the window"),
        ("What's Ana Ruiz up to?", "backfill of May finished"),
        ("what did Ana do last week?", "backfill of May finished"),
        ("any news on churn?", "backfill of May finished"),
        ("what blocks churn this week?", "**Ana Ruiz** is blocked on churn for 3 days (Deepak Rao has it)"),
        ("which blockers are open?", "no read access to the payments ledger"),
        ("is anybody stuck on churn?", "no read access to the payments ledger"),
    ],
)
def test_standups_answer(records: Engine, clock: FrozenClock, question: str, said: str) -> None:
    found = ask(records, clock, question)
    assert found
    assert said in found[0].text
    assert found[0].kind == "record"
    assert found[0].confidence > 0.75


@pytest.mark.parametrize(
    "question",
    [
        "who owns data quality on churn?",
        "what blocks fraud?",
        "what is the KPI?",
        "when is lunch?",
    ],
)
def test_other_questions_get_nothing(records: Engine, clock: FrozenClock, question: str) -> None:
    assert ask(records, clock, question) == []


@pytest.mark.parametrize("question", ["what is Ana working on?", "what blocks churn?", "any news on churn?"])
def test_who_may_not_see_the_channel_learns_nothing(
    records: Engine, clock: FrozenClock, question: str
) -> None:
    assert ask(records, clock, question, EVERYONE) == []


def test_the_names_to_look_up_are_those_of_the_entries(records: Engine) -> None:
    assert standup_audiences(records, "w") == {"#delivery"}


def test_a_question_is_answered_with_its_source(records: Engine, clock: FrozenClock) -> None:
    registers = Registers(records, clock, workspace_id="w")
    source = StandupSource(records, clock, registers, workspace_id="w")
    answerer = Answerer(sources=[source], model=None, clock=clock)
    answer = answerer.answer(Question(text="What is Ana working on?", workspace_id="w", audience=INSIDER))
    assert answer.found
    assert "retrain on the window of September" in " ".join(part.text for part in answer.parts)
    assert answer.citations[0].passage.source == "Standup: Ana Ruiz, 23 November 2026"


def test_the_figures_count_people_and_never_name_them(records: Engine, clock: FrozenClock) -> None:
    stats = standup_stats(records, "w", "standup", first=MONDAY, now=clock.now())
    day = stats.days[0]
    assert (day.asked, day.answered, day.skipped, day.minutes) == (4, 2, 1, 7.0)
    assert round(stats.share, 3) == 0.667
    assert (stats.open_blockers, stats.long_open, stats.age_closed) == (1, 0, None)
    assert stats_csv(stats.days) == (
        "day,asked,answered,skipped,share,median_minutes\n2026-11-23,4,2,1,0.667,7.0\n"
    )
    assert "ana" not in stats_csv(stats.days)


def test_a_long_blocker_and_the_age_of_closed_ones_are_counted(records: Engine, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=4))
    before = standup_stats(records, "w", "standup", first=MONDAY, now=clock.now())
    assert (before.long_open, before.age_closed) == (1, None)
    store = Blockers(records, clock, workspace_id="w")
    store.resolve(store.open()[0].id, by="deepak-rao")
    after = standup_stats(records, "w", "standup", first=MONDAY, now=clock.now())
    assert (after.open_blockers, after.age_closed) == (0, 7)
