"""Times a question in a warm process: python -m benchmarks.ask FOLDER… [--chunks N…] [--cache FOLDER].

The texts of the collections are repeated, each copy's vectors a little turned, until there are so many
chunks; some 200 of their questions are asked. Prints the milliseconds (p50 / p95) of embedding a question
alone, which is the floor, of the search and of a whole extractive answer, what mapping the snapshot
takes, the first search after it, and what memory the process has then, mapped files included.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from benchmarks.indexing import Indexed, index_texts
from benchmarks.public_collections import read_collection
from core.clock import SystemClock
from knowledge.answering.answerer import Answerer
from knowledge.documents.document import Document
from knowledge.documents.embeddings import Embedding, Vectors
from knowledge.documents.embeddings.minilm import open_minilm
from knowledge.documents.index.embedded import EmbeddedDocument
from knowledge.documents.index.snapshot import load_snapshot
from knowledge.documents.retrieval import Documents
from knowledge.passages import Question

ASKED = 200
TURN = 0.02
MEGABYTE = 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--chunks", nargs="+", type=int, default=[1000, 10_000])
    parser.add_argument("--cache", type=Path, help="keeps vectors between runs")
    options = parser.parse_args()
    collections = [read_collection(folder) for folder in options.folders]
    questions = [query.text for collection in collections for query in collection.judged]
    asked = Random(1).sample(questions, min(len(questions), ASKED))
    with TemporaryDirectory(prefix="muster-bench-") as scratch:
        models = (options.cache or Path(scratch)) / "models"
        embedding = open_minilm(models)
        texts = [text for collection in collections for text in collection.corpus]
        indexed = index_texts(texts, embedding, cache=options.cache)
        print("| chunks | embedding | search | answer | search / floor | answer / floor | map | first | MB |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for chunks in options.chunks:
            folder = Path(scratch) / str(chunks)
            repeated(indexed, chunks).write(folder, embedding=embedding)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                figures = fresh.submit(measure, folder, models, asked).result()
            print(f"| {chunks} | {figures} |", flush=True)


def repeated(indexed: Indexed, chunks: int) -> Indexed:
    """Returns as many documents as have about so many chunks, copies with ids of their own."""
    documents: list[Document] = []
    embedded: list[EmbeddedDocument] = []
    turning = np.random.default_rng(1)
    total = copy = 0
    while total < chunks:
        for document, found in zip(indexed.documents, indexed.embedded, strict=True):
            if total >= chunks:
                break
            name = f"{copy}-{len(documents)}"
            documents.append(replace(document, id=name, source=name))
            embedded.append(_copied(found, name, turning if copy else None))
            total += len(found.chunks)
        copy += 1
    return Indexed(documents=tuple(documents), embedded=tuple(embedded))


def _copied(found: EmbeddedDocument, name: str, turning: np.random.Generator | None) -> EmbeddedDocument:
    vectors = found.vectors if turning is None else _turned(found.vectors, turning)
    return replace(found, document_id=name, vectors=vectors)


def _turned(rows: Vectors, turning: np.random.Generator) -> Vectors:
    turned = rows + turning.normal(0, TURN, rows.shape).astype(np.float32)
    unit: Vectors = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    return unit


def measure(folder: Path, models: Path, asked: Sequence[str]) -> str:
    embedding: Embedding = open_minilm(models)
    begin = time.perf_counter()
    snapshot = load_snapshot(folder)
    mapped = time.perf_counter() - begin
    documents = Documents(lambda _: snapshot, embedding)
    documents.search(Question(text=asked[0]))
    first = time.perf_counter() - begin - mapped
    answerer = Answerer(sources=[documents], model=None, clock=SystemClock())
    floor = timed(lambda text: embedding.embed([text]), asked)
    search = timed(lambda text: documents.search(Question(text=text)), asked)
    answer = timed(lambda text: answerer.answer(Question(text=text)), asked)
    memory = psutil.Process().memory_info().rss / MEGABYTE
    times = " | ".join(f"{np.median(t):.1f} / {np.percentile(t, 95):.1f}" for t in (floor, search, answer))
    ratios = " | ".join(f"{np.median(t) / np.median(floor):.1f}" for t in (search, answer))
    return f"{times} | {ratios} | {1000 * mapped:.0f} | {1000 * first:.0f} | {memory:.0f}"


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Returns the milliseconds of each question, after a few to warm up."""
    for text in asked[:10]:
        ask(text)
    times = []
    for text in asked:
        begin = time.perf_counter()
        ask(text)
        times.append(1000 * (time.perf_counter() - begin))
    return times


if __name__ == "__main__":
    main()
