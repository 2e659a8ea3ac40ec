"""Logs: one line an entry, `key=value` pairs on stderr, and no secret in any of them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

from pydantic import BaseModel, SecretStr

MASK = "***"
SHORTEST_SECRET = 6
"""Shorter settings are not masked: the mask would fall on ordinary words."""

TOKENS = re.compile(
    r"""
      xox[a-z]-[\w-]{4,}            # Slack's bot, user and legacy tokens
    | xoxe(?:\.xox[a-z])?-[\w-]{4,} # its rotating ones
    | xapp-[\w-]{4,}                # its app tokens
    | sk-[\w-]{8,}                  # OpenAI's keys
    | (?<=hooks\.slack\.com/)[\w/-]+ # a response_url speaks for its bearer
    | (?<=://)[^/\s:@]+:[^/\s@]+(?=@)  # a password in an address
    """,
    re.VERBOSE,
)
QUIET = (
    "slack_bolt",
    "slack_sdk",
    "httpx",
    "httpx2",
    "httpcore",
    "urllib3",
    "alembic",
    "chromadb",
    "apscheduler",
)
"""Libraries that tell at INFO what only their authors want to know."""


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """Returns `text` without `secrets` and without anything that looks like a token."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, MASK)
    return TOKENS.sub(MASK, text)


class LineFormatter(logging.Formatter):
    """Writes a record as one masked line: time, level, logger, and the message's own pairs."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line; an exception's trace follows as a pair with its lines joined."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"at={at} level={record.levelname.lower()} logger={record.name} {record.getMessage()}"
        if record.exc_info:
            line += f" trace={self.formatException(record.exc_info)!r}"
        return masked(" ⏎ ".join(line.splitlines()), self._secrets)


def secrets_of(settings: BaseModel) -> tuple[str, ...]:
    """Returns the values of the settings that must never be seen."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


def set_up_logs(level: str = "INFO", *, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Sends every log through one handler to `stream` (default: stderr), masked.

    `secrets` are values that must never be seen: the settings' tokens and passwords.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(secrets))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
