"""Every view, with harmless and hostile values: what Slack takes, and nothing that does more."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.limits.payloads import block_findings, view_findings
from bot.views.answer import answer_view, part_markdown, partial_view
from bot.views.default import default_view
from bot.views.errors import failed_view
from bot.views.feedback import wrong_modal
from bot.views.help import documents_view, help_view
from bot.views.home import home_view
from bot.views.person import nobody_view, person_view
from bot.views.rendered import MOST_CHARACTERS, Rendered, fitted
from knowledge.answer import Answer, Citation, Part
from knowledge.documents.audiences import Known
from knowledge.passages import Passage, Question
from knowledge.records.threads import Exchange

TODAY = date(2026, 11, 23)
KEY = "T0SANDBOX:C0GENERAL:1795449210.540777"
HOSTILE = "<!channel> <@U0ANA> <https://evil.example|good> [x](https://a.example|y><!channel>) *_~`&|"
TOKEN = re.compile(r"<(?!https://docs\.example/|!date\^)[^>]*>?")


def passage(**more: Any) -> Passage:
    values: dict[str, Any] = {
        "id": "1",
        "source": "release.md",
        "title": "Release review",
        "heading": ("Who signs",),
        "text": "The model owner signs.",
        "owner": "Ana Kovač",
        "link": "https://docs.example/release.md",
        "reviewed": date(2026, 11, 2),
        "review_due": date(2027, 2, 2),
    }
    return Passage(**(values | more))


def answer(*parts: Part, **more: Any) -> Answer:
    citation = Citation(number=1, passage=more.pop("passage", passage()), quote="The model owner signs.")
    values: dict[str, Any] = {
        "question": Question(text="Who signs?"),
        "parts": parts,
        "citations": (citation,),
    }
    return Answer(**(values | {"found": bool(parts)} | more))


def refused(rendered: Rendered) -> list[Any]:
    return block_findings(list(rendered.blocks))


def mrkdwn_of(value: Any) -> list[str]:
    """Returns every piece of mrkdwn: where a token could do something."""
    if isinstance(value, list):
        return [text for item in value for text in mrkdwn_of(item)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == "mrkdwn" else []
    return own + [text for item in value.values() for text in mrkdwn_of(item)]


def test_an_answer_shows_its_text_its_source_and_its_buttons() -> None:
    rendered = answer_view(answer(Part(text="The model owner signs.", citations=(1,))), key=KEY, today=TODAY)
    assert refused(rendered) == []
    assert [block["type"] for block in rendered.blocks] == [
        "rich_text",
        "context",
        "context_actions",
        "actions",
    ]
    assert rendered.blocks[1]["elements"][0]["text"] == (
        "[1] <https://docs.example/release.md|Release review › Who signs>"
        " · owner Ana Kovač · reviewed 3 weeks ago"
    )
    assert rendered.text == "The model owner signs."


def test_an_overdue_review_is_told() -> None:
    due = passage(review_due=date(2026, 5, 3))
    rendered = answer_view(answer(Part(text="x", citations=(1,)), passage=due), key=KEY, today=TODAY)
    assert "review overdue since 3 May 2026" in str(rendered.blocks)


def test_weak_evidence_and_notices_are_worded_so() -> None:
    part = Part(text="The model owner signs.", citations=(1,))
    rendered = answer_view(answer(part, weak=True, notice="The model was down."), key=KEY, today=TODAY)
    assert "The documents say little about this" in str(rendered.blocks)
    assert "The model was down." in str(rendered.blocks)


@pytest.mark.parametrize("layout", ["sentence", "list", "table", "code"])
def test_every_layout_is_taken_by_slack(layout: Any) -> None:
    texts = {
        "sentence": "One **bold** sentence.",
        "list": "1. one\n2. two",
        "table": "| a | b |\n|---|---|\n| 1 | |",
        "code": "```\nx = 1\n```",
    }
    part = Part(text=texts[layout], citations=(1,), layout=layout)
    assert refused(answer_view(answer(part, part), key=KEY, today=TODAY)) == []
    assert refused(partial_view([part])) == []


def test_an_answer_too_long_for_slack_ends_early_and_keeps_its_sources() -> None:
    parts = [Part(text=f"Sentence {number} " + "word " * 200, citations=(1,)) for number in range(60)]
    rendered = answer_view(answer(*parts), key=KEY, today=TODAY)
    assert refused(rendered) == []
    assert len(json.dumps(list(rendered.blocks), ensure_ascii=False)) <= MOST_CHARACTERS
    assert "too long for one message" in str(rendered.blocks)
    assert rendered.blocks[-1]["type"] == "actions"


def test_what_was_not_found_names_the_nearest_and_whom_to_ask() -> None:
    rendered = answer_view(answer(nearest=(passage(),), ask="Ana Kovač"), key=KEY, today=TODAY)
    assert refused(rendered) == []
    assert rendered.text == "The documents do not answer that. Ana Kovač may know."
    assert "Release review › Who signs" in str(rendered.blocks)


def hostile_views() -> list[Rendered]:
    bad = passage(
        title=HOSTILE, heading=(HOSTILE,), owner=HOSTILE, link="https://a.example|y><!channel>", text=HOSTILE
    )
    part = Part(text=HOSTILE, citations=(1,))
    known = Known(title=HOSTILE, kind="playbook", owner=HOSTILE, source=HOSTILE, link="javascript:alert(1)")
    return [
        answer_view(answer(part, passage=bad, notice=HOSTILE), key=KEY, today=TODAY),
        answer_view(answer(nearest=(bad,), ask=HOSTILE, notice=HOSTILE), key=KEY, today=TODAY),
        partial_view([part]),
        documents_view([known], words=HOSTILE),
        failed_view("abc", sentence=HOSTILE, whom=HOSTILE),
        nobody_view(HOSTILE),
        default_view(HOSTILE),
        default_view(Digest(title=HOSTILE, lines=(HOSTILE, HOSTILE), at=datetime(2026, 11, 23, tzinfo=UTC))),
        default_view({HOSTILE: HOSTILE}),
    ]


@dataclass(frozen=True, kw_only=True)
class Digest:
    title: str
    lines: tuple[str, ...]
    at: datetime


@pytest.mark.parametrize("number", range(9))
def test_hostile_values_are_shown_and_do_nothing(number: int) -> None:
    rendered = hostile_views()[number]
    assert refused(rendered) == []
    for text in [rendered.text, *mrkdwn_of(list(rendered.blocks))]:
        assert not TOKEN.search(re.sub(r"<https://a\.example[^<>|]*\|[^<>|]*>", "", text)), text


def test_a_call_for_a_person_mentions_two_people_and_nobody_else() -> None:
    rendered = person_view(asker="U0CHI", whom="<@U0ANA>", question=HOSTILE, found=True)
    assert refused(rendered) == []
    assert re.findall(r"<[^>]*>", rendered.text) == ["<@U0ANA>", "<@U0CHI>"]


def test_a_part_in_a_stream_carries_no_token() -> None:
    assert "<" not in part_markdown(Part(text=HOSTILE, citations=(1, 2)))
    assert part_markdown(Part(text="Yes.", citations=(1, 2))) == "Yes. [1] [2]\n\n"


def test_home_and_modal_are_taken_by_slack() -> None:
    known = [Known(title=HOSTILE, kind="role", owner="", source="", link="")] * 3
    exchange = Exchange(
        key=KEY,
        channel="C1",
        thread_ts="",
        asker="U1",
        question=HOSTILE * 20,
        answer="",
        found=False,
        ask=HOSTILE,
        at=datetime(2026, 11, 23, tzinfo=UTC) - timedelta(days=1),
    )
    for view in (
        home_view(known, [exchange] * 10),
        home_view([], []),
        wrong_modal(KEY, HOSTILE * 30),
        wrong_modal(KEY, ""),
    ):
        assert view_findings(view) == []
        for text in mrkdwn_of(view):
            assert not TOKEN.search(text), text


def test_a_list_of_many_documents_is_taken_by_slack() -> None:
    known = [
        Known(
            title=f"{'x' * 140} {number}",
            kind="playbook",
            owner="Ana",
            source="",
            link=f"https://docs.example/{number}",
        )
        for number in range(300)
    ]
    rendered = documents_view(known)
    assert refused(rendered) == []
    assert "and 260 more" in str(rendered.blocks)
    assert refused(help_view()) == []


def test_a_default_view_shows_every_field_that_says_something() -> None:
    rendered = default_view(
        Digest(title="Week 47", lines=("one", "two"), at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    )
    words = str(rendered.blocks)
    assert "*Digest*" in words
    assert "*Title:* Week 47" in words
    assert "one; two" in words
    assert "<!date^1795424400^" in words


def test_a_message_is_never_more_than_fifty_blocks() -> None:
    blocks = [{"type": "divider"}] * 80
    rendered = fitted("x", blocks, [{"type": "divider"}])
    assert len(rendered.blocks) <= 50
