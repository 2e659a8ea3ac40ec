"""Fits the confidence: python -m benchmarks.confidence FOLDER… [--cache FOLDER] [--starter].

Asks each collection its own questions and questions about what it leaves out: another collection's,
made-up ones about daily life, and, for one with several paragraphs a title (SQuAD), those about titles
that were taken out, down to single titles. Every group counts the same. The bias is moved so that 0.5
keeps 95 % of the answerable questions of each titled group. Prints the coefficients that a new fit
gives, and what those in knowledge/documents/confidence.py keep and reject. `--starter` reports the
starter pack too, on which nothing is fitted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.everyday import EVERYDAY
from benchmarks.indexing import Indexed, embed_cached, index_texts
from benchmarks.logistic import Table, fit, separation, shifted
from benchmarks.public_collections import Collection, read_collection, read_jsonl
from knowledge.documents.confidence import MINILM, WORDS_ONLY, Coefficients, Signals
from knowledge.documents.embeddings import Embedding
from knowledge.documents.embeddings.minilm import open_minilm
from knowledge.documents.index.snapshot import Snapshot
from knowledge.documents.index.words import terms
from knowledge.documents.ranking import rank
from knowledge.passages import EVERYONE

KEEP = 0.95
SAMPLE = 400
ROUNDS = 12
NAMES = [field.name for field in fields(Signals)]
WORDS = [NAMES.index("strength"), NAMES.index("coverage")]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Signals, a row a question, of those that the documents answer and of those they can't."""

    name: str
    known: Table
    absent: Table


@dataclass(frozen=True, kw_only=True)
class Bench:
    embedding: Embedding
    cache: Path | None
    scratch: Path
    numbers: Iterator[int]

    def snapshot(self, indexed: Indexed) -> Snapshot:
        return indexed.write(self.scratch / str(next(self.numbers)), embedding=self.embedding)

    def signals(self, snapshot: Snapshot, questions: Sequence[str]) -> Table:
        view = snapshot.view(EVERYONE)
        vectors = embed_cached(list(questions), self.embedding, cache=self.cache)
        found = [
            rank(snapshot, view, vector=vector, terms=terms(text), limit=10).signals
            for text, vector in zip(questions, vectors, strict=True)
        ]
        return np.array([list(asdict(signals).values()) for signals in found]).reshape(-1, len(NAMES))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps vectors between runs")
    parser.add_argument("--starter", action="store_true")
    options = parser.parse_args()
    collections = [read_collection(folder) for folder in options.folders]
    with TemporaryDirectory(prefix="muster-bench-") as scratch:
        embedding = open_minilm((options.cache or Path(scratch)) / "models")
        bench = Bench(embedding=embedding, cache=options.cache, scratch=Path(scratch), numbers=count())
        groups = [group for each in collections for group in groups_of(bench, each, collections)]
        print_fit(groups)
        shown = [*groups, starter(bench)] if options.starter else groups
        print_table(shown)


def groups_of(bench: Bench, collection: Collection, others: Sequence[Collection]) -> Iterator[Group]:
    indexed = index_texts(collection.corpus, bench.embedding, cache=bench.cache)
    if _titled(collection):
        for size in (len(_titles(collection)) // 2, 3, 1):
            yield with_titles_left_out(bench, collection, indexed, size)
        return
    foreign = [query.text for other in others if other is not collection for query in other.judged]
    absent = Random(1).sample(foreign, min(len(foreign), SAMPLE)) + EVERYDAY
    snapshot = bench.snapshot(indexed)
    own = [query.text for query in collection.judged]
    yield Group(
        name=collection.name, known=bench.signals(snapshot, own), absent=bench.signals(snapshot, absent)
    )


def with_titles_left_out(bench: Bench, collection: Collection, indexed: Indexed, size: int) -> Group:
    """Asks about kept and about left-out titles, several times over with others kept."""
    random = Random(size)
    known, absent = [], []
    for _ in range(ROUNDS if size <= 3 else 2):
        part = collection.only(frozenset(random.sample(_titles(collection), size)))
        snapshot = bench.snapshot(indexed.only(frozenset(text.id for text in part.corpus)))
        here = {query.id for query in part.queries}
        own = [query.text for query in part.judged][:SAMPLE]
        outside = [query.text for query in collection.judged if query.id not in here]
        known.append(bench.signals(snapshot, own))
        absent.append(bench.signals(snapshot, random.sample(outside, min(len(outside), 60)) + EVERYDAY))
    name = f"{collection.name}, {size} of {len(_titles(collection))} titles"
    return Group(name=name, known=np.concatenate(known), absent=np.concatenate(absent))


def starter(bench: Bench) -> Group:
    from benchmarks.answers import starter_texts  # noqa: PLC0415  # only where it is asked for

    snapshot = bench.snapshot(index_texts(starter_texts(), bench.embedding, cache=bench.cache))
    rows = list(read_jsonl(Path(__file__).parent / "starter_questions.jsonl"))
    known = [row["question"] for row in rows if row["source"]]
    absent = [row["question"] for row in rows if not row["source"]]
    return Group(
        name="starter pack (not fitted)",
        known=bench.signals(snapshot, known),
        absent=bench.signals(snapshot, absent),
    )


def print_fit(groups: Sequence[Group]) -> None:
    for name, columns in (("MINILM", list(range(len(NAMES)))), ("WORDS_ONLY", WORDS)):
        found = _fitted(groups, columns)
        full = np.zeros(len(NAMES) + 1)
        full[[*columns, len(NAMES)]] = found
        values = ", ".join(f"{key}={value:.2f}" for key, value in zip([*NAMES, "bias"], full, strict=True))
        print(f"{name} = Coefficients({values})")


def _fitted(groups: Sequence[Group], columns: list[int]) -> Table:
    """Fits on groups of one weight each, then moves the bias."""
    parts = [part[:, columns] for group in groups for part in (group.known, group.absent)]
    known = [np.full(len(part), 1.0 - at % 2) for at, part in enumerate(parts)]
    weights = [np.full(len(part), 1 / len(part)) for part in parts]
    found = fit(np.concatenate(parts), np.concatenate(known), np.concatenate(weights))
    titled = [group.known[:, columns] for group in groups if "titles" in group.name]
    return shifted(found, titled or parts[::2], keep=KEEP)


def print_table(groups: Sequence[Group]) -> None:
    print("\n| questions to | known / absent | AUROC | kept | rejected | words only: kept | rejected |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for group in groups:
        cells = [f"{len(group.known)} / {len(group.absent)}"]
        cells.append(f"{separation(_scores(group.known, MINILM), _scores(group.absent, MINILM)):.3f}")
        for coefficients in (MINILM, WORDS_ONLY):
            cells.append(f"{np.mean(_scores(group.known, coefficients) >= 0):.3f}")
            cells.append(f"{np.mean(_scores(group.absent, coefficients) < 0):.3f}")
        print(f"| {group.name} | {' | '.join(cells)} |")


def _scores(signals: Table, coefficients: Coefficients) -> Table:
    values = asdict(coefficients)
    scores: Table = signals @ np.array([values[name] for name in NAMES]) + values["bias"]
    return scores


def _titles(collection: Collection) -> list[str]:
    return sorted({text.title for text in collection.corpus})


def _titled(collection: Collection) -> bool:
    """Tells whether titles name topics of many texts, not the texts themselves."""
    return 3 < len(_titles(collection)) < len(collection.corpus) / 4


if __name__ == "__main__":
    main()
