"""Measures extractive answers: python -m benchmarks.answers [--squad FOLDER] [--starter] [--sample N].

SQuAD 2.0 (`corpus.jsonl` and `questions_all.jsonl`): the share of answerable questions whose answer
text stands in ours, the share of unanswerable ones refused, and the curve between the two over the
confidence from which Muster answers. The unanswerable questions were written to look answerable from
the same paragraphs; nothing is tuned on them.

The starter pack: its questions over knowledge/starter, in three parts. Those of `starter_questions.jsonl`
are split by a hash of their text into a half to tune on and one that is held out;
`starter_questions_more.jsonl` was written later, before any change, and is held out as well. Each has the
document and texts of which one has to stand in the answer. `--show` prints the answers that miss.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import frontmatter

from benchmarks.indexing import index_texts
from benchmarks.public_collections import Text, read_jsonl
from knowledge.answering.citing import Sources
from knowledge.answering.evidence import FOUND
from knowledge.answering.extractive import compose
from knowledge.documents.embeddings import Embedding
from knowledge.documents.embeddings.minilm import open_minilm
from knowledge.documents.retrieval import Documents
from knowledge.passages import Question

HERE = Path(__file__).parent
STARTER = HERE.parent / "knowledge" / "starter"
THRESHOLDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
SEED = 7


@dataclass(frozen=True, kw_only=True)
class Case:
    """A question with the document that answers it (empty: none does) and the texts that would do."""

    text: str
    source: str
    gold: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What became of one question; `first` says that the first part holds the answer already."""

    case: Case
    confidence: float
    hit: bool
    first: bool
    cited: bool
    answer: str
    ms: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--starter", action="store_true")
    parser.add_argument("--sample", type=int, default=0, help="so many of SQuAD's questions, 0 for all")
    parser.add_argument("--cache", type=Path, help="keeps vectors between runs")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="muster-bench-") as scratch:
        embedding = open_minilm((options.cache or Path(scratch)) / "models")
        if options.squad:
            documents = open_texts(
                squad_texts(options.squad), embedding, Path(scratch) / "squad", options.cache
            )
            rows = list(read_jsonl(options.squad / "questions_all.jsonl"))
            random.Random(SEED).shuffle(rows)
            asked = [ask(squad_case(row), documents) for row in rows[: options.sample or None]]
            report("SQuAD 2.0", asked, show=options.show)
        if options.starter:
            documents = open_texts(starter_texts(), embedding, Path(scratch) / "starter", options.cache)
            for name, cases in starter_sets().items():
                report(f"starter pack, {name}", [ask(case, documents) for case in cases], show=options.show)


def squad_texts(folder: Path) -> list[Text]:
    return [Text(id=r["_id"], title=r["title"], text=r["text"]) for r in read_jsonl(folder / "corpus.jsonl")]


def squad_case(row: dict[str, Any]) -> Case:
    source = "" if row["impossible"] else row["pid"]
    return Case(text=row["text"], source=source, gold=tuple(row["answers"]))


def starter_texts() -> list[Text]:
    return [_starter_text(path) for path in sorted(STARTER.rglob("*.md"))]


def _starter_text(path: Path) -> Text:
    page = frontmatter.load(str(path))
    return Text(id=path.relative_to(STARTER).as_posix(), title=str(page.get("title", "")), text=page.content)


def starter_sets() -> dict[str, list[Case]]:
    """Returns the starter pack's questions, those that are tuned on and those that are held out."""
    cases = [starter_case(row) for row in read_jsonl(HERE / "starter_questions.jsonl")]
    return {
        "tuned on": [case for case in cases if not held_out(case.text)],
        "held out": [case for case in cases if held_out(case.text)],
        "held out, further questions": [
            starter_case(row) for row in read_jsonl(HERE / "starter_questions_more.jsonl")
        ],
    }


def held_out(question: str) -> bool:
    """Tells the half of a question, the same on every machine and however many are added."""
    return sha256(question.encode()).digest()[0] % 2 == 1


def starter_case(row: dict[str, Any]) -> Case:
    return Case(text=row["question"], source=row["source"] or "", gold=tuple(row.get("answer") or ()))


def open_texts(texts: Sequence[Text], embedding: Embedding, folder: Path, cache: Path | None) -> Documents:
    snapshot = index_texts(texts, embedding, cache=cache).write(folder, embedding=embedding)
    return Documents(snapshot_of=lambda _: snapshot, embedding=embedding)


def ask(case: Case, documents: Documents) -> Asked:
    started = time.perf_counter()
    sources = Sources()
    passages = documents.search(Question(text=case.text))
    parts = list(compose(case.text, passages, sources))
    ms = (time.perf_counter() - started) * 1000
    return Asked(
        case=case,
        confidence=max((passage.confidence for passage in passages), default=0.0),
        hit=holds(" ".join(part.text for part in parts), case.gold),
        first=bool(parts) and holds(parts[0].text, case.gold),
        cited=case.source in {citation.passage.source for citation in sources.citations()},
        answer="\n".join(part.text for part in parts),
        ms=ms,
    )


def holds(text: str, gold: Sequence[str]) -> bool:
    plain = _plain(text)
    return any(_plain(answer) in plain for answer in gold)


def _plain(text: str) -> str:
    return " ".join(text.replace("**", "").replace("|", " ").lower().split())


def report(name: str, asked: Sequence[Asked], *, show: bool) -> None:
    answerable = [one for one in asked if one.case.source]
    impossible = [one for one in asked if not one.case.source]
    times = sorted(one.ms for one in asked)
    words = statistics.mean(len(one.answer.split()) for one in asked)
    said = f"{len(answerable)} answerable, {len(impossible)} unanswerable questions, {words:.0f} words each"
    print(f"\n{name}: {said}")
    print(f"p50 {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms\n")
    print("| answered from | answer stands in ours | in the first part | right document cited | refused |")
    print("| --- | --- | --- | --- | --- |")
    for threshold in THRESHOLDS:
        told = [one for one in answerable if one.confidence >= threshold]
        refused = share([one.confidence < threshold for one in impossible])
        cells = [
            sum(getattr(one, what) for one in told) / len(answerable) for what in ("hit", "first", "cited")
        ]
        mark = " (ours)" if threshold == FOUND else ""
        print(f"| {threshold}{mark} | " + " | ".join(f"{cell:.3f}" for cell in (*cells, refused)) + " |")
    for one in answerable if show else ():
        if not one.hit or one.confidence < FOUND:
            print(f"\n### {one.case.text} ({one.confidence:.2f})\n{one.answer}")


def share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    main()
