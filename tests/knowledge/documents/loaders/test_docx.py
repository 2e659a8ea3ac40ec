"""Word documents keep headings, lists and tables; what is none is refused with the reason."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from core.errors import InputError
from knowledge.documents.loaders import load


def document() -> bytes:
    made = docx.Document()
    made.add_heading("Release review", level=0)
    made.add_heading("Who signs", level=1)
    made.add_paragraph("Two people sign.")
    made.add_paragraph("domain expert", style="List Bullet")
    made.add_paragraph("legal reviewer", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ["Model", "Owner", "churn", "Ana"], strict=True
    ):
        cell.text = text
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def test_headings_lists_and_tables_are_kept() -> None:
    assert load(document(), format_name="docx").text == (
        "# Release review\n\n# Who signs\n\nTwo people sign.\n\n- domain expert\n- legal reviewer\n\n"
        "| Model | Owner |\n| --- | --- |\n| churn | Ana |\n"
    )


def archive(**files: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is encrypted, or of Word before 2007"),
        (b"no archive", "is no Word document, or a damaged one"),
        (document()[:-300], "is no Word document, or a damaged one"),
        (archive(other=b"x"), "is no Word document"),
        (archive(word__document=b"<broken"), "can't be read as a Word document"),
        (archive(word__document=b" " * 210 * 2**20), "unpacks to 210 MiB"),
    ],
    ids=["encrypted", "no zip", "cut off", "another zip", "broken inside", "bomb"],
)
def test_what_is_no_document_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        load(content, format_name="docx")
