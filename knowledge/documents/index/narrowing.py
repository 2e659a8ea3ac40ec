"""An older snapshot, narrowed to what may still be read: it may serve while the next one is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from knowledge.documents.facts import NOBODY
from knowledge.documents.index.snapshot import Snapshot


def narrowed(snapshot: Snapshot, present: Mapping[str, frozenset[str]]) -> Snapshot:
    """Returns the snapshot for those alone who may read both what it has and what is there now.

    `present` are the audiences that documents have today, by id; one that is missing is gone. Words
    of an audience from which something went are no candidates for typing mistakes any more.
    """
    numbers, firsts = np.unique(snapshot.chunk_document, return_index=True)
    ids = [json.loads(snapshot.documents[number])["id"] for number in numbers.tolist()]
    before = snapshot.chunk_audience[firsts].tolist()
    after = [
        _both(snapshot.audiences[group], present.get(document_id, NOBODY))
        for group, document_id in zip(before, ids, strict=True)
    ]
    pairs = list(zip(before, after, strict=True))
    touched = {group for group, audience in pairs if audience != snapshot.audiences[group]}
    if not touched:
        return snapshot
    groups = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    group_of = np.zeros(len(snapshot.documents), dtype=np.int32)
    group_of[numbers] = [groups[pair] for pair in pairs]
    return replace(
        snapshot,
        audiences=tuple(audience for _, audience in groups),
        chunk_audience=group_of[snapshot.chunk_document],
        vocabularies=tuple("" if group in touched else snapshot.vocabularies[group] for group, _ in groups),
        _views={},
    )


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Returns an audience that reads what both may read; empty stands for everyone."""
    if not one or not other:
        return one or other
    return one & other or NOBODY
