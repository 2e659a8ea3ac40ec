"""All parts of a sandbox, wired. `asgi.py` puts it on the network; nothing here opens a connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.sandbox.clock import MovableClock, movable
from bot.sandbox.controls.faults import Faults
from bot.sandbox.controls.feed import Feed
from bot.sandbox.controls.journal import Journal
from bot.sandbox.controls.rate_limits import RateLimits
from bot.sandbox.events.http_events import HttpTransport
from bot.sandbox.events.outbox import Outbox, Retries
from bot.sandbox.events.socket_mode import SocketTransport
from bot.sandbox.methods.call import Call, ok
from bot.sandbox.methods.gateway import Gateway
from bot.sandbox.methods.table import with_connections
from bot.sandbox.people.acting import Acting
from bot.sandbox.people.modals import Modals
from bot.sandbox.seed import Seed
from bot.sandbox.workspace.identity import Credentials
from bot.sandbox.workspace.keeping import Keeping
from bot.sandbox.workspace.planting import open_workspace
from bot.sandbox.workspace.records import Json
from core.clock import Clock


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a sandbox behaves. `folder` keeps the workspace; without one it ends with the process."""

    folder: Path | None = None
    request_url: str = ""
    rate_limits: bool = True
    patience: float = 3.0
    retries: Retries = field(default_factory=Retries)
    credentials: Credentials = field(default_factory=Credentials)


class Sandbox:
    """A local Slack: the workspace, the Web API, the way to the app, and what developers turn."""

    def __init__(self, seed: Seed, clock: Clock | None, base_url: str, options: Options) -> None:
        keeping = Keeping(options.folder)
        self.clock: MovableClock = movable(clock)
        self.workspace = open_workspace(
            seed, self.clock, keeping, credentials=options.credentials, base_url=base_url
        )
        self.journal = Journal()
        self.faults = Faults()
        self.limits = RateLimits(enabled=options.rate_limits)
        self.feed = Feed()
        self.sockets = SocketTransport(self.workspace, patience=options.patience)
        self.http = HttpTransport(options.credentials.signing_secret, patience=options.patience)
        self.http.url = options.request_url
        self.outbox = Outbox(
            self.workspace, self.journal, http=self.http, sockets=self.sockets, retries=options.retries
        )
        self.gateway = Gateway(
            self.workspace, with_connections(self._open_connection), self.limits, self.journal
        )
        self.acting = Acting(self.workspace, self.outbox)
        self.modals = Modals(self.workspace, self.outbox)
        self.workspace.watch(self.outbox.on_change)
        self.workspace.watch(self.feed.on_change)
        self.journal.listen(self.feed.on_entry)

    def advance(self, by: timedelta) -> None:
        """Moves the workspace's clock forward, keeps that, and tells it."""
        now = self.clock.advance(by)
        self.workspace.keeping.put("clock", "offset", self.clock.offset.total_seconds())
        self.feed.on_clock(now.isoformat())

    def close(self) -> None:
        """Lets go of the log."""
        self.workspace.keeping.close()

    def _open_connection(self, call: Call) -> Json:  # noqa: ARG002 -- every handler takes the call
        return ok(url=self.sockets.open_address())
