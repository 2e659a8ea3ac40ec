"""What a team's file says, once every name in it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.registers.team import Entry, Team

EntryKey = tuple[str, str]
"""The kind and key of an entry."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The entries of a file. `kinds` are the registers that it manages; the others it leaves alone.

    `lines` has the line of each entry.
    """

    team: Team
    kinds: frozenset[str]
    lines: Mapping[EntryKey, int] = field(default_factory=dict)

    def entries(self) -> Mapping[EntryKey, Entry]:
        """Returns the entries by kind and key."""
        return {(entry.kind, entry.key): entry for entry in self.team.entries()}
