"""Whatever anybody writes, in whatever field, it stays text: no tag, no handler, no script address."""

# ruff: noqa: E501 -- a sample reads best on one line
from __future__ import annotations

import copy
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.sandbox.page.markup.blocks import BLOCKS, blocks
from bot.sandbox.page.markup.elements import ELEMENTS
from bot.sandbox.page.markup.markdown import markdown
from bot.sandbox.page.markup.mrkdwn import mrkdwn
from bot.sandbox.page.markup.surface import Surface
from bot.sandbox.page.screens.inspector import pretty
from tests.browser.sample_blocks import (
    answer_blocks,
    big_modal,
    home_view,
    plain,
    showcase,
    wrong_modal,
)
from tests.browser.sample_blocks import (
    mrkdwn as text_object,
)

Json = dict[str, Any]
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</template></textarea></title><svg onload=alert(1)>",
    '<https://evil.example/" onclick="alert(1)|x>',
    "{{ 7*7 }}{% raw %}",
)
KEPT = frozenset(
    {"type", "style", "level", "status", "trigger_actions_on", "include", "align", "width", "icon"}
)
TAGS = frozenset(
    {
        "a", "blockquote", "br", "button", "caption", "code", "details", "div", "em", "figcaption", "figure", "h2", "hr",
        "img", "input", "label", "li", "mark", "ol", "optgroup", "option", "p", "pre", "s", "select", "small", "span",
        "strong", "summary", "svg", "table", "tbody", "td", "template", "textarea", "th", "thead", "time", "tr", "u",
        "ul", "use",
    }
)  # fmt: skip


class Watch(HTMLParser):
    """Notes every tag, every attribute that could run something, and every address."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.bad.append(f"<{tag}>")
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "action"}:
                self.bad.append(f"{tag} {name}")
            if name in {"href", "src"} and not address.startswith(
                ("http://", "https://", "/page/", "/as/", "mailto:")
            ):
                self.bad.append(f"{tag} {name}={value}")
            if name == "src" and not address.startswith("/page/"):
                self.bad.append(f"loads {value}")


def harm(html: str) -> list[str]:
    """Returns what in this HTML could do harm."""
    watch = Watch()
    watch.feed(html)
    watch.close()
    return watch.bad


def poisoned(value: Any, poison: str) -> Any:
    """Returns the same structure with every free text in it replaced."""
    if isinstance(value, dict):
        return {k: v if k in KEPT else poisoned(v, poison) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(item, poison) for item in value]
    return poison if isinstance(value, str) else value


def one_by_one(value: Json, poison: str) -> Iterator[Json]:
    """Yields copies with one free text replaced in each."""
    for path in _paths(value):
        changed = copy.deepcopy(value)
        place: Any = changed
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = poison
        yield changed


def _paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, item in pairs:
        if isinstance(item, str):
            yield (*at, key)
        else:
            yield from _paths(item, (*at, key))


def every_block() -> list[Json]:
    """Returns a sample of every block, and of every element in one."""
    listed: list[Json] = (
        [b for message in showcase() for b in message] + answer_blocks("k") + home_view()["blocks"]
    )
    listed += [*big_modal()["blocks"], *wrong_modal()["blocks"], *_rare()]
    return listed


def _rare() -> list[Json]:
    picture = {"type": "image", "alt_text": "alt", "slack_file": {"id": "F0CHART"}}
    inline = [{"type": "link", "url": "https://a.example", "text": "a"}, {"type": "usergroup", "usergroup_id": "S0ML"},
              {"type": "channel", "channel_id": "C0GENERAL"}, {"type": "broadcast", "range": "here"},
              {"type": "date", "timestamp": 1795435200, "format": "{date}", "url": "https://a.example", "fallback": "f"},
              {"type": "color", "value": "#fff"}]  # fmt: skip
    group = {"label": plain("Group"), "options": [{"text": plain("One"), "value": "1"}]}
    choose = [
        {"type": kind, "action_id": kind, "placeholder": plain("Choose")}
        for kind in ELEMENTS
        if kind.endswith("_select")
    ]
    return [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": inline}]},
        {"type": "video", "title": plain("v"), "title_url": "https://a.example", "video_url": "https://a.example", "thumbnail_url": "https://a.example/x.png", "alt_text": "alt", "author_name": "me", "provider_name": "us", "description": plain("d")},
        {"type": "file", "source": "remote", "external_id": "x"},
        {"type": "context", "elements": [picture, text_object("m")]},
        picture | {"title": plain("t")},
        {"type": "section", "text": text_object("t"), "accessory": picture},
        {"type": "container", "title": plain("t"), "subtitle": plain("s"), "is_collapsible": True, "child_blocks": [{"type": "divider"}]},
        {"type": "alert", "text": text_object("t"), "level": "warning"},
        {"type": "card", "title": text_object("t"), "icon": picture, "hero_image": picture, "body": text_object("b"), "actions": []},
        {"type": "task_card", "task_id": "1", "title": "t", "status": "error", "output": {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}, "sources": [{"type": "url", "url": "https://a.example", "text": "a"}]},
        {"type": "data_table", "caption": "c", "row_header_column_index": 0, "rows": [[{"type": "raw_text", "text": "h"}, {"type": "raw_text", "text": "i"}], [{"type": "raw_number", "value": 1.5, "text": "1.5"}, {"type": "rich_text", "elements": []}]]},
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("t"), "action_id": "i", "accessibility_label": "l"}]},
        {"type": "actions", "elements": [*choose, {"type": "static_select", "action_id": "g", "option_groups": [group]}, {"type": "workflow_button", "action_id": "w", "text": plain("w"), "workflow": {}}, {"type": "button", "text": plain("u"), "action_id": "u", "url": "https://a.example", "accessibility_label": "l"}]},
        {"type": "input", "block_id": "f", "label": plain("l"), "element": {"type": "file_input", "action_id": "f", "filetypes": ["csv"]}},
        {"type": "unheard_of"},
    ]  # fmt: skip


def test_harm_is_seen_where_there_is_some() -> None:
    """The measure itself: what these tests look for, they find."""
    for bad in (
        "<script>x</script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        "<img src=x>",
        "<p style=x>",
    ):
        assert harm(bad)


def test_the_samples_hold_every_block_and_every_element() -> None:
    def types(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(types, value)) if value else set()
        if not isinstance(value, dict):
            return set()
        return {str(value.get("type", ""))} | set().union(*map(types, value.values()))

    assert (set(BLOCKS) | set(ELEMENTS)) - types(every_block()) == set()


def test_harmless_samples_are_drawn_without_anything_that_runs(surface: Surface) -> None:
    drawn = blocks(every_block(), surface)
    assert harm(drawn) == []
    assert "is not shown here" in drawn


@pytest.mark.parametrize("poison", HOSTILE)
def test_hostile_words_in_all_fields_at_once_stay_words(poison: str, surface: Surface) -> None:
    assert harm(blocks(poisoned(every_block(), poison), surface)) == []


@pytest.mark.parametrize("poison", ["".join(HOSTILE), "javascript:alert(1)"])
def test_hostile_words_in_each_field_alone_stay_words(poison: str, surface: Surface) -> None:
    for block in every_block():
        for changed in one_by_one(block, poison):
            assert harm(blocks([changed], surface)) == [], changed


@pytest.mark.parametrize("poison", HOSTILE)
def test_hostile_entered_values_and_errors_stay_words(poison: str, surface: Surface) -> None:
    listed = big_modal()["blocks"]
    values = {
        b["block_id"]: {
            b["element"]["action_id"]: {
                "type": b["element"]["type"],
                "value": poison,
                "selected_user": poison,
                "selected_users": [poison],
                "selected_conversation": poison,
                "selected_date": poison,
                "selected_time": poison,
            }
        }
        for b in listed
        if b["type"] == "input"
    }
    errors = dict.fromkeys(values, poison)
    filled = Surface(reader=surface.reader, key="v1", kind="modal", values=values, errors=errors)
    drawn = blocks(listed, filled)
    assert harm(drawn) == []
    assert drawn.count('class="error"') == len(values)


@pytest.mark.parametrize(
    "poison",
    [
        *HOSTILE,
        "[x](javascript:alert(1))",
        "![i](https://evil.example/i.png)",
        "<b onclick=x>",
        "<!-- c -->",
        '[x](https://a.example "\' onclick=x")',
        '<@U0ANA"><script>',
    ],
)
def test_hostile_markdown_and_mrkdwn_stay_words(poison: str, surface: Surface) -> None:
    escaped = poison.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for text in (
        poison,
        escaped,
        f"*{poison}*",
        f"`{poison}`",
        f"```{poison}```",
        f"> {poison}",
        f"| a |\n| - |\n| {poison} |",
    ):
        assert harm(markdown(text, surface.reader)) == []
        assert harm(mrkdwn(text, surface.reader)) == []


@pytest.mark.parametrize("poison", HOSTILE)
def test_hostile_payloads_stay_words_in_the_inspector(poison: str) -> None:
    assert harm(pretty({poison: [poison, {"a": poison}, 1, None]})) == []


def test_images_of_other_hosts_are_named_and_not_fetched(surface: Surface) -> None:
    drawn = blocks(
        [{"type": "image", "image_url": "https://evil.example/pixel.png", "alt_text": "A chart"}], surface
    )
    assert "<img" not in drawn
    assert "A chart" in drawn


def test_images_of_this_server_are_shown_with_their_words(surface: Surface) -> None:
    drawn = blocks([{"type": "image", "slack_file": {"id": "F0CHART"}, "alt_text": "A chart"}], surface)
    assert '<img src="/page/ana/files/F0CHART/chart.png" alt="A chart"' in drawn
