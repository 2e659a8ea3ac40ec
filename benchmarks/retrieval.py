"""Ranks public collections four ways, side by side: python -m benchmarks.retrieval FOLDER… [--cache FOLDER].

Each folder holds corpus.jsonl, queries.jsonl and qrels.tsv. Prints nDCG@10, recall@5, MRR@10 and the
milliseconds a query, its embedding included, for Muster, BM25 alone (bm25s, stemmed, stop words out),
dense alone (exact cosine), and langchain-chroma's `similarity_search` (as it comes, k=4, and with
k=10). All see the same chunks with the same vectors; a document's rank is that of its best chunk.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import bm25s
import numpy as np
import Stemmer
from langchain_chroma import Chroma
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings

from benchmarks.indexing import Indexed, index_texts
from benchmarks.public_collections import Collection, read_collection
from knowledge.documents.embeddings import Embedding
from knowledge.documents.embeddings.minilm import open_minilm
from knowledge.documents.retrieval import Documents
from knowledge.passages import Question

DEPTH = 30
"""So many chunks are asked for, that ten documents are among them."""
System = Callable[[str], Sequence[str]]
"""A question in, documents' ids out, best first, perhaps repeated."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps vectors between runs")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="muster-bench-") as scratch:
        embedding = open_minilm((options.cache or Path(scratch)) / "models")
        print("| collection | system | nDCG@10 | recall@5 | MRR@10 | ms/query |")
        print("| --- | --- | --- | --- | --- | --- |")
        for folder in options.folders:
            collection = read_collection(folder)
            indexed = index_texts(collection.corpus, embedding, cache=options.cache)
            for name, system in systems(indexed, embedding, Path(scratch) / folder.name):
                print(f"| {collection.name} | {name} | {measure(collection, system)} |", flush=True)


def systems(indexed: Indexed, embedding: Embedding, scratch: Path) -> Iterator[tuple[str, System]]:
    yield "muster", muster(indexed, embedding, scratch)
    yield "BM25", bm25(indexed)
    yield "dense", dense(indexed, embedding)
    chroma = langchain_chroma(indexed, embedding)
    yield "langchain-chroma (k=4, its default)", lambda query: ids_of(chroma.similarity_search(query))
    yield "langchain-chroma (k=10)", lambda query: ids_of(chroma.similarity_search(query, k=10))


def muster(indexed: Indexed, embedding: Embedding, scratch: Path) -> System:
    snapshot = indexed.write(scratch / "snapshot", embedding=embedding)
    documents = Documents(lambda _: snapshot, embedding)
    return lambda query: [found.source for found in documents.search(Question(text=query), limit=DEPTH)]


def bm25(indexed: Indexed) -> System:
    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> list[list[str]]:
        cut: list[list[str]] = bm25s.tokenize(
            texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return cut

    index = bm25s.BM25()
    index.index(tokens(indexed.texts), show_progress=False)
    ids = indexed.ids

    def search(query: str) -> list[str]:
        found, _ = index.retrieve(tokens([query]), k=min(DEPTH, len(ids)), show_progress=False)
        return [ids[at] for at in found[0].tolist()]

    return search


def dense(indexed: Indexed, embedding: Embedding) -> System:
    ids = indexed.ids

    vectors = indexed.vectors

    def search(query: str) -> list[str]:
        likeness = vectors @ embedding.embed([query])[0]
        return [ids[at] for at in np.argsort(-likeness, kind="stable")[:DEPTH].tolist()]

    return search


class _Ready(Embeddings):
    """Gives langchain-chroma the chunks' vectors that are there, and embeds only the questions."""

    def __init__(self, embedding: Embedding, ready: dict[str, list[float]]) -> None:
        self._embedding = embedding
        self._ready = ready

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._ready[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        numbers: list[float] = self._embedding.embed([text])[0].tolist()
        return numbers


def langchain_chroma(indexed: Indexed, embedding: Embedding) -> Chroma:
    texts = indexed.texts
    ready = dict(zip(texts, indexed.vectors.tolist(), strict=True))
    store = Chroma(collection_name=f"bench-{id(indexed)}", embedding_function=_Ready(embedding, ready))
    names = [{"id": name} for name in indexed.ids]
    for start in range(0, len(texts), 5000):
        part = slice(start, start + 5000)
        store.add_texts(texts[part], metadatas=names[part])
    return store


def ids_of(found: Iterable[LangChainDocument]) -> list[str]:
    return [document.metadata["id"] for document in found]


def measure(collection: Collection, system: System) -> str:
    """Returns the figures as cells of a table."""
    gains, recalls, ranks, times = [], [], [], []
    for query in collection.judged:
        begin = time.perf_counter()
        found = system(query.text)
        times.append(time.perf_counter() - begin)
        relevant = collection.relevant[query.id]
        best = [relevant.get(name, 0.0) for name in dict.fromkeys(found)][:10]
        gains.append(_discounted(best) / _discounted(sorted(relevant.values(), reverse=True)[:10]))
        recalls.append(sum(gain > 0 for gain in best[:5]) / len(relevant))
        ranks.append(next((1 / rank for rank, gain in enumerate(best, start=1) if gain), 0.0))
    quality = " | ".join(f"{np.mean(figures):.4f}" for figures in (gains, recalls, ranks))
    return f"{quality} | {1000 * np.median(times):.1f}"


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / float(np.log2(rank + 1)) for rank, gain in enumerate(gains, start=1))


if __name__ == "__main__":
    main()
