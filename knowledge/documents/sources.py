"""Sources: which documents stand under the paths and addresses that ingest was given.

Folders are walked in the order of their names. Hidden files and folders and `node_modules` are
passed over; a link is followed only within its tree.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath, PurePosixPath

import httpx

from core.errors import InputError
from knowledge.documents.loaders import format_of_name

LARGEST = 20 * 1024 * 1024
"""More bytes than this are no document that somebody reads."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
PASSED_OVER = frozenset({"node_modules", "__pycache__", "__MACOSX"})


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a document is to be read from.

    `location` is its absolute path or address, `source` the same as the person wrote it, without the
    fragment of an address. `root` is
    the location of what was given to ingest. `format_name` is empty for an address: its server
    tells.
    """

    location: str
    source: str
    root: str
    path: Path | None = None
    format_name: str = ""

    @property
    def id(self) -> str:
        """Returns what tells this document from every other, run after run."""
        return document_id(self.location)

    @property
    def name(self) -> str:
        """Returns the last part of its path, without suffix, for a document without a title."""
        return PurePosixPath(httpx.URL(self.location).path if self.path is None else self.location).stem


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """What was not indexed, and why.

    `failed` is False for what never held anything to index (a picture, an empty file): nothing went
    wrong. `other` is True for a file that is no document at all and that nobody named: a folder holds
    many of them, so people hear their number only.
    """

    source: str
    reason: str
    failed: bool = True
    other: bool = False


@dataclass(frozen=True, kw_only=True)
class Root:
    """One of the paths or addresses given to ingest.

    `complete` is False where part of it could not be listed, `empty` True where nothing at all
    stands in it: in both cases what is missing in it is no proof that it is gone.
    """

    location: str
    given: str
    exists: bool = True
    complete: bool = True
    empty: bool = False


@dataclass(kw_only=True)
class Found:
    """What stands under the given paths, each document once."""

    sources: list[Source] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    roots: list[Root] = field(default_factory=list)


def document_id(location: str) -> str:
    """Returns the identity of the document at an absolute path or address."""
    return sha256(location.encode()).hexdigest()[:32]


def find_sources(paths: Sequence[str], *, leave_out: Path | None = None) -> Found:
    """Looks what there is, reading no document yet; `leave_out` is a folder that is not walked.

    Raises `InputError` for an address that is no web page's, and for a blank path.
    """
    found = Found()
    known: set[str] = set()
    for given in paths:
        part = _find(given, leave_out)
        found.roots += part.roots
        found.skipped += part.skipped
        for source in part.sources:
            if source.location not in known:
                known.add(source.location)
                found.sources.append(source)
    return found


def location_of(given: str) -> str:
    """Returns the absolute path or the address that a person wrote: the same however they wrote it.

    Raises `InputError` for a blank one: to the file system that is the current folder, to a person a
    variable of the shell that was not set.
    """
    if not given.strip():
        raise InputError(
            f"The path {given!r} is blank.", cure="Name a folder, a file or an address; . is this folder."
        )
    if "://" in given:
        return _address(given)
    path = Path(given).expanduser()
    return _shown(
        Path(os.path.realpath(path)) if path.is_dir() else Path(os.path.realpath(path.parent)) / path.name
    )


def _address(given: str) -> str:
    try:
        url = httpx.URL(given)
    except httpx.InvalidURL as error:
        raise InputError(f"{given!r} is no address: {error}.") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise InputError(f"{given!r} can't be read.", cure="Give a path, or an http or https address.")
    return str(url.copy_with(fragment=None))


def _find(given: str, leave_out: Path | None) -> Found:
    location = location_of(given)
    if "://" in given:
        source = Source(location=location, source=given.partition("#")[0], root=location)
        return Found(sources=[source], roots=[Root(location=location, given=given)])
    path = Path(given).expanduser()
    if path.is_dir():
        return _Walk(path, given=given, leave_out=leave_out).found()
    if not path.exists():
        return Found(roots=[Root(location=location, given=given, exists=False)])
    source = Source(
        location=location,
        source=_shown(path),
        root=location,
        path=path,
        format_name=format_of_name(path.name) or "text",
    )
    return Found(sources=[source], roots=[Root(location=location, given=given)])


class _Walk:
    """One walk over a folder."""

    def __init__(self, folder: Path, *, given: str, leave_out: Path | None) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._given = given
        self._shown = PurePosixPath(folder.as_posix())
        self._leave_out = os.path.realpath(leave_out) if leave_out else None
        self._sources: list[Source] = []
        self._skipped: list[Skipped] = []
        self._complete = True
        self._seen: set[str] = set()
        self._links: list[str] = []

    def found(self) -> Found:
        self._walk("")
        for link in sorted(self._links):
            self._follow(link)
        root = Root(
            location=_shown(self._folder),
            given=self._given,
            complete=self._complete,
            empty=not (self._sources or self._skipped or self._links),
        )
        self._sources.sort(key=lambda source: source.location)
        return Found(sources=self._sources, skipped=self._skipped, roots=[root])

    def _walk(self, start: str) -> None:
        """Walks a folder, given relative to the root, and those below it; links wait for later."""
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            deeper = []
            for entry in self._entries(folder):
                relative = f"{folder}/{entry.name}".lstrip("/")
                if entry.is_symlink():
                    self._links.append(relative)
                elif entry.is_dir():
                    deeper.append(relative)
                else:
                    self._file(relative, os.path.realpath(entry.path))
            waiting.extend(reversed(deeper))

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        path = self._folder / folder
        real = os.path.realpath(path)
        if real in self._seen or real == self._leave_out:
            return
        self._seen.add(real)
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._complete = False
            self._skip(folder, f"the folder can't be listed ({why(error)})")
            return
        yield from (
            entry for entry in entries if not entry.name.startswith(".") and entry.name not in PASSED_OVER
        )

    def _file(self, relative: str, real: str) -> None:
        if real in self._seen:
            return
        self._seen.add(real)
        path = self._folder / relative
        format_name = format_of_name(path.name)
        if format_name is None:
            suffix = path.suffix or "no suffix"
            reason = f"is no kind of document that Muster reads ({suffix})"
            self._skip(relative, reason, failed=False, other=True)
            return
        self._sources.append(
            Source(
                location=_shown(path),
                source=_shown(self._shown / relative),
                root=_shown(self._folder),
                path=path,
                format_name=format_name,
            )
        )

    def _follow(self, relative: str) -> None:
        """Follows a link to what the walk has not met by itself, within the tree."""
        real = os.path.realpath(self._folder / relative)
        if not Path(real).is_relative_to(self._folder):
            self._skip(relative, "is a link that leads out of the folder")
        elif Path(real).is_dir():
            self._walk(relative)
        elif Path(real).exists():
            self._file(relative, real)
        else:
            self._skip(relative, "is a link to nothing")

    def _skip(self, relative: str, reason: str, *, failed: bool = True, other: bool = False) -> None:
        source = _shown(self._shown / relative)
        self._skipped.append(Skipped(source=source, reason=reason, failed=failed, other=other))


def read_bytes(path: Path) -> bytes:
    """Reads a whole file; raises `InputError` with the reason for one that is no document.

    What may pass (no permission, a disk that fails) stays an `OSError`.
    """
    mode = path.stat()
    if not stat.S_ISREG(mode.st_mode):
        raise InputError("is no regular file")
    with path.open("rb") as file:
        content = file.read(LARGEST + 1) if mode.st_size <= LARGEST else b""
    if mode.st_size > LARGEST or len(content) > LARGEST:
        raise InputError(
            f"is too large: {max(mode.st_size, len(content)) / 2**20:.0f} MiB, at most 20 are read"
        )
    return content


def _shown(path: PurePath) -> str:
    """Returns a path as one line of text, whatever bytes are in its name."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def why(error: OSError) -> str:
    """Returns the system's own words for what went wrong."""
    return (error.strerror or "the system does not say why").lower()
