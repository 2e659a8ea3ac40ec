"""Markdown, plain text and reStructuredText: encodings, structure, clear refusals."""

from __future__ import annotations

import codecs

import pytest

from core.errors import InputError
from knowledge.documents.loaders import format_of_media_type, format_of_name, load


def text_of(content: bytes, format_name: str = "markdown") -> str:
    return load(content, format_name=format_name).text


GREETING = "Grüße aus Köln – naïve café\n"


@pytest.mark.parametrize(
    "content",
    [
        GREETING.encode(),
        codecs.BOM_UTF8 + GREETING.encode(),
        codecs.BOM_UTF16_LE + GREETING.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + GREETING.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + GREETING.encode("utf-32-le"),
        GREETING.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_common_encodings_are_read(content: bytes) -> None:
    assert text_of(content) == GREETING


def test_what_a_server_says_of_the_encoding_counts() -> None:
    assert load("žluť\n".encode("iso-8859-2"), format_name="text", charset="iso-8859-2").text == "žluť"


def test_line_ends_of_other_systems_become_line_feeds() -> None:
    assert text_of(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is binary"),
        (b"text\0with a null", "is binary"),
        (bytes(range(256)) * 4, "is binary"),
        (codecs.BOM_UTF16_LE + b"odd", "says it is utf-16 and is not"),
        (codecs.BOM_UTF8 + b"\xff\xff", "says it is utf-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        text_of(content)


def test_indented_paragraphs_of_plain_text_are_no_code() -> None:
    text = text_of(b"    First line.\nSecond line.\n\n        Deeper one.\n\n  - item\n", "text")
    assert text == "First line.\nSecond line.\n\nDeeper one.\n\n  - item"


def test_underlined_titles_become_headings_by_order_of_their_marks() -> None:
    text = text_of(b"=====\nTitle\n=====\n\nPart\n----\n\nText\n\nPoint\n~~~~~\n\nOther\n-----\n", "rst")
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# Title",
        "## Part",
        "### Point",
        "## Other",
    ]


def test_formats_follow_from_names_and_content_types() -> None:
    assert format_of_name("docs/A.MD") == "markdown"
    assert format_of_name("main.py") is None
    assert format_of_media_type("text/html", name="/page") == "html"
    assert format_of_media_type("text/plain", name="/README.md") == "markdown"
    assert format_of_media_type("application/octet-stream", name="/a.pdf") == "pdf"
    assert format_of_media_type("image/png", name="/a.pdf") is None
