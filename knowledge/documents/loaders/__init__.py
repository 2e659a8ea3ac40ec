"""Loaders: the bytes of a file become Markdown, one module a format.

Each module has `load(content, *, charset, base) -> Loaded` and raises `InputError` with the reason
where the bytes are not what their name says. `charset` is what a server said the encoding is, `base`
the address that links are relative to; both are empty for files.
"""

from __future__ import annotations

import importlib
from pathlib import PurePosixPath
from typing import Protocol, cast

from knowledge.documents.loaders.loaded import Loaded

__all__ = ["Loaded", "Loader", "format_of_media_type", "format_of_name", "load"]


class Loader(Protocol):
    """A module of this folder."""

    def load(self, content: bytes, *, charset: str = "", base: str = "") -> Loaded:
        """Returns the document that the bytes hold."""
        ...


_SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".rst": "rst",
    ".pdf": "pdf",
    ".docx": "docx",
}
_MEDIA_TYPES = {
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/x-rst": "rst",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_UNTOLD = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
"""Media types that say so little that the name of the file says more."""


def format_of_name(name: str) -> str | None:
    """Returns the format that a file's suffix promises, or None for one that is no document."""
    return _SUFFIXES.get(PurePosixPath(name).suffix.lower())


def format_of_media_type(media_type: str, *, name: str) -> str | None:
    """Returns the format that a server's content type promises, or None for one that is no document."""
    if media_type in _UNTOLD and (named := format_of_name(name)):
        return named
    return _MEDIA_TYPES.get(media_type)


def load(content: bytes, *, format_name: str, charset: str = "", base: str = "") -> Loaded:
    """Reads a document; its loader is imported only now, for some bring heavy libraries."""
    module = importlib.import_module(f"knowledge.documents.loaders.{format_name}")
    return cast("Loader", module).load(content, charset=charset, base=base)
