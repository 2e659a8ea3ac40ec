"""Runs the benchmarks one after the other: python -m benchmarks.run [FOLDER].

FOLDER holds public collections (`cranfield/`, `cisi/`, `squad/`, each with corpus.jsonl, queries.jsonl and
qrels.tsv). Without it, only what the repository brings is measured. Prints Markdown tables.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    folders = [path.parent for given in sys.argv[1:] for path in sorted(Path(given).glob("*/corpus.jsonl"))]
    if sys.argv[1:] and not folders:
        sys.exit(f"{sys.argv[1]} has no folder with a corpus.jsonl in it")
    with tempfile.TemporaryDirectory() as cache:
        for name, arguments in _plan([str(folder) for folder in folders], cache):
            print(f"\n## {name}\n", flush=True)
            subprocess.run(  # noqa: S603  # our own modules
                [sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=ROOT, check=True
            )


def _plan(folders: list[str], cache: str) -> list[tuple[str, list[str]]]:
    squad = [folder for folder in folders if (Path(folder) / "questions_all.jsonl").exists()]
    on_collections = [
        ("retrieval", [*folders, "--cache", cache]),
        ("confidence", [*folders, "--cache", cache, "--starter"]),
        ("ask", [*folders, "--cache", cache, "--chunks", "1000", "10000", "100000"]),
    ]
    on_squad = ["--squad", squad[0], "--cache", cache] if squad else []
    return [
        *(on_collections if folders else []),
        ("answers", [*on_squad, "--starter"]),
        ("ingest", []),
        ("ingest", ["--memory", "10000"]),
        ("cold", []),
        ("who_owns", []),
    ]


if __name__ == "__main__":
    main()
