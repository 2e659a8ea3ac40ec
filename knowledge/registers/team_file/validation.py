"""Pydantic's errors as sentences with lines."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.registers.team_file.marks import Marked
from knowledge.registers.team_file.problems import Problem, TeamFileError
from knowledge.registers.team_file.schema import TeamForm

_SENTENCES = {
    "missing": "this is needed and missing.",
    "date": "{given!r} is no day; write it like 2026-11-23.",
    "float": "{given!r} is no number; the unit has a field of its own.",
    "bool": "{given!r} is neither true nor false.",
    "literal": "{given!r} is none of {expected}.",
    "string": "a text is needed here, got {given!r}.",
    "list": "a list is needed here, a line with - for each; got {given!r}.",
    "model": "keys and values are needed here, got {given!r}.",
}
"""What is said, by the first word of pydantic's name for the error."""
_LONGEST_GIVEN = 80


def validated(marked: Marked, *, name: str) -> TeamForm:
    """Returns the file's form; raises `TeamFileError` with every mistake and its line."""
    try:
        return TeamForm.model_validate(marked.value)
    except ValidationError as error:
        raise TeamFileError(name, list(_problems(error, marked))) from None


def _problems(error: ValidationError, marked: Marked) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        place = tuple(item["loc"])
        yield Problem(line=marked.line(place), words=f"{_where(place)}{_words(item, place)}")


def _where(place: tuple[int | str, ...]) -> str:
    said = [f"{part + 1}." if isinstance(part, int) else str(part) for part in place]
    return f"{' '.join(said)}: " if said else ""


def _words(item: ErrorDetails, place: tuple[int | str, ...]) -> str:
    if item["type"] == "extra_forbidden":
        return f"there is no key {place[-1]!r}{_meant(place)}."
    sentence = _SENTENCES.get(item["type"].split("_")[0], "{said}, got {given!r}.")
    given = item["input"]
    if isinstance(given, str):
        given = given[:_LONGEST_GIVEN]
    elif given is not None:
        given = type(given).__name__
    return sentence.format(given=given, expected=item.get("ctx", {}).get("expected", ""), said=item["msg"])


def _meant(place: tuple[int | str, ...]) -> str:
    near = get_close_matches(str(place[-1]), sorted(_keys_at(place[:-1])), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _keys_at(place: tuple[int | str, ...]) -> set[str]:
    model: Any = TeamForm
    for part in place:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        model = _model_in(field.annotation) if field else None
        if model is None:
            return set()
    return set(model.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None
