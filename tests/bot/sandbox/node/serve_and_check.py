"""Starts a sandbox for the official Node client to check; by hand, after `npm install` in this folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.sandbox.server import SandboxServer
from tests.bot.sandbox.conftest import SEED


def main() -> int:
    """Returns the exit code of the check."""
    with SandboxServer(SEED, rate_limits=False) as sandbox:
        script = Path(__file__).with_name("check.mjs")
        command = ["node", str(script), sandbox.base_url, sandbox.bot_token]
        return subprocess.run(command, check=False).returncode  # noqa: S603  # our own script


if __name__ == "__main__":
    sys.exit(main())
