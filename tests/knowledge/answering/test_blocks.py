"""Passages taken apart without losing where each piece stands."""

from __future__ import annotations

from knowledge.answering.blocks import blocks_of
from knowledge.fakes import passage
from knowledge.passages import Span

TEXT = """## A heading

First sentence here. Second one
goes on here, e.g. like this. Do these:

1. One **item**
   goes on.
   - with a nested one
2. [A link](other.md) item

> Quoted words stand here.

**A bold line**

| Key | Value |
| --- | ----- |
| a | 1 |
| b | 2 |

```py
print("# no heading")
```
"""


def test_each_block_has_its_layout_and_heading_lines_are_left_out() -> None:
    assert [block.layout for block in blocks_of(passage(TEXT))] == [
        "sentence",
        "list",
        "sentence",
        "table",
        "code",
    ]


def test_sentences_are_unwrapped_and_the_lead_in_belongs_to_the_list() -> None:
    first, items, *_ = blocks_of(passage(TEXT))
    assert [unit.text for unit in first.units] == [
        "First sentence here.",
        "Second one goes on here, e.g. like this.",
    ]
    assert items.intro_text == "Do these:"
    assert [unit.text for unit in items.units] == ["One **item** goes on. - with a nested one", "A link item"]


def test_a_table_keeps_its_header_apart_from_its_rows() -> None:
    table = blocks_of(passage(TEXT))[3]
    assert table.head_text == "| Key | Value |\n| --- | ----- |"
    assert [unit.text for unit in table.units] == ["a; 1", "b; 2"]


def test_every_unit_is_a_slice_of_the_text() -> None:
    for block in blocks_of(passage(TEXT)):
        for unit in block.units:
            assert TEXT[unit.start : unit.end] == TEXT[unit.start : unit.end].strip()
            assert TEXT[unit.start : unit.end]


def test_a_unit_takes_the_best_likeness_of_the_spans_it_covers() -> None:
    text = "- one two. three four.\n- five six\n"
    spans = (Span(start=2, end=10, similarity=0.2), Span(start=11, end=22, similarity=0.7))
    (block,) = blocks_of(passage(text, sentences=spans))
    assert [unit.similarity for unit in block.units] == [0.7, None]


def test_carriage_returns_do_not_move_anything() -> None:
    text = "One sentence here.\r\n\r\n- an item\r\n- another\r\n"
    first, items = blocks_of(passage(text))
    assert first.units[0].text == "One sentence here."
    assert [unit.text for unit in items.units] == ["an item", "another"]


def test_what_is_empty_has_no_blocks() -> None:
    assert blocks_of(passage("")) == []
    assert blocks_of(passage("| only |\n| --- |\n")) == []


def test_a_lead_in_goes_back_to_the_sentence_that_speaks_of_the_table() -> None:
    text = (
        "Stop here. Roll back when any line of this table holds. Two act alone:\n\n| K |\n| --- |\n| a b |\n"
    )
    before, table = blocks_of(passage(text))
    assert [unit.text for unit in before.units] == ["Stop here."]
    assert table.intro_text == "Roll back when any line of this table holds. Two act alone:"
    assert table.intro is not None
    assert text[table.intro.start : table.intro.end] == table.intro_text


def test_a_lead_in_that_points_back_brings_what_it_points_to() -> None:
    (items,) = blocks_of(
        passage("At night, act on fraud only. Everything else waits:\n\n- churn lists\n- triage\n")
    )
    assert items.intro_text == "At night, act on fraud only. Everything else waits:"


def test_a_paragraph_that_ends_with_a_colon_goes_on_below() -> None:
    text = "Estimate it. Multiply so:\n\n> benefit = cases × value\n"
    first, joined = blocks_of(passage(text))
    assert [unit.text for unit in first.units] == ["Estimate it."]
    assert [unit.text for unit in joined.units] == ["Multiply so: benefit = cases × value"]
