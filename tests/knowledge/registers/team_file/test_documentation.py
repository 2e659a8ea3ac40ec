"""The documentation of the file's form, compared with the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from knowledge.registers.team_file.reading import read_team_file
from knowledge.registers.team_file.schema import TeamForm

TEXT = (Path(__file__).parents[4] / "docs" / "team-as-code.md").read_text(encoding="utf-8")


def keys_of(model: Any) -> set[str]:
    """Every key of a form and of the forms inside it."""
    found = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            found |= keys_of(inner)
    return found


def _models_in(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in _models_in(inner)]


def test_every_key_is_documented() -> None:
    known = set(re.findall(r"[a-z_]+", TEXT))
    assert keys_of(TeamForm) <= known


def test_the_example_can_be_read() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)
    team = read_team_file(example).team
    assert list(team.responsibilities) == ["churn / approve release"]
    assert team.initiatives["churn"].incomplete == ()
