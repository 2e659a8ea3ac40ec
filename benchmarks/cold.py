"""Cold starts: python -m benchmarks.cold [--rounds N].

Time and peak memory of whole commands over the starter pack, each a process of its own: `muster --help`,
`muster ask`, a batch of all starter questions, and the first `muster ask` after an ingest, which maps a new
snapshot. The ratio is to an empty Python process, taken in turns.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
QUESTION = "who signs off a model before release?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    muster = str(Path(sys.executable).with_name("muster"))
    commands = {
        "an empty Python process": [sys.executable, "-c", "pass"],
        "muster --help": [muster, "--help"],
        "muster ask, one question": [muster, "ask", QUESTION],
        "muster ask --batch, 120 questions": [
            muster,
            "ask",
            "--batch",
            str(ROOT / "benchmarks" / "starter_questions.jsonl"),
        ],
    }
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MUSTER_HOME": home}
        _run([muster, "ingest", str(ROOT / "knowledge" / "starter")], environment)
        runs = [
            {name: _run(command, environment) for name, command in commands.items()} for _ in range(rounds)
        ]
    floor = statistics.median(run["an empty Python process"][0] for run in runs)
    print("| command | median s | to the empty process | peak MB |")
    print("| --- | --- | --- | --- |")
    for name in commands:
        seconds = statistics.median(run[name][0] for run in runs)
        peak = max(run[name][1] for run in runs)
        print(f"| {name} | {seconds:.2f} | {seconds / floor:.0f} x | {peak:.0f} |")


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Returns the seconds that a command took, and its peak memory in MB."""
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  # our own commands
        command, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
