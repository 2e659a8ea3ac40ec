"""Whether Muster can do its work now: what each part says of itself."""

from __future__ import annotations

from collections.abc import Callable


class Readiness:
    """Asks every part that was added; a part that raises is not ready."""

    def __init__(self) -> None:
        self._parts: dict[str, Callable[[], bool]] = {}

    def add(self, name: str, is_ready: Callable[[], bool]) -> None:
        """Adds a part by its name."""
        self._parts[name] = is_ready

    def missing(self) -> list[str]:
        """Returns the names of the parts that are not ready."""
        return [name for name, is_ready in self._parts.items() if not _holds(is_ready)]


def _holds(is_ready: Callable[[], bool]) -> bool:
    try:
        return is_ready()
    except Exception:  # noqa: BLE001  # whatever is wrong with a part, it is not ready
        return False
