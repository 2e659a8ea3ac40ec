"""How quick the bot is in Slack: python -m benchmarks.slack [--seconds 20] [--askers 1 10 50] [--mode http].

A local Slack runs in this process and `muster serve` in one of its own, on the starter pack. Each asker
asks in their own direct messages, waits for the answer, and thinks for a while, so that all together stay
within the 300 messages a minute that Slack takes of a workspace. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.sandbox.seed import Seed, SeedUser
from bot.sandbox.seen import Json, wait_until
from bot.sandbox.server import SandboxServer

ROOT = Path(__file__).parents[1]
MUSTER = (sys.executable, "-c", "from bot.cli import main; main()")
MESSAGES_A_MINUTE = 270
LEAST_PAUSE_S = 1.2
SETTLED_S = 5.0
IDLE_S = 10.0
PATIENCE_S = 30.0
QUESTIONS = (
    "who signs off a model before release?",
    "what do we do when a model drifts?",
    "who is responsible for data quality?",
    "how do we turn an objective into a KPI?",
    "what is asked in the sprint review?",
)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Seconds, a value a question: from its event to the acknowledgement, the status, the answer."""

    asked: int
    acknowledged: list[float]
    status: list[float]
    answered: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each number of askers asks")
    parser.add_argument("--askers", type=int, nargs="+", default=[1, 10, 50])
    parser.add_argument("--mode", choices=["socket", "http"], default="socket")
    given = parser.parse_args()
    seed = Seed(users=tuple(SeedUser(name=f"asker{number}") for number in range(max(given.askers))))
    print(f"Mode: {given.mode}, {given.seconds:.0f} s each. {load()}")
    with SandboxServer(seed) as slack, tempfile.TemporaryDirectory() as home:
        environment = environment_of(slack, Path(home), given.mode)
        run([*MUSTER, "ingest", "--starter"], environment)
        with bot(slack, environment, given.mode) as process:
            measure_rest(process)
            print(
                "| askers | questions | lost | ack p50 / p95 / p99 ms "
                "| status p50 / p95 / p99 ms | answer p50 / p95 / p99 ms |"
            )
            print("| --- | --- | --- | --- | --- | --- |")
            for askers in given.askers:
                print(row(askers, measure(slack, askers, given.seconds)), flush=True)
            print(f"\nMemory after it all: {process.memory_info().rss / 2**20:.0f} MB. {load()}")


def load() -> str:
    """Says how busy the machine is, for everything runs on it at once."""
    return f"{os.cpu_count()} cores, load {' '.join(f'{value:.1f}' for value in os.getloadavg())}."


def environment_of(slack: SandboxServer, home: Path, mode: str) -> dict[str, str]:
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "MUSTER_HOME": str(home),
        "MUSTER_LOG_LEVEL": "WARNING",
        "MUSTER_PORT": "18345",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
    }
    if mode == "socket":
        return given | {"SLACK_APP_TOKEN": slack.app_token}
    return given | {"SLACK_SIGNING_SECRET": slack.signing_secret}


def run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def bot(slack: SandboxServer, environment: dict[str, str], mode: str) -> Iterator[psutil.Process]:
    begun = time.monotonic()
    command = [*MUSTER, "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:  # noqa: S603  # our own
        try:
            wait_until(lambda: reached(slack, mode), PATIENCE_S, "the bot to serve")
            print(f"Ready {time.monotonic() - begun:.1f} s after its start.")
            yield psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE_S)


def reached(slack: SandboxServer, mode: str) -> bool:
    if mode == "socket":
        return bool(slack.get("/delivery")["connections"])
    return bool(slack.post("/app", request_url="http://127.0.0.1:18345/slack/events")["verified"])


def measure_rest(process: psutil.Process) -> None:
    time.sleep(SETTLED_S)  # the index and the embedding are read
    before = process.cpu_times()
    time.sleep(IDLE_S)
    after = process.cpu_times()
    busy = (after.user + after.system - before.user - before.system) / IDLE_S
    memory = process.memory_info().rss / 2**20
    print(f"At rest: {busy:.1%} of a core over {IDLE_S:.0f} s, {memory:.0f} MB.\n")


def measure(slack: SandboxServer, askers: int, seconds: float) -> Figures:
    slack.delete("/journal")
    until = time.monotonic() + seconds
    asked: dict[str, float] = {}
    threads = [
        threading.Thread(target=ask, args=(slack, number, askers, until, asked)) for number in range(askers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures(slack, asked)


def ask(slack: SandboxServer, number: int, askers: int, until: float, asked: dict[str, float]) -> None:
    """Asks until the time is over; all askers together keep to what Slack takes."""
    person = slack.person(f"asker{number}")
    pause = max(LEAST_PAUSE_S, askers * 60 / MESSAGES_A_MINUTE)
    time.sleep(pause * number / askers if askers > 1 else 0)
    turn = number
    while time.monotonic() < until:
        begun = time.time()
        said = person.say("@muster", QUESTIONS[turn % len(QUESTIONS)])
        asked[said.ts] = begun
        turn += 1
        time.sleep(pause)


def figures(slack: SandboxServer, asked: dict[str, float]) -> Figures:
    wait_until(lambda: len(posts(slack)) >= len(asked) or None, PATIENCE_S, "the last answers")
    answered = posts(slack)
    status = {
        call["request"].get("thread_ts", ""): call for call in slack.calls("assistant.threads.setStatus")
    }
    heard = [entry for entry in slack.deliveries() if entry["name"] == "message"]
    return Figures(
        asked=len(asked),
        acknowledged=[entry["elapsed_ms"] / 1000 for entry in heard],
        status=[done(status[ts]) - begun for ts, begun in asked.items() if ts in status],
        answered=[done(answered[ts]) - begun for ts, begun in asked.items() if ts in answered],
    )


def posts(slack: SandboxServer) -> dict[str, Json]:
    """Returns the answers' calls by the ts of the question that their key names."""
    calls = [call for call in slack.calls("chat.postMessage") if call["outcome"] == "ok"]
    return {key_of(call).rpartition(":")[2]: call for call in calls}


def key_of(call: Json) -> str:
    return str((call["request"].get("metadata") or {}).get("event_payload", {}).get("key", ""))


def done(call: Json) -> float:
    return float(call["at"]) + float(call["elapsed_ms"]) / 1000


def row(askers: int, figures: Figures) -> str:
    lost = figures.asked - len(figures.answered)
    shown = [spread(values) for values in (figures.acknowledged, figures.status, figures.answered)]
    return f"| {askers} | {figures.asked} | {lost} | " + " | ".join(shown) + " |"


def spread(values: list[float]) -> str:
    if len(values) < 2:
        return "-"
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return " / ".join(f"{cuts[at] * 1000:.0f}" for at in (49, 94, 98))


if __name__ == "__main__":
    main()
