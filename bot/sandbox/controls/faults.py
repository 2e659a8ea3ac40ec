"""Faults on demand: what a Web API call meets instead of its answer."""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

Kind = Literal["error", "rate_limited", "http_500", "delay", "reset"]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong, where and how often.

    `method` is a name or a pattern (`chat.*`). `seconds` is the delay, or the `Retry-After`. The first `skip`
    calls pass, the next `times` meet the fault (None: all of them), each with this `probability`, drawn from
    `seed`. With `after`, the call takes effect and only its answer suffers: a message is posted, and the app
    never hears so.
    """

    kind: Kind
    method: str = "*"
    error: str = "internal_error"
    seconds: float = 1.0
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    after: bool = False


@dataclass
class _Armed:
    fault: Fault
    dice: random.Random
    met: int = 0
    passed: int = 0

    def strikes(self, method: str) -> bool:
        fault = self.fault
        if not fnmatchcase(method, fault.method) or (fault.times is not None and self.met >= fault.times):
            return False
        if self.passed < fault.skip or self.dice.random() >= fault.probability:
            self.passed += 1
            return False
        self.met += 1
        return True


class Faults:
    """The faults that wait for calls."""

    def __init__(self) -> None:
        self._armed: dict[int, _Armed] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> int:
        """Arms a fault and returns its number."""
        with self._lock:
            number = next(self._numbers)
            self._armed[number] = _Armed(fault, random.Random(fault.seed))  # noqa: S311 -- repeatable on purpose
            return number

    def draw(self, method: str) -> Fault | None:
        """Returns the fault that this call meets, the one armed first, if any."""
        with self._lock:
            return next((armed.fault for armed in self._armed.values() if armed.strikes(method)), None)

    def clear(self) -> None:
        """Disarms all."""
        with self._lock:
            self._armed.clear()

    def listed(self) -> list[dict[str, object]]:
        """Returns what is armed, with how many calls met it."""
        with self._lock:
            return [
                {"id": number, **vars(armed.fault), "met": armed.met} for number, armed in self._armed.items()
            ]
