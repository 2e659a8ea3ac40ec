"""Reading: a source becomes a document with its chunks, or a reason why not."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from core.errors import InputError
from core.text import storable
from knowledge.documents.blocks import Block, parse_blocks
from knowledge.documents.chunking import CHUNKING, chunk_text, fitting_title
from knowledge.documents.document import Chunk, Document
from knowledge.documents.embeddings.embedding import Embedding
from knowledge.documents.facts import Facts
from knowledge.documents.loaders import Loaded, load
from knowledge.documents.outline import first_heading
from knowledge.documents.sources import Source, read_bytes
from knowledge.documents.web import fetch

_log = logging.getLogger(__name__)

LOADING = 1
"""To be raised with each change that makes another text of the same bytes."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """The bytes of a source and how they are to be read."""

    source: Source
    data: bytes
    format_name: str
    charset: str = ""
    base: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document as read; `chunks` cuts it when they are wanted."""

    document: Document
    content_hash: str
    warnings: tuple[str, ...]
    chunks: Callable[[], tuple[Chunk, ...]]


class Reader:
    """Reads documents for one embedding, whose window the chunks fit."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def open(self, source: Source) -> Content:
        """Reads the bytes.

        Raises `InputError` for what is no document, and `OSError` or `UnavailableError` for what may
        pass.
        """
        if source.path is not None:
            return Content(source=source, data=read_bytes(source.path), format_name=source.format_name)
        page = fetch(source.location)
        return Content(
            source=source,
            data=page.content,
            format_name=page.format_name,
            charset=page.charset,
            base=page.address,
        )

    def digest(self, content: Content, audience: frozenset[str]) -> str:
        """Returns what stays the same exactly as long as `read` would give the same."""
        settings = (
            *(LOADING, CHUNKING, self._embedding.name, self._embedding.window),
            *(content.format_name, content.charset, content.base, sorted(audience)),
        )
        return sha256(f"{settings}\n".encode() + content.data).hexdigest()

    def read(self, content: Content, audience: frozenset[str]) -> Reading:
        """Makes a document of the bytes; `audience` is for one that names none itself.

        Raises `InputError` with the reason where they are no document, or one without text.
        """
        loaded = _load(content)
        blocks = parse_blocks(loaded.text)
        title = self._fitting(
            loaded.facts.title or first_heading(blocks) or loaded.title or content.source.name
        )
        return Reading(
            document=_document(
                content.source,
                loaded.facts,
                title=title,
                audience=audience,
                version=self._version(title, loaded.text),
            ),
            content_hash=self.digest(content, audience),
            warnings=loaded.facts.warnings,
            chunks=lambda: self._chunks(loaded.text, blocks, title),
        )

    def _chunks(self, text: str, blocks: Sequence[Block], title: str) -> tuple[Chunk, ...]:
        embedding = self._embedding
        return chunk_text(
            text, blocks, title=title, window=embedding.window, count_tokens=embedding.count_tokens
        )

    def _fitting(self, title: str) -> str:
        plain = " ".join(storable(title).split())
        return fitting_title(plain, window=self._embedding.window, count_tokens=self._embedding.count_tokens)

    def _version(self, title: str, text: str) -> str:
        settings = (CHUNKING, self._embedding.name, self._embedding.window, title)
        return sha256(f"{settings}\n{text}".encode()).hexdigest()[:32]


def _load(content: Content) -> Loaded:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parsers warn of flaws that nobody here can mend
        try:
            loaded = load(
                content.data, format_name=content.format_name, charset=content.charset, base=content.base
            )
        except InputError:
            raise
        except Exception as error:  # whatever a parser stumbles over, the other documents go on
            _log.debug("%s can't be read", content.source.source, exc_info=error)
            raise InputError(f"can't be read as {content.format_name}; it may be damaged") from error
    if not any(character.isalnum() for character in loaded.text):
        raise EmptyError("holds no text" + (" (a scan?)" if content.format_name == "pdf" else ""))
    text = storable(loaded.text).strip("\n")
    return replace(loaded, text=f"{text}\n")


def _document(
    source: Source, facts: Facts, *, title: str, audience: frozenset[str], version: str
) -> Document:
    return Document(
        id=source.id,
        source=source.source,
        root=source.root,
        version=version,
        title=title,
        kind=facts.kind,
        owner=facts.owner,
        audience=audience if facts.audience is None else facts.audience,
        reviewed=facts.reviewed,
        review_every=facts.review_every,
        link=source.location if source.path is None else "",
    )


class EmptyError(InputError):
    """There is nothing in it to be read; nothing went wrong."""
