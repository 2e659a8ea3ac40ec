"""The workspace's clock, and where it can be moved to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.page.screens.viewer import city, zone_of
from bot.sandbox.workspace.records import User
from bot.sandbox.workspace.state import Workspace

MOST_STOPS = 3


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Something that happens at a time to which the clock can be moved, such as the next ritual."""

    name: str
    at: datetime


Stops = Callable[[], Sequence[Stop]]


@dataclass(frozen=True, kw_only=True)
class StopLine:
    """A stop as the menu shows it."""

    name: str
    when: str
    epoch: float


@dataclass(frozen=True, kw_only=True)
class ClockFace:
    """The time as the page shows it; the page's script keeps it going."""

    epoch_ms: int
    day: str
    time: str
    zone: str
    place: str
    ahead: str
    stops: tuple[StopLine, ...]


def clock_face(workspace: Workspace, user: User, stops: Stops) -> ClockFace:
    """Returns the clock in a person's zone."""
    now = workspace.now()
    local = now.astimezone(zone_of(user.tz))
    return ClockFace(
        epoch_ms=int(now.timestamp() * 1000),
        day=f"{local:%a} {local.day} {local:%b}",
        time=f"{local:%H:%M}",
        zone=str(zone_of(user.tz)),
        place=city(user.tz),
        ahead=_ahead(workspace.clock.offset.total_seconds()),
        stops=tuple(_stop(stop, user) for stop in sorted(stops(), key=lambda s: s.at) if stop.at > now)[
            :MOST_STOPS
        ],
    )


def _stop(stop: Stop, user: User) -> StopLine:
    local = stop.at.astimezone(zone_of(user.tz))
    when = f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
    return StopLine(name=stop.name, when=when, epoch=stop.at.timestamp())


def _ahead(seconds: float) -> str:
    """Returns how far the clock was moved, in words; nothing where it was not."""
    hours = round(seconds / 3600)
    if seconds < 1:
        return ""
    days, rest = divmod(hours, 24)
    parts = [f"{days} d" if days else "", f"{rest} h" if rest else ""]
    return "moved " + (" ".join(p for p in parts if p) or f"{max(1, round(seconds / 60))} min")
