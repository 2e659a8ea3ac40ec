"""Word documents: by way of HTML, so that headings, lists and tables are what they were."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import mammoth
from bs4 import BeautifulSoup

from core.errors import InputError
from knowledge.documents.loaders.html import markdown_of
from knowledge.documents.loaders.loaded import Loaded

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_LARGEST_UNPACKED = 200 * 1024 * 1024


def load(content: bytes, *, charset: str = "", base: str = "") -> Loaded:  # noqa: ARG001
    """Returns the document's text, without its pictures."""
    _check(content)
    try:
        html = mammoth.convert_to_html(
            BytesIO(content), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {})
        ).value
    except Exception as error:
        raise InputError("can't be read as a Word document; it may be damaged") from error
    return Loaded(text=markdown_of(BeautifulSoup(html, "lxml")))


def _check(content: bytes) -> None:
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise InputError("is encrypted, or of Word before 2007; save it as .docx without a password")
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except (BadZipFile, ValueError) as error:
        raise InputError("is no Word document, or a damaged one") from error
    if unpacked > _LARGEST_UNPACKED:
        raise InputError(f"unpacks to {unpacked // 2**20} MiB, more than {_LARGEST_UNPACKED // 2**20}")
    if "word/document.xml" not in names and "[Content_Types].xml" not in names:
        raise InputError("is no Word document")
