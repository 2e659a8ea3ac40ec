"""PDF: the text of its pages, with what only the page put there taken out again."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import Destination

from core.errors import InputError
from knowledge.documents.loaders.loaded import Loaded
from knowledge.documents.loaders.pages import Page, join_pages

_TOOL_TITLES = ("microsoft word", "microsoft powerpoint", "untitled", "powerpoint presentation")


def load(content: bytes, *, charset: str = "", base: str = "") -> Loaded:  # noqa: ARG001
    """Returns the pages' text as one; the outline's entries become headings where they stand.

    A PDF that is encrypted with an empty password, as many are, is read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of each flaw that it mends
    try:
        reader = _open(content)
        outline = _outline(reader)
        pages = [
            Page(text=page.extract_text() or "", headings=outline.get(number, ()))
            for number, page in enumerate(reader.pages)
        ]
        title = _title(reader)
    except InputError:
        raise
    except DependencyError as error:
        raise InputError("is encrypted in a way that can't be opened here") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        raise InputError("is no PDF, or a damaged one") from error
    except RecursionError as error:
        raise InputError("is a damaged PDF: its parts contain each other") from error
    return Loaded(text=join_pages(pages), title=title)


def _open(content: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("is encrypted with a password")
    return reader


def _title(reader: PdfReader) -> str:
    title = str((reader.metadata.title if reader.metadata else "") or "").strip()
    made_by_tool = title.lower().startswith(_TOOL_TITLES) or title.lower().endswith((".doc", ".docx", ".pdf"))
    return "" if made_by_tool else title


def _outline(reader: PdfReader) -> dict[int, tuple[tuple[int, str], ...]]:
    """Returns (level, title) of the outline's entries by the number of their page."""
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    stack: list[tuple[int, Any]] = [(1, entry) for entry in reversed(reader.outline)]
    while stack:
        level, entry = stack.pop()
        if isinstance(entry, Destination):
            number = reader.get_destination_page_number(entry)
            title = " ".join(str(entry.title or "").split())
            if number is not None and number >= 0 and title:
                found[number] = (*found.get(number, ()), (level, title))
        else:
            stack.extend((level + 1, deeper) for deeper in reversed(entry))
    return found
