"""What applying a team's file would do: a pure comparison of three teams.

The register as it is, the file as it is, and what the file said when it was last applied. Whatever differs
from the last of these in the register was edited there since, in Slack: that is drift, and it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.registers.forms import from_form, to_form
from knowledge.registers.storage import Edit
from knowledge.registers.team import KINDS, Entry, Team
from knowledge.registers.team_file.wanted import EntryKey, Wanted

Form = Mapping[str, Any]
Applied = Mapping[EntryKey, Form]
"""The forms of the entries that the file had when it was last applied."""
_CONFIRMED = ("confirmed_by", "confirmed_on")
_ANSWERING = ("accountable", "responsible")


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A difference that was made in the register, not in the file. `field` is empty for a whole entry.

    `ours` is what the register says, `theirs` what the file says; None where an entry is not there.
    """

    kind: str
    key: str
    field: str
    ours: Any
    theirs: Any


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would be added, changed and taken out, and what was edited elsewhere and stays.

    With `force` the drift is overwritten: its edits are among the others, and it is still listed.
    """

    added: tuple[Edit, ...] = ()
    changed: tuple[Edit, ...] = ()
    gone: tuple[Edit, ...] = ()
    drift: tuple[Drift, ...] = ()
    force: bool = False

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Returns everything that would be written."""
        return (*self.added, *self.changed, *self.gone)

    @property
    def is_empty(self) -> bool:
        """Tells whether nothing would change."""
        return not self.edits


def plan(current: Team, wanted: Wanted, applied: Applied, *, force: bool = False) -> Plan:
    """Compares a team with its file; entries of registers that the file does not manage are left alone."""
    ours = {(entry.kind, entry.key): entry for entry in current.entries() if entry.kind in wanted.kinds}
    theirs = wanted.entries()
    edits: list[Edit] = []
    drift: list[Drift] = []
    for key in sorted({*ours, *theirs}, key=lambda key: (list(KINDS).index(key[0]), key[1])):
        after, found = _compare(key, ours.get(key), theirs.get(key), applied.get(key), force=force)
        drift += found
        if after != ours.get(key):
            edits.append(Edit(before=ours.get(key), after=after))
    return Plan(
        added=tuple(edit for edit in edits if edit.before is None),
        changed=tuple(edit for edit in edits if edit.before is not None and edit.after is not None),
        gone=tuple(edit for edit in edits if edit.after is None),
        drift=tuple(drift),
        force=force,
    )


def _compare(
    key: EntryKey, ours: Entry | None, theirs: Entry | None, base: Form | None, *, force: bool
) -> tuple[Entry | None, list[Drift]]:
    """Returns what an entry should become, and the drift found on the way."""
    if ours == theirs:
        return ours, []
    if ours is None or theirs is None:
        return _whole(key, ours, theirs, base, force=force)
    merged, found = _merged(key, to_form(ours), to_form(theirs), base or {}, force=force)
    return from_form(key[0], merged), found


def _whole(
    key: EntryKey, ours: Entry | None, theirs: Entry | None, base: Form | None, *, force: bool
) -> tuple[Entry | None, list[Drift]]:
    drifted = _was_removed(theirs, base) if ours is None else base is None or _edited(ours, base)
    if not drifted:
        return theirs, []
    found = Drift(
        kind=key[0],
        key=key[1],
        field="",
        ours=to_form(ours) if ours else None,
        theirs=to_form(theirs) if theirs else None,
    )
    return (theirs if force else ours), [found]


def _was_removed(theirs: Entry | None, base: Form | None) -> bool:
    """Tells whether an entry of the file was applied once and taken out of the register since."""
    return theirs is not None and base is not None


def _edited(ours: Entry, base: Form) -> bool:
    form = to_form(ours)
    return any(form[field] != base.get(field) for field in form if field not in _CONFIRMED)


def _merged(
    key: EntryKey, ours: Form, theirs: Form, base: Form, *, force: bool
) -> tuple[dict[str, Any], list[Drift]]:
    merged, found = dict(ours), []
    for field in ours:
        if ours[field] == theirs[field] or field in _CONFIRMED:
            continue
        drifted = field not in base or ours[field] != base[field]
        if drifted:
            found.append(Drift(kind=key[0], key=key[1], field=field, ours=ours[field], theirs=theirs[field]))
        if force or not drifted:
            merged[field] = theirs[field]
    if key[0] == "responsibility":
        merged |= _confirmation(ours, theirs, base, merged)
    return merged, found


def _confirmation(ours: Form, theirs: Form, base: Form, merged: Form) -> dict[str, Any]:
    """Returns the newer confirmation: clicking "still right" in Slack is no drift.

    The file's counts only where the file has changed it; a row with new holders loses its old one.
    """
    by, on = _CONFIRMED
    is_new = theirs[on] is not None and theirs[on] != base.get(on)
    if is_new and (ours[on] is None or theirs[on] > ours[on]):
        return {by: theirs[by], on: theirs[on]}
    same = all(ours[field] == merged[field] for field in _ANSWERING)
    return {by: ours[by], on: ours[on]} if same else {by: "", on: None}


def new_base(wanted: Wanted, applied: Applied) -> Iterator[tuple[EntryKey, Form]]:
    """Yields what is to be remembered as applied, of the registers that the file manages."""
    for key, form in applied.items():
        if key[0] not in wanted.kinds:
            yield key, form
    for key, entry in wanted.entries().items():
        yield key, to_form(entry)
