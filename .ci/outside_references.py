"""Compares what Muster and its local Slack say with references that others made.

Usage: python .ci/outside_references.py CAPTURES

CAPTURES is the folder that the tests wrote with MUSTER_CAPTURES set. The references stand in a folder
beside the repository; where it is missing there is nothing to compare with, and this says so and succeeds.
Checked are:

- every payload that the tests made the bot send, against Slack's published types and documented limits;
- what the local Slack answers and sends, against the types of Slack's own client. `shape_limits.json` lists
  the findings that are limits of those types, each with its reason; one that no longer comes up fails too;
- the manifest, for Socket Mode and for HTTP, against Slack's schema;
- the local Slack's rate limits, against Slack's tiers.
"""
# ruff: noqa: T201, INP001, S603, S607  # a script that prints, and calls the tools of Node

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT.parent / "shared" / "tools"
LIMITS_OF_TYPES = Path(__file__).parent / "shape_limits.json"
TIERS = {"Tier1": {1}, "Tier2": {20}, "Tier3": {50}, "Tier4": {100}}
SPECIAL = {300, 600}
"""What the local Slack allows where Slack says "special"."""
YOUNGER_THAN_THE_LIST = {"blocks.validate"}
FINDING = re.compile(r"item \d+ \((?P<of>[\w.]+)\): (?P<says>.*)|item \d+: (?P<other>.*)")
Json = dict[str, Any]


def main() -> None:
    """Runs all checks, and exits with 1 where one fails."""
    if not TOOLS.is_dir():
        print("Outside references: none here.")
        return
    failures = [*manifest_failures(), *tier_failures()]
    if shutil.which("node"):
        with tempfile.TemporaryDirectory() as folder:
            tools = installed(Path(folder))
            failures += payload_failures(tools, Path(sys.argv[1]))
            failures += shape_failures(tools)
    else:
        failures.append("node is missing: payloads and shapes can't be checked")
    for failure in failures:
        print(f"Outside references: {failure}")
    if failures:
        sys.exit(1)


def manifest_failures() -> Iterator[str]:
    """Compares what `muster manifest` prints with Slack's schema."""
    schema = json.loads((TOOLS / "manifest.schema.2.0.0.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    for more in ([], ["--url", "https://muster.example"]):
        command = [sys.executable, "-c", "from bot.cli import main; main()", "manifest", *more]
        printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for error in validator.iter_errors(json.loads(printed)):
            yield f"manifest {' '.join(more)}: /{'/'.join(map(str, error.path))}: {error.message}"
    print("Outside references: the manifest is compared with its schema.")


def tier_failures() -> Iterator[str]:
    """Compares the local Slack's rate limits with Slack's tiers."""
    from bot.sandbox.methods.table import METHODS  # noqa: PLC0415  # only where there is something to compare

    tiers = json.loads((TOOLS / "rate_tiers.json").read_text())
    for name in sorted(set(METHODS) - set(tiers) - YOUNGER_THAN_THE_LIST):
        yield f"rate tiers: Slack's list has no {name}"
    for name in sorted(set(METHODS) & set(tiers)):
        allowed, tier = METHODS[name].tier.value, tiers[name]
        if allowed not in TIERS.get(tier, SPECIAL):
            yield f"rate tiers: {name} is {tier}, and the local Slack allows {allowed} a minute"
    print(f"Outside references: the rate tiers of {len(METHODS)} methods are compared.")


def installed(folder: Path) -> Path:
    """Returns a copy of the checkers with what they need."""
    tools = shutil.copytree(TOOLS / "blockcheck", folder / "blockcheck", copy_function=shutil.copyfile)
    tools.chmod(0o755)
    subprocess.run(["npm", "install", "--ignore-scripts", "--silent"], cwd=tools, check=True)
    return tools


def payload_failures(tools: Path, captured: Path) -> Iterator[str]:
    """Checks each different payload that the tests made the bot send."""
    payloads = list(different(captured))
    if not payloads:
        yield f"no payloads in {captured}: were the tests run with MUSTER_CAPTURES set?"
        return
    file = tools / "captures.json"
    file.write_text(json.dumps(payloads))
    command = ["node", "blockcheck.mjs", "--warnings-as-errors", file.name]
    told = subprocess.run(command, cwd=tools, capture_output=True, text=True, check=False)
    lines = (told.stdout + told.stderr).strip().splitlines()
    print(f"Outside references: {lines[-1] if lines else 'the checker says nothing'}")
    if told.returncode:
        yield from (lines[:-1] or lines or ["the checker of payloads failed and says nothing"])


def different(captured: Path) -> Iterator[Json]:
    """Yields the captures that differ in more than where and when they were sent."""
    seen: set[str] = set()
    for file in sorted(captured.glob("*.jsonl")):
        for line in file.read_text().splitlines():
            capture = json.loads(line)
            body = capture.get("body", capture)
            bare = {name: value for name, value in body.items() if name not in {"name", "ts", "thread_ts"}}
            key = json.dumps([capture.get("method"), bare], sort_keys=True)
            if key not in seen:
                seen.add(key)
                yield capture


def shape_failures(tools: Path) -> Iterator[str]:
    """Checks what the local Slack answers and sends on a tour through all its methods."""
    tour = [sys.executable, "-W", "ignore", "-m", "tests.bot.sandbox.tour", str(tools / "tour.json")]
    subprocess.run(tour, cwd=ROOT, check=True, capture_output=True)
    command = ["node", "shapecheck.mjs", "tour.json"]
    told = subprocess.run(command, cwd=tools, capture_output=True, text=True, check=False)
    lines = told.stdout.strip().splitlines()
    print(f"Outside references: {lines[-1] if lines else 'the checker of shapes says nothing'}")
    if told.stderr or not lines:
        yield f"the checker of shapes failed: {told.stderr.strip()}"
    known = json.loads(LIMITS_OF_TYPES.read_text())
    met: set[int] = set()
    for line in lines[:-1]:
        limit = next((at for at, one in enumerate(known) if is_about(one, line)), None)
        if limit is None:
            yield line
        else:
            met.add(limit)
    for at, one in enumerate(known):
        if at not in met:
            yield f"{LIMITS_OF_TYPES.name}: no longer comes up: {one['of']}: {one['says']}"


def is_about(limit: Json, line: str) -> bool:
    """Tells whether a finding is the known limit: the same method or event, and the same beginning."""
    found = FINDING.fullmatch(line)
    if found is None:
        return False
    said = found["says"] or found["other"]
    return (found["of"] or "") in limit["of"] and str(said).startswith(limit["says"])


if __name__ == "__main__":
    main()
