"""PDF: the pages' text without what only the page put there."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from core.errors import InputError
from knowledge.documents.loaders import load
from knowledge.documents.loaders.pages import Page, join_pages, mend_words


def pdf(*pages: list[str], title: str = "", outline: dict[int, str] | None = None) -> bytes:
    written = BytesIO()
    canvas = Canvas(written, pageCompression=0)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages):
        if name := (outline or {}).get(number):
            canvas.bookmarkPage(name)
            canvas.addOutlineEntry(name, name, level=0)
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - row * 16, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(["secret text"]))))
    writer.encrypt(password, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_running_heads_are_said_once_and_page_numbers_never() -> None:
    words = ["one", "two", "three", "four"]
    pages = [
        ["Harbour Mobile", "Draft", f"Rule {word}.", "It holds.", "Always.", "Signed", f"Page {n} of 4"]
        for n, word in enumerate(words, 1)
    ]
    assert load(pdf(*pages), format_name="pdf").text == (
        "Harbour Mobile\nDraft\nRule one.\nIt holds.\nAlways.\nSigned\n"
        + "".join(f"Rule {word}.\nIt holds.\nAlways.\n" for word in words[1:])
    )


def test_outline_entries_become_headings() -> None:
    made = pdf(
        ["Release review", "Two people sign."],
        ["Rollback", "One may."],
        outline={0: "Release review", 1: "Rollback"},
        title="Handbook",
    )
    loaded = load(made, format_name="pdf")
    assert loaded.text == "# Release review\n\nTwo people sign.\n\n# Rollback\n\nOne may.\n"
    assert loaded.title == "Handbook"


def test_title_of_the_tool_that_wrote_it_is_none() -> None:
    assert load(pdf(["text"], title="Microsoft Word - draft.docx"), format_name="pdf").title == ""


def test_broken_words_are_whole_again_and_true_hyphens_stay() -> None:
    assert mend_words("an exam-\nple here") == "an example here"
    assert (
        mend_words("a state-\nof-the-art one, state-of-the-art") == "a state-of-the-art one, state-of-the-art"
    )
    assert mend_words("from 2024-\n2025 and A-\nB") == "from 2024-\n2025 and A-\nB"


def test_lines_that_look_like_marks_stay_text() -> None:
    text = join_pages([Page(text="# of users\n• first\n    indented\n====")])
    assert text == "\\# of users\n- first\nindented\n\\====\n"


def test_empty_password_is_no_obstacle() -> None:
    assert "secret text" in load(encrypted(""), format_name="pdf").text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (encrypted("geheim"), "is encrypted with a password"),
        (b"%PDF-1.7 nothing more", "is no PDF, or a damaged one"),
        (b"", "is no PDF, or a damaged one"),
        (b"no pdf at all", "is no PDF, or a damaged one"),
    ],
    ids=["encrypted", "cut off", "empty", "other"],
)
def test_what_can_not_be_opened_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        load(content, format_name="pdf")
