"""The intake: source after source is read, compared with what the index has, and grouped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.errors import InputError, UnavailableError
from knowledge.documents.catalogue import Listed
from knowledge.documents.document import Document
from knowledge.documents.embeddings.embedding import Embedding
from knowledge.documents.groups import GROUP_CHUNKS, Cut, embed_group
from knowledge.documents.headway import Headway
from knowledge.documents.reading import Content, EmptyError, Reader, Reading
from knowledge.documents.report import OnProgress, Warned
from knowledge.documents.roots import Audiences, audience_at, is_under
from knowledge.documents.sources import Skipped, Source, why
from knowledge.documents.switch import Switch
from knowledge.documents.web import GoneError

UPDATES_AT_ONCE = 500
NO_PASSAGES = "has a heading and no text under it, so no question will ever find it"


@dataclass(kw_only=True)
class Tally:
    """What became of the sources. `kept` are the ids of documents that stay in the index."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    chunks: int = 0
    embedded: int = 0


class Intake:
    """One run's way from sources to the switch.

    `rows` is what the index has, by id. With `afresh` each document is embedded again, whether
    anything about it is new or not.
    """

    def __init__(
        self,
        switch: Switch,
        embedding: Embedding,
        *,
        rows: Mapping[str, Listed],
        audiences: Audiences,
        afresh: bool,
        now: datetime,
        progress: OnProgress,
    ) -> None:
        self.tally = Tally()
        self._switch = switch
        self._embedding = embedding
        self._reader = Reader(embedding)
        self._rows = rows
        self._audiences = audiences
        self._afresh = afresh
        self._now = now
        self._progress = progress
        self._group: list[Cut] = []
        self._updates: list[Listed] = []
        self._headway = Headway()

    def take_in(self, sources: Sequence[Source]) -> Tally:
        """Takes in all sources; those of a group that is switched are in the index from then on."""
        self._headway = Headway.at_start(sources)
        for source in sources:
            self._tell(source.source)
            self._take(source)
            if sum(len(cut.chunks) for cut in self._group) >= GROUP_CHUNKS:
                self._embed()
            if len(self._updates) >= UPDATES_AT_ONCE:
                self._update()
        self._embed()
        self._update()
        return self.tally

    def _take(self, source: Source) -> None:
        content = self._opened(source)
        if content is None:
            self._headway.pass_by(source.id)
            return
        audience = audience_at(source.location, self._audiences)
        old = self._rows.get(source.id)
        if old and not self._afresh and old.content_hash == self._reader.digest(content, audience):
            self._keep(old, replace(old.document, source=source.source, root=_root(source, old)))
            return
        try:
            reading = self._reader.read(content, audience)
        except InputError as error:
            self._skip(source, str(error), failed=not isinstance(error, EmptyError))
            self._headway.pass_by(source.id)
            return
        self.tally.warnings += (Warned(source=source.source, warning=text) for text in reading.warnings)
        self._compare(old, reading, replace(reading.document, root=_root(source, old)))

    def _opened(self, source: Source) -> Content | None:
        """Reads the bytes; a document whose file can't be read just now stays as it is."""
        try:
            return self._reader.open(source)
        except GoneError as error:
            self._gone(source, str(error))
        except InputError as error:
            self._skip(source, str(error))
        except UnavailableError as error:
            self._skip(source, str(error))
            self.tally.kept.add(source.id)
        except OSError as error:
            self._skip(source, f"can't be read ({why(error)})")
            self.tally.kept.add(source.id)
        return None

    def _keep(self, old: Listed, document: Document) -> None:
        """Keeps what is unchanged; how the person wrote its path may be new all the same."""
        self.tally.kept.add(document.id)
        self.tally.unchanged += 1
        self.tally.chunks += old.chunks
        self._headway.keep(document.id)
        if document != old.document:
            self._updates.append(replace(old, document=document))

    def _compare(self, old: Listed | None, reading: Reading, document: Document) -> None:
        """Embeds a document with another text; one that says only something else of itself is noted."""
        self.tally.kept.add(document.id)
        if old is None or self._afresh or old.document.version != document.version:
            self._group.append(
                Cut(document=document, content_hash=reading.content_hash, chunks=reading.chunks())
            )
            self._warn_of_silence(document, len(self._group[-1].chunks))
            return
        self._warn_of_silence(document, old.chunks)
        self.tally.chunks += old.chunks
        self._headway.keep(document.id)
        if document == old.document:
            self.tally.unchanged += 1
        else:
            self.tally.changed.append(document.source)
        self._updates.append(
            Listed(
                document=document,
                content_hash=reading.content_hash,
                chunks=old.chunks,
                ingested_at=self._now,
            )
        )

    def _embed(self) -> None:
        group, self._group = self._group, []
        if not group:
            return
        last = group[-1].document.source
        ids = [cut.document.id for cut in group]
        embedded, count = embed_group(
            group, self._embedding, tick=lambda share: self._tell(last, ids, share=share)
        )
        self._switch.put(embedded, [self._row(cut) for cut in group])
        self.tally.embedded += count
        for cut in group:
            self.tally.chunks += len(cut.chunks)
            known = self.tally.changed if cut.document.id in self._rows else self.tally.added
            known.append(cut.document.source)
        self._headway.keep(*ids)
        self._tell(last)

    def _update(self) -> None:
        if self._updates:
            self._switch.update(self._updates)
        self._updates = []

    def _row(self, cut: Cut) -> Listed:
        return Listed(
            document=cut.document,
            content_hash=cut.content_hash,
            chunks=len(cut.chunks),
            ingested_at=self._now,
        )

    def _skip(self, source: Source, reason: str, *, failed: bool = True) -> None:
        self.tally.skipped.append(Skipped(source=source.source, reason=reason, failed=failed))

    def _gone(self, source: Source, reason: str) -> None:
        """Lets a page go that the index has; one that it never had was asked for in vain."""
        if source.id in self._rows:
            text = f"{reason} any more: it leaves the index"
            self.tally.warnings.append(Warned(source=source.source, warning=text))
        else:
            self._skip(source, reason)

    def _warn_of_silence(self, document: Document, chunks: int) -> None:
        if not chunks:
            self.tally.warnings.append(Warned(source=document.source, warning=NO_PASSAGES))

    def _tell(self, source: str, ids: Sequence[str] = (), *, share: float = 0.0) -> None:
        """Tells how far the run is, with a share of the documents in `ids` on top of what is done."""
        self._progress(self._headway.progress(source, ids, share, holds=self._switch.holds))


def _root(source: Source, old: Listed | None) -> str:
    """Returns the narrowest root that brought a document: each ingest of it or above may take it out."""
    return old.document.root if old and is_under(old.document.root, source.root) else source.root
