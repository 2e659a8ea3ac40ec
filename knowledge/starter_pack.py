"""Where the starter pack lies: playbooks, role descriptions and model cards to begin with."""

from __future__ import annotations

from pathlib import Path

STARTER = Path(__file__).parent / "starter"


def starter_path() -> str:
    """Returns the pack's folder as a person would write it: relative where that is shorter."""
    try:
        return str(STARTER.relative_to(Path.cwd()))
    except ValueError:
        return str(STARTER)
