"""Whoever installs Muster gets every library that it imports, and not only by way of another's needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "knowledge", "rituals", "core", "prompts")
PARSER_OF_PYTHON = "html.parser"
PARTS = {"markupsafe": "jinja2", "pydantic-core": "pydantic", "starlette": "fastapi"}
"""Libraries that another one is built on, shows in its own interface, and chooses the version of."""


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call):
            yield from _parser(node)


def _parser(call: ast.Call) -> Iterator[str]:
    """Names the library behind `BeautifulSoup(…, "lxml")`, which it imports by itself."""
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    match call.args:
        case [_, ast.Constant(value=str(parser)), *_] if called == "BeautifulSoup":
            yield from () if parser == PARSER_OF_PYTHON else (parser,)


@cache
def _imported() -> dict[str, str]:
    """Returns the modules of other people that the product imports, each with a file that does."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for name in _imports(ast.parse(file.read_text())):
                found.setdefault(name.partition(".")[0], str(file.relative_to(ROOT)))
    own = {*PACKAGES, *sys.stdlib_module_names}
    return {name: file for name, file in found.items() if name not in own}


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {_normal(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]) for line in project["dependencies"]}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_a_library_imports_by_name_is_seen_too() -> None:
    assert "lxml" in _imported()


@pytest.mark.parametrize("module", sorted(_imported()))
def test_every_import_is_a_declared_dependency(module: str) -> None:
    """A development tool or another library may bring it here, and nothing there."""
    brought_by = {_normal(name) for name in packages_distributions().get(module, [])}
    brought_by = {PARTS.get(name, name) for name in brought_by}
    assert brought_by & _declared(), f"{_imported()[module]} imports {module}, of {brought_by or 'nobody'}"
