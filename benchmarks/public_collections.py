"""Reads a retrieval collection: a folder with corpus.jsonl, queries.jsonl and qrels.tsv."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Text:
    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Collection:
    """`relevant` says which documents answer which query, with what gain."""

    name: str
    corpus: tuple[Text, ...]
    queries: tuple[Text, ...]
    relevant: dict[str, dict[str, float]]

    @property
    def judged(self) -> list[Text]:
        return [query for query in self.queries if query.id in self.relevant]

    def only(self, titles: frozenset[str]) -> Collection:
        """Returns the part of the collection with these titles and the queries that it answers."""
        corpus = tuple(text for text in self.corpus if text.title in titles)
        here = {text.id for text in corpus}
        relevant = {query: found for query, found in self.relevant.items() if not here.isdisjoint(found)}
        queries = tuple(query for query in self.queries if query.id in relevant)
        return Collection(name=self.name, corpus=corpus, queries=queries, relevant=relevant)


def read_collection(folder: Path) -> Collection:
    relevant: dict[str, dict[str, float]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, gain = line.split("\t")
        relevant.setdefault(query, {})[document] = float(gain)
    return Collection(
        name=folder.name,
        corpus=tuple(_texts(folder / "corpus.jsonl")),
        queries=tuple(_texts(folder / "queries.jsonl")),
        relevant=relevant,
    )


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _texts(path: Path) -> Iterator[Text]:
    for row in read_jsonl(path):
        yield Text(id=str(row["_id"]), text=row["text"], title=row.get("title", ""))
