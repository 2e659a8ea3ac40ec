"""Leaving: which documents go out of the index because they are no longer where they were.

What is missing goes only where it is certain that it is gone: a folder that could not be listed
whole, or in which nothing is left, may be a disk that is not mounted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from core.errors import InputError, NotFoundError
from knowledge.documents.catalogue import Listed
from knowledge.documents.roots import is_under
from knowledge.documents.sources import Root, Skipped, document_id

_NAMED = 5
"""So many paths are named in an error; of more, the number is enough."""

Rows = Mapping[str, Listed]


def leaving(
    roots: Sequence[Root], rows: Rows, *, kept: Collection[str]
) -> tuple[list[Listed], list[Skipped]]:
    """Returns the rows that go, and a reason for each root whose missing documents stay."""
    gone: dict[str, Listed] = {}
    withheld = []
    for root in roots:
        missing = {key: row for key, row in _of(root, rows).items() if key not in kept}
        if missing and (root.empty or not root.complete):
            what = "holds nothing any more" if root.empty else "could not be listed whole"
            reason = f"the folder {what}: its {len(missing)} missing documents stay in the index"
            withheld.append(Skipped(source=root.given, reason=f"{reason} (muster documents remove)"))
        else:
            gone |= missing
    return list(gone.values()), withheld


def require_paths(roots: Sequence[Root], rows: Rows) -> None:
    """Raises where a path is not there, unless it is that of a document, which then just goes."""
    for root in roots:
        if root.exists or document_id(root.location) in rows:
            continue
        if known := _of(root, rows):
            raise InputError(
                f"There is no {root.given!r} any more, and {len(known)} documents came from it.",
                cure=f"Mount it, or take them out: muster documents remove {root.given}",
            )
        raise NotFoundError(f"There is no file or folder {root.given!r}.", cure="Check the path.")


def require_all(roots: Sequence[Root], rows: Rows) -> None:
    """Raises where the roots do not bring all documents: another embedding takes over all or nothing."""
    brought = {key for root in roots if root.complete and not root.empty for key in _of(root, rows)}
    others = sorted({row.document.root for key, row in rows.items() if key not in brought})
    if others:
        named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if others[_NAMED:] else "")
        raise InputError(
            f"Another embedding made the index, and these paths do not bring all of it: {named} is missing.",
            cure="Name all paths in one muster ingest --re-embed, or remove what is not wanted.",
        )


def _of(root: Root, rows: Rows) -> dict[str, Listed]:
    own = document_id(root.location)
    return {key: row for key, row in rows.items() if key == own or is_under(row.document.root, root.location)}
