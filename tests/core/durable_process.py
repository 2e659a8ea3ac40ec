"""A process of its own that runs the durable engine until it is killed: the tests' victim.

Usage: durable_process.py HOME DATABASE_URL LOG. It starts ten workflows of two steps; each writes
a line to LOG, and the second waits long enough for somebody to kill it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from core.durable import Durable, Json

WORKFLOWS = 10


def main(home: str, database_url: str, log: str, wait_s: str) -> None:
    durable = Durable(home=Path(home), database_url=database_url)

    def note(words: str) -> Json:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(words + "\n")
        return {}

    def run(argument: Json) -> None:
        name = argument["name"]
        durable.step("first", lambda: note(f"first {name}"))
        time.sleep(float(wait_s))
        durable.step("second", lambda: note(f"second {name}"))

    durable.workflow("work", run)
    durable.launch()
    for number in range(WORKFLOWS):
        durable.start("work", str(number), {"name": str(number)})
    note(f"begun {durable.executor}")
    while True:
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
