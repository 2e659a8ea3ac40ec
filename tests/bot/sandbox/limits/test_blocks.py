"""What Slack refuses of Block Kit: each limit met and passed by one, and the words of the answer."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.limits.payloads import block_findings, chunk_findings, view_findings

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", text: str = "A") -> Json:
    return {"text": plain(text), "value": value}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": "b", **fields}


def select(**fields: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **fields}


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "x" * length}


def table(rows: int, columns: int, *, cell: str = "x", kind: str = "table") -> Json:
    row = [{"type": "raw_text", "text": cell}] * columns
    return {"type": kind, "rows": [row] * rows} | ({"caption": "c"} if kind == "data_table" else {})


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "see ", "style": {"bold": True}},
                {"type": "link", "url": "https://d.example", "text": "docs"},
                {"type": "user", "user_id": "U1"},
                {"type": "emoji", "name": "wave"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
        },
    ],
}
CARD = {"type": "card", "title": mrkdwn(), "body": mrkdwn(), "actions": [button()]}
TASK = {"type": "task_card", "task_id": "1", "title": "Read", "status": "complete"}
GOOD = {
    "longest section": section(text=mrkdwn("x" * 3000)),
    "ten fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    "longest header": {"type": "header", "text": plain("x" * 150)},
    "ten in context": {"type": "context", "elements": [mrkdwn()] * 10},
    "25 buttons": actions(*(button(action_id=str(n)) for n in range(25))),
    "longest button": actions(button(text=plain("x" * 75), value="v" * 2000, style="primary")),
    "hundred options": section(accessory=select(options=[option(str(n)) for n in range(100)])),
    "known initial option": section(accessory=select(initial_option=option())),
    "groups": section(
        accessory={
            "type": "static_select",
            "action_id": "s",
            "option_groups": [{"label": plain(), "options": [option()]}],
        }
    ),
    "overflow with urls": section(
        accessory={
            "type": "overflow",
            "action_id": "o",
            "options": [option() | {"url": "https://d.example"}, option("b")],
        }
    ),
    "confirmation": actions(
        button(confirm={"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()})
    ),
    "image": {"type": "image", "image_url": "https://d.example/a.png", "alt_text": "a chart"},
    "rich text": RICH,
    "markdown": markdown(12_000),
    "table": table(100, 20, cell="12345"),
    "data table": table(201, 5, kind="data_table"),
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD] * 10},
    "container": {"type": "container", "title": plain(), "child_blocks": [section(), {"type": "divider"}]},
    "plan": {"type": "plan", "title": "Digest", "tasks": [TASK]},
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain(), "value": "up"},
                "negative_button": {"text": plain(), "value": "down"},
            }
        ],
    },
    "input": {
        "type": "input",
        "label": plain(),
        "element": {"type": "plain_text_input", "action_id": "t", "max_length": 3000, "multiline": True},
    },
}
BAD = {
    "unknown block": ({"type": "sektion"}, "unsupported type: sektion", "/type"),
    "unknown field": (section(txt=1), "invalid additional property: txt", ""),
    "empty section": ({"type": "section"}, "must define at least one of: text, fields", ""),
    "long section": (section(text=mrkdwn("x" * 3001)), "must be less than 3001 characters", "/text/text"),
    "empty text": (section(text=mrkdwn("")), "must be more than 0 characters", "/text/text"),
    "emoji in mrkdwn": (
        section(text=mrkdwn() | {"emoji": True}),
        "invalid additional property: emoji",
        "/text",
    ),
    "eleven fields": (
        {"type": "section", "fields": [mrkdwn()] * 11},
        "no more than 10 items allowed",
        "/fields",
    ),
    "long field": (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters",
        "/fields/0/text",
    ),
    "fields that are text": (section(fields="x"), "must provide an array", "/fields"),
    "mrkdwn header": ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn", "/text/type"),
    "long header": (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters",
        "/text/text",
    ),
    "eleven in context": (
        {"type": "context", "elements": [mrkdwn()] * 11},
        "no more than 10 items allowed",
        "/elements",
    ),
    "26 buttons": (
        actions(*(button(action_id=str(n)) for n in range(26))),
        "no more than 25 items allowed",
        "/elements",
    ),
    "long button": (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters",
        "/elements/0/text/text",
    ),
    "mrkdwn button": (
        actions(button(text=mrkdwn())),
        "unsupported type: mrkdwn",
        "/elements/0/text/type",
    ),
    "green button": (actions(button(style="green")), "must be a valid enum value", "/elements/0/style"),
    "long action id": (
        actions(button(action_id="x" * 256)),
        "must be less than 256 characters",
        "/elements/0/action_id",
    ),
    "no such url": (actions(button(url="nowhere")), "must match the expected format", "/elements/0/url"),
    "an input among actions": (
        actions({"type": "plain_text_input", "action_id": "t"}),
        "unsupported type: plain_text_input",
        "/elements/0/type",
    ),
    "no options": (
        section(accessory=select(options=[])),
        "no fewer than 1 items allowed",
        "/accessory/options",
    ),
    "101 options": (
        section(accessory=select(options=[option(str(n)) for n in range(101)])),
        "no more than 100 items allowed",
        "/accessory/options",
    ),
    "long option": (
        section(accessory=select(options=[option(text="x" * 76)])),
        "must be less than 76 characters",
        "/accessory/options/0/text/text",
    ),
    "long option value": (
        section(accessory=select(options=[option("x" * 151)])),
        "must be less than 151 characters",
        "/accessory/options/0/value",
    ),
    "two options of one value": (
        section(accessory=select(options=[option(), option()])),
        "options must have unique values",
        "/accessory",
    ),
    "unknown initial option": (
        section(accessory=select(initial_option=option("z"))),
        "initial option must be among the options",
        "/accessory",
    ),
    "six in overflow": (
        section(accessory={"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed",
        "/accessory/options",
    ),
    "eleven checkboxes": (
        section(accessory={"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10 items allowed",
        "/accessory/options",
    ),
    "a date that is none": (
        actions({"type": "datepicker", "initial_date": "tomorrow"}),
        "must match the expected format",
        "/elements/0/initial_date",
    ),
    "a time that is none": (
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "must match the expected format",
        "/elements/0/initial_time",
    ),
    "image without words": (
        {"type": "image", "image_url": "https://d.example"},
        "missing required field: alt_text",
        "",
    ),
    "long markdown": (markdown(12_001), "must be less than 12001 characters", "/text"),
    "101 rows": (table(101, 1), "no more than 100 items allowed", "/rows"),
    "21 columns": (table(1, 21), "no more than 20 items allowed", "/rows/0"),
    "status that is none": (TASK | {"status": "done"}, "must be a valid enum value", "/status"),
    "an alert in a message": ({"type": "alert", "text": plain()}, "unsupported type: alert", "/type"),
    "long initial value": (
        {
            "type": "input",
            "label": plain(),
            "element": {"type": "plain_text_input", "max_length": 3, "initial_value": "four"},
        },
        "must be less than 4 characters",
        "/element/initial_value",
    ),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_what_slack_takes_is_taken(block: Json) -> None:
    assert block_findings([block]) == []


@pytest.mark.parametrize(("block", "message", "place"), BAD.values(), ids=BAD)
def test_what_slack_refuses_is_refused_with_its_place(block: Json, message: str, place: str) -> None:
    found = [(f.message, f.pointer) for f in block_findings([block])]
    assert (message, f"/blocks/0{place}") in found


def test_a_message_takes_50_blocks_and_a_view_100() -> None:
    divider = {"type": "divider"}
    assert block_findings([divider] * 50) == []
    assert block_findings([divider] * 51)[0].message == "no more than 50 items allowed"
    assert block_findings([divider] * 100, "home") == []
    assert block_findings([divider] * 101, "modal")[0].message == "no more than 100 items allowed"


def test_ids_are_unique_in_a_payload_and_in_a_block() -> None:
    twice = [{"type": "divider", "block_id": "d"}] * 2
    assert [f.line for f in block_findings(twice)] == [
        "block_id already exists: d [json-pointer:/blocks/1/block_id]"
    ]
    assert "action_id already exists: b" in [f.message for f in block_findings([actions(button(), button())])]
    assert block_findings([actions(button()), actions(button())]) == []


def test_sums_over_blocks_are_bounded() -> None:
    assert block_findings([markdown(6_000), markdown(6_000)]) == []
    assert block_findings([markdown(6_000), markdown(6_001)])[0].message == (
        "markdown blocks must have less than 12001 characters in all"
    )
    assert block_findings([table(100, 20, cell="123456")])[0].message.startswith("table blocks")


def test_rows_of_a_data_table_are_even() -> None:
    ragged = table(2, 2, kind="data_table")
    ragged["rows"] = [ragged["rows"][0], ragged["rows"][0][:1]]
    assert [f.message for f in block_findings([ragged])] == ["all rows must have the same number of cells"]


@pytest.mark.parametrize("value", [None, "x", 3, {"type": "divider"}, ["x"], [[]], [None]])
def test_blocks_of_the_wrong_shape_are_found_and_break_nothing(value: Any) -> None:
    assert block_findings(value)


def modal(**fields: Any) -> Json:
    return {"type": "modal", "title": plain(), "blocks": []} | fields


INPUT = {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "action_id": "t"}}


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25 characters"),
        (modal(title=mrkdwn()), "unsupported type: mrkdwn"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
        (modal(callback_id="x" * 256), "must be less than 256 characters"),
        (modal(blocks=[INPUT]), "a modal with input blocks must define submit"),
        (modal(blocks=[markdown(1)]), "unsupported type: markdown"),
        (modal(extra=1), "invalid additional property: extra"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
        ({"type": "drawer", "title": plain(), "blocks": []}, "must be a valid enum value"),
        ({"type": "home", "blocks": [{"type": "alert", "text": plain()}]}, "unsupported type: alert"),
        ("x", "must provide an object"),
    ],
)
def test_bad_views_are_refused(view: Any, message: str) -> None:
    assert message in [f.message for f in view_findings(view)]


def test_good_views_are_taken() -> None:
    assert view_findings(modal(title=plain("x" * 24), submit=plain(), blocks=[INPUT])) == []
    assert view_findings(modal(blocks=[{"type": "alert", "text": plain(), "level": "warning"}])) == []
    assert view_findings({"type": "home", "blocks": [section(), CARD]}) == []
    focus = {
        "type": "input",
        "label": plain(),
        "element": {"type": "plain_text_input", "focus_on_load": True},
    }
    assert [f.message for f in view_findings(modal(submit=plain(), blocks=[focus, focus]))] == [
        "only one element may set focus_on_load"
    ]


def test_chunks_of_a_stream_are_checked() -> None:
    assert (
        chunk_findings([{"type": "markdown_text", "text": "x"}, {"type": "blocks", "blocks": [section()]}])
        == []
    )
    assert chunk_findings([{"type": "task_update", "id": "1", "title": "x" * 257, "status": "pending"}])
    assert chunk_findings([{"type": "something"}])
    assert chunk_findings("x")
