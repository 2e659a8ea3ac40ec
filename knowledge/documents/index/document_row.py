"""A row of the table `documents` as the value that it stands for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from knowledge.documents.document import Document


def document_of(row: Row[Any]) -> Document:
    """Returns the document of a whole row of `documents`."""
    days = row.review_every_days
    return Document(
        id=row.id,
        source=row.source,
        root=row.root,
        version=row.version,
        title=row.title,
        kind=row.kind,
        owner=row.owner,
        audience=frozenset(row.audience),
        reviewed=row.reviewed,
        review_every=timedelta(days=days) if days else None,
        link=row.link,
    )
