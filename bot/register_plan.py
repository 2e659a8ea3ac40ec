"""What `muster apply` prints: the plan, a line an entry, and the drift that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from knowledge.registers.storage import Edit
    from knowledge.registers.team_file.plan import Drift, Plan

WIDTH = 60


def print_plan(plan: Plan, *, dry_run: bool) -> None:
    """Prints what is added, changed and taken out, and what was edited elsewhere."""
    for mark, edits in (("+", plan.added), ("~", plan.changed), ("-", plan.gone)):
        for edit in edits:
            typer.echo(f"{mark} {edit.entry.kind} {edit.entry.key}{_fields(edit)}")
    for drift in plan.drift:
        typer.echo(f"! {_drift(drift, force=plan.force)}")
    verb = "would be " if dry_run else ""
    counts = f"{len(plan.added)} added, {len(plan.changed)} changed, {len(plan.gone)} gone"
    typer.echo(f"{counts}{' (a dry run: nothing was written)' if dry_run else ''}.")
    if plan.drift:
        kept = f"{verb}overwritten" if plan.force else f"{verb}kept; --force overwrites them"
        typer.echo(f"{len(plan.drift)} edited elsewhere since the last apply: {kept}.")


def _fields(edit: Edit) -> str:
    if edit.before is None or edit.after is None:
        return ""
    from knowledge.registers.forms import to_form  # noqa: PLC0415  # the command line starts at once

    before, after = to_form(edit.before), to_form(edit.after)
    changed = (
        f"\n    {name}: {short(before[name])} → {short(after[name])}"
        for name in before
        if before[name] != after[name]
    )
    return "".join(changed)


def _drift(drift: Drift, *, force: bool) -> str:
    fate = "overwritten" if force else "kept"
    if drift.field:
        said = f"{short(drift.ours)} in the register, {short(drift.theirs)} in the file"
        return f"{drift.kind} {drift.key} {drift.field}: {said} ({fate})"
    where = "removed from the register" if drift.ours is None else "edited or added in the register"
    return f"{drift.kind} {drift.key}: {where}, {'not ' * (drift.theirs is None)}in the file ({fate})"


def short(value: Any) -> str:
    """Returns a value of a form in few words."""
    if isinstance(value, list):
        text = ", ".join(short(item) for item in value) or "nobody"
    elif isinstance(value, dict):
        text = str(value["name"]) if "name" in value else ", ".join(f"{k} {v}" for k, v in value.items() if v)
    else:
        text = "nothing" if value in (None, "") else str(value)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
