"""How much of ingest's time is embedding: its throughput against the raw embedding of the same texts.

    python -m benchmarks.ingest [FOLDER] [--documents N] [--memory N]

Ingest embeds chunks and sentences; the floor is one call that embeds exactly those texts, each as
often as it stands in the documents. Both are timed in one process, in turns, so that a noisy
machine slows both. `--memory` ingests N generated chunks with a stand-in for the embedding and
prints the peak.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from core.clock import SystemClock
from core.db import metadata, open_engine
from core.settings import load_settings
from knowledge.documents.embeddings import Embedding, open_embedding
from knowledge.documents.embeddings.fakes import HashingEmbedding
from knowledge.documents.groups import Cut
from knowledge.documents.ingest import ingest
from knowledge.documents.reading import Reader
from knowledge.documents.report import IngestReport
from knowledge.documents.sources import find_sources

STARTER = Path(__file__).resolve().parent.parent / "knowledge" / "starter"
ROUNDS = 3
WORDS = [f"word{number}" for number in range(5_000)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", default=str(STARTER))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--memory", type=int, metavar="CHUNKS", help="peak memory at so many chunks")
    arguments = parser.parse_args()
    if arguments.memory:
        measure_memory(arguments.memory)
    else:
        measure_throughput(arguments.folder, arguments.rounds)


def measure_throughput(folder: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        embedding = open_embedding(load_settings(home=Path(home)))
        embedding.embed(["warm"] * 64)
        texts = all_texts(folder, embedding)
        ratios = [measured_round(folder, embedding, texts) for _ in range(rounds)]
    print(f"texts {len(texts)}, distinct {len(set(texts))}, letters {sum(map(len, texts))}")
    print("| round | raw s | ingest s | chunks | texts embedded | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for number, (raw, taken, report) in enumerate(ratios, 1):
        counts = f"{report.chunks} | {report.embedded}"
        print(f"| {number} | {raw:.1f} | {taken:.1f} | {counts} | {raw / taken:.2f} |")


def measured_round(
    folder: str, embedding: Embedding, texts: Sequence[str]
) -> tuple[float, float, IngestReport]:
    """Returns seconds of the raw embedding and of an ingest into a new home, and its report."""
    started = time.perf_counter()
    embedding.embed(texts)
    raw = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        report = ingested(folder, Path(home), embedding)
        return raw, time.perf_counter() - started, report


def ingested(folder: str, home: Path, embedding: Embedding) -> IngestReport:
    settings = load_settings(home=home)
    home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.records_url)
    metadata.create_all(engine)
    report = ingest([folder], settings=settings, engine=engine, embedding=embedding, clock=SystemClock())
    engine.dispose()
    return report


def all_texts(folder: str, embedding: Embedding) -> list[str]:
    """Returns every text that ingest has to embed, repeated ones as often as they stand there."""
    reader, texts = Reader(embedding), []
    for source in find_sources([folder]).sources:
        try:
            reading = reader.read(reader.open(source), frozenset())
        except Exception as error:  # noqa: BLE001  # ingest names them; here they do not count
            print(f"left out: {source.source}: {error}")
            continue
        cut = Cut(document=reading.document, content_hash="", chunks=reading.chunks())
        for part in cut.texts():
            texts += part
    return texts


def measure_memory(chunks: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "docs"
        write_documents(folder, chunks)
        before = peak_mib()
        embedding = HashingEmbedding(dimensions=384)
        embedding.texts = Forgetful()
        started = time.perf_counter()
        report = ingested(str(folder), Path(place) / "home", embedding)
        taken = time.perf_counter() - started
    print(f"{report.chunks} chunks: peak {peak_mib():.0f} MiB ({before:.0f} before), {taken:.0f} s")


class Forgetful(list[list[str]]):
    """Keeps none of the texts that the stand-in would collect."""

    def append(self, item: list[str], /) -> None:
        """Forgets."""


def write_documents(folder: Path, chunks: int, per_document: int = 20) -> None:
    chance = random.Random(7)
    folder.mkdir(parents=True)
    for number in range(chunks // per_document):
        sections = (
            f"## Part {part}\n\n"
            + " ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(10))
            for part in range(per_document)
        )
        (folder / f"{number:05}.md").write_text(f"# Book {number}\n\n" + "\n\n".join(sections))


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
