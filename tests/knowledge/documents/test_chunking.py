"""Chunks follow the headings, fit the window, keep together what belongs together, and lose nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.documents.blocks import parse_blocks
from knowledge.documents.chunking import chunk_text, fitting_title
from knowledge.documents.document import Chunk

TOKEN = re.compile(r"\w{1,4}|[^\w\s]")


def count_tokens(text: str) -> int:
    """Counts like a word-piece tokenizer: marks one each, long words by pieces."""
    return len(TOKEN.findall(text))


def chunks_of(
    text: str, *, title: str = "Handbook", window: int = 60, count: Callable[[str], int] = count_tokens
) -> tuple[Chunk, ...]:
    return chunk_text(text, parse_blocks(text), title=title, window=window, count_tokens=count)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def is_subsequence(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(word in rest for word in wanted)


SENTENCE = "The release is signed by the domain expert and the legal reviewer. "


def test_sections_become_chunks_with_their_headings() -> None:
    text = (
        f"# Handbook\n\nIntro. {SENTENCE}\n\n## Release\n\n{SENTENCE * 3}\n\n### Signing\n\n{SENTENCE * 3}\n"
    )
    assert [chunk.heading for chunk in chunks_of(text, window=100)] == [
        (),
        ("Release",),
        ("Release", "Signing"),
    ]


def test_title_is_no_heading_of_its_own_chunks() -> None:
    chunks = chunks_of("# Release *review*\n\nText.\n", title="Release review")
    assert [(chunk.heading, chunk.text) for chunk in chunks] == [((), "Text.")]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("The `NODE_DEBUG` *variable*", "The NODE_DEBUG variable"),
        ("snake_case and __bold__", "snake_case and bold"),
        ("[Guide](guide.md) to `a[b]()`", "Guide to a[b]()"),
        ("![Logo](x.png) <a id='top'></a>Start &amp; end", "Logo Start & end"),
        ("*" * 3_000, "*" * 3_000),
    ],
)
def test_headings_lose_their_marks_and_nothing_else(written: str, words: str) -> None:
    assert parse_blocks(f"# {written}\n")[0].title == words


def test_another_first_heading_than_the_title_is_kept() -> None:
    assert chunks_of("# Release review\n\nText.\n")[0].heading == ("Release review",)


def test_small_neighbours_go_together_under_their_parent_with_their_headings() -> None:
    chunks = chunks_of("## A\n\none\n\n## B\n\ntwo\n\n## C\n\n" + SENTENCE * 3, window=200)
    assert [chunk.heading for chunk in chunks] == [(), ("C",)]
    assert chunks[0].text == "## A\n\none\n\n## B\n\ntwo"


def test_small_sections_of_different_parents_stay_apart() -> None:
    chunks = chunks_of("# A\n\n## B\n\none\n\n# C\n\n## D\n\ntwo\n")
    assert [chunk.heading for chunk in chunks] == [("A", "B"), ("C", "D")]


def test_heading_without_text_is_not_lost() -> None:
    chunks = chunks_of("# A\n\ntext\n\n# To be written\n")
    assert any("To be written" in chunk.text for chunk in chunks)


def test_list_stays_whole_with_its_lead_in_where_it_fits() -> None:
    listed = "Check these:\n\n- one thing\n- another thing\n- a third thing"
    chunks = chunks_of(f"{SENTENCE * 2}\n\n{listed}\n\n{SENTENCE * 2}\n")
    assert any(listed in chunk.text for chunk in chunks)


def test_long_list_is_cut_between_items_and_each_piece_has_the_lead_in() -> None:
    items = [f"- item number {n} with some words\n  and a second line" for n in range(20)]
    chunks = chunks_of("Check these:\n\n" + "\n".join(items) + "\n")
    assert len(chunks) > 2
    for chunk in chunks:
        assert chunk.text.startswith("Check these:\n\n- item")
        assert all(part.count("\n") == 1 for part in chunk.text.split("\n\n", 1)[1].split("\n- "))


def test_long_table_is_cut_between_rows_under_its_header() -> None:
    rows = [f"| model {n} | owner {n} |" for n in range(40)]
    chunks = chunks_of("\n".join(["| Model | Owner |", "| --- | --- |", *rows]))
    assert len(chunks) > 2
    assert all(chunk.text.startswith("| Model | Owner |\n| --- | --- |\n| model") for chunk in chunks)
    assert [line for chunk in chunks for line in chunk.text.split("\n")[2:]] == rows


def test_long_code_is_cut_between_lines_inside_its_fence() -> None:
    lines = [f"call_number({n})" for n in range(60)]
    chunks = chunks_of("```python\n" + "\n".join(lines) + "\n```\n\nAfter it.\n" + SENTENCE * 4)
    chunks = tuple(chunk for chunk in chunks if "call_number" in chunk.text)
    assert len(chunks) > 2
    assert all(chunk.text.startswith("```python\n") and chunk.text.endswith("\n```") for chunk in chunks)
    assert [line for chunk in chunks for line in chunk.text.split("\n")[1:-1]] == lines


def test_long_paragraph_is_cut_between_sentences() -> None:
    chunks = chunks_of(SENTENCE * 20)
    assert len(chunks) > 2
    assert all(chunk.text.endswith("reviewer.") for chunk in chunks)


def test_long_nested_list_is_cut_at_its_inner_items() -> None:
    inner = "\n".join(f"  - inner item {n} with words" for n in range(20))
    chunks = chunks_of(f"- outer item\n{inner}\n- last item\n")
    assert all(line.lstrip().startswith("- ") for chunk in chunks for line in chunk.text.split("\n"))


def test_endless_word_is_cut_by_letters() -> None:
    word = "".join(chr(97 + n % 26) for n in range(2_000))
    chunks = chunks_of(word)
    assert "".join(chunk.text for chunk in chunks) == word
    assert all(count_tokens(chunk.embedded_text("Handbook")) <= 60 for chunk in chunks)


def test_text_without_end_for_a_tokenizer_that_counts_words_is_still_cut() -> None:
    """Word-piece tokenizers count a word of more than 100 letters as one unknown token."""
    chunks = chunks_of("x" * 100_000, count=lambda text: len(text.split()))
    assert max(len(chunk.text) for chunk in chunks) <= 60 * 16


def test_headings_too_long_for_their_place_stand_in_the_text() -> None:
    heading = " ".join(f"word{n}" for n in range(100))
    chunks = chunks_of(f"# {heading}\n\ntext\n")
    assert is_subsequence([*words(heading), "text"], words("\n".join(chunk.text for chunk in chunks)))
    assert all(count_tokens(chunk.embedded_text("Handbook")) <= 60 for chunk in chunks)


def test_reference_definitions_and_footnotes_are_kept() -> None:
    text = "See [the guide][1].[^note]\n\n[1]: https://example.org/guide\n[^note]: Only on Fridays.\n"
    kept = "\n".join(chunk.text for chunk in chunks_of(text))
    assert "https://example.org/guide" in kept
    assert "Only on Fridays." in kept


@pytest.mark.parametrize(
    "text", ["", "\n\n", "   ", "---\n", "# \n", "<!-- -->", "> \n> \n", "- \n- \n", "\t"]
)
def test_next_to_nothing_is_no_trouble(text: str) -> None:
    assert len(chunks_of(text)) <= 1


def test_fitting_title_leaves_room_for_the_text() -> None:
    title = "word " * 200
    assert count_tokens(fitting_title(title, window=60, count_tokens=count_tokens)) <= 10


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "a" * 1_000_000,
        "One sentence here. " * 50_000,
        ">" * 50_000 + " deep",
        "".join("> " * n + f"line {n}\n" for n in range(400)),
        "".join("  " * n + f"- item {n}\n" for n in range(400)),
        "[a]: b\n" * 20_000,
        "| a | b |\n| - | - |\n" + "| c | d |\n" * 15_000,
        "```\n" + "code\n" * 50_000,
        "*" * 100_000 + "\n" + "`" * 100_000,
        "<div>\n" * 30_000,
        "# h\n" * 20_000,
        "\n".join(f"{'#' * (n % 6 + 1)} heading {n}\n\ntext {n}" for n in range(8_000)),
        "- a\n\n" * 20_000,
        "a. " * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_take_time_in_proportion(text: str) -> None:
    started = time.process_time()
    chunks = chunks_of(text, window=254)
    assert chunks
    assert time.process_time() - started < 20


LINES = st.lists(
    st.builds(
        lambda mark, body: mark + body,
        st.sampled_from(
            [
                "",
                "",
                "",
                "# ",
                "## ",
                "### ",
                "- ",
                "  - ",
                "1. ",
                "> ",
                "    ",
                "| ",
                "```",
                "---",
                "\n",
                "> - ",
                "~~~",
            ]
        ),
        st.lists(
            st.sampled_from(
                ["alpha", "beta:", "gamma.", "e.g.", "| cell |", "`code`", "x" * 40, "2.4 %", "é", "[a](b)"]
            ),
            max_size=12,
        ).map(" ".join),
    ),
    max_size=40,
)


@example(lines=["", "```alpha alpha", "~~~alpha alpha alpha alpha", "```"], window=24)
@example(lines=["", "# alpha", "## alpha"], window=24)
@given(lines=LINES, window=st.integers(24, 120))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_lost_and_everything_fits(lines: list[str], window: int) -> None:
    """Every word stands in a chunk's text or in its path of headings, in order; each chunk fits."""
    numbered = [f"{line} w{number}" if number % 2 else line for number, line in enumerate(lines)]
    text = "\n".join(numbered) + "\n"
    chunks = chunks_of(text, window=window)
    seen = "\n".join("\n".join((*chunk.heading, chunk.text)) for chunk in chunks)
    assert set(words(text)) - {"b"} <= set(words(seen))
    marks = [word for word in words(text) if re.fullmatch(r"w\d+", word)]
    assert is_subsequence(marks, words(seen))
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert chunk.text.strip()
        assert count_tokens(chunk.embedded_text("Handbook")) <= window
        assert list(chunk.sentences) == sorted(chunk.sentences)
        assert all(chunk.text[start:end].strip() for start, end in chunk.sentences)
