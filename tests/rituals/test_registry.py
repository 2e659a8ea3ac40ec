"""The contract of every ritual in the registry; a new one is picked up by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.limits.payloads import block_findings
from bot.views.rendered import MOST_CHARACTERS
from bot.views.said import VIEWS, render
from core.message import Message
from knowledge.records.standup_entry import Item
from knowledge.registers.people import Person
from knowledge.registers.rituals import RitualEntry
from rituals.members import Seen
from rituals.ritual import Planned, Setting, Slot
from rituals.schedule import coming_slots
from tests.rituals.conftest import MakeWorld, World

ROOT = Path(__file__).parents[2]
KINDS = ("standup", "knowledge gaps", "review reminders")
MONDAY = date(2026, 11, 23)
SCRIPTS = (
    "churn: <!channel> <@U0BEN> & *bold* `code` [x](https://evil.example|y><!here>) " * 50,
    "צוות הנתונים סיים את הטעינה של חודש מאי " * 100,
    "データ品質を改善した。" * 360,
    "😀👩🏽‍💻" * 500,
    "a" * 4_000,
)


@pytest.fixture
def kinds(world: World) -> dict[str, Any]:
    return dict(world.rituals.planning.registry)


def test_the_test_knows_every_ritual(kinds: dict[str, Any]) -> None:
    assert set(kinds) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_schedule_is_valid_and_has_next_occurrences(world: World, kind: str) -> None:
    ritual = world.rituals.planning.registry[kind]
    team = world.rituals.planning.plan().team
    entry = RitualEntry(name=kind, channel="#delivery")
    planned = Planned(
        workspace_id="w",
        entry=entry,
        phases=ritual.phases(entry, Setting(team=team, zone="Europe/London")),
        zone="Europe/London",
    )
    assert coming_slots(world.clock.now(), planned)
    assert ritual.tells.endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_without_facts_a_ritual_is_silent(make_world: MakeWorld, kind: str) -> None:
    """Nobody answers, no question was asked, no document is there: a week passes without a digest."""
    world = make_world(RitualEntry(name=kind, channel="#delivery", options={}))
    planned = world.rituals.planning.plan().get(kind)
    for phase in planned.phases:
        if phase.name in {"open", "remind"} and kind == "standup":
            continue
        assert world.rituals.runner.rehearse(slot(kind, phase.name)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_ritual_has_its_page(kind: str) -> None:
    page = ROOT / "docs" / "rituals" / f"{kind.replace(' ', '-')}.md"
    assert page.is_file()
    assert page.read_text(encoding="utf-8").startswith("# ")
    assert page.name in (ROOT / "docs" / "rituals.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("members", [0, 1, 50, 500])
@pytest.mark.parametrize("script", range(len(SCRIPTS)))
def test_a_standup_fits_slack_whatever_is_said(make_world: MakeWorld, members: int, script: int) -> None:
    """With 0, 1, 50 and 500 members and answers of 4,000 characters: Slack takes every message."""
    world = make_world(members=["#everybody"])
    people = [person(number) for number in range(members)]
    world.roster.put("#everybody", [Seen(slack_user=one.slack_user, name=one.name) for one in people])
    world.save(*people)
    for one in people:
        words = SCRIPTS[script][:4_000]
        world.rituals.records.entries.save(
            "standup",
            MONDAY,
            one.id,
            answers={"changed": words, "blockers": words},
            items=[item("changed", words), item("blockers", words)],
        )
    messages = world.rituals.runner.rehearse(slot("standup", "close"))
    assert bool(messages) == bool(members)
    for message in messages:
        fits(message)


def test_what_is_said_on_a_full_day_fits_and_has_stable_keys(make_world: MakeWorld) -> None:
    """Every kind of message that a standup has; the keys are the same when it is composed again."""
    world = make_world()
    hostile = SCRIPTS[0][:900]
    world.to("09:00")
    world.answer("ana-ruiz", changed=hostile, next=hostile, blockers=f"churn: data quality {hostile}")
    world.rituals.desk.skip("standup", MONDAY, "ben-carter", hostile)
    world.to("12:00", MONDAY + timedelta(days=4))
    world.settle()
    kinds = {type(message.content) for message in world.said.standing.values()}
    assert len(kinds) >= 6
    assert kinds <= set(VIEWS)
    for message in world.said.standing.values():
        fits(message)
    close = slot("standup", "close")
    first, second = (world.rituals.runner.rehearse(close) for _ in range(2))
    assert first == second
    assert first


def fits(message: Message) -> None:
    rendered = render(message.content)
    assert block_findings(list(rendered.blocks)) == []
    assert rendered.text
    assert len(json.dumps(rendered.blocks, ensure_ascii=False)) <= MOST_CHARACTERS
    assert len(message.key) <= 300
    for words in _texts(rendered.to_json()):
        assert not re.search(r"<(?!https://chat\.example/|!date\^)[^>]*>", words), words


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def slot(ritual: str, phase: str) -> Slot:
    return Slot(
        workspace_id="w",
        ritual=ritual,
        phase=phase,
        day=MONDAY,
        due=datetime(2026, 11, 23, 15, tzinfo=UTC),
    )


def person(number: int) -> Person:
    return Person(id=f"p-{number}", name=f"Person {number}", slack_user=f"U{number:06d}")


def item(question: str, words: str) -> Item:
    return Item(question=question, text=words)
