"""Front matter: what a document says of itself above its text.

    ---
    title: Release review
    kind: playbook
    owner: Delivery lead
    audience: ["#ml-platform", "@leads"]
    reviewed: 2026-11-02
    review_every: 90 days
    ---

Each field is optional, and a wrong one costs a warning and is left out: the document is indexed all
the same. Only the audience is different, for leaving that out would show the document to everyone:
where it can't be understood, nobody reads the document until it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from knowledge.documents.facts import NOBODY, Facts, Value, read_facts

_FIELD = re.compile(r"^(title|kind|owner|reviewed|review_every)[ \t]*:[ \t]*(.+)$", re.MULTILINE)
_LOOKS_LIKE_FIELDS = re.compile(r"\A\s*(#.*\n\s*)*[\w-]+[ \t]*:", re.ASCII)
_NAMES_AN_AUDIENCE = re.compile(r"^[ \t{,\"']*audience[\"']?[ \t]*:|<<[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BARE_NAME = re.compile(
    r"^((?:audience|owner)[ \t]*:[ \t]*|[ \t]*-[ \t]+)([@#][\w.-]+)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_BARE_LIST = re.compile(r"^audience[ \t]*:[ \t]*\[.*\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_BARE_ITEM = re.compile(r"(?<=[\[,])([ \t]*)([@#][\w.-]+)[ \t]*(?=[,\]])")
UNCLOSED_LINES = 40
"""How far down an opened and never closed front matter is searched for an audience."""


class Head(NamedTuple):
    """What stands above a text: what it says, and the text itself below it."""

    facts: Facts
    text: str


def split_front_matter(text: str) -> Head:
    """Takes the front matter off a text; one without any comes back whole, with empty facts."""
    handler = YAMLHandler()
    start = text.lstrip()
    if not handler.detect(start):
        return Head(Facts(), text)
    try:
        written, body = handler.split(start)
    except ValueError:
        return Head(_unclosed(start), text)
    if not _LOOKS_LIKE_FIELDS.match(written):
        return Head(_suspicious(written), text)
    first_line = text[: text.find(written)].count("\n") + 1
    return Head(_read(written, first_line), body)


def _read(written: str, first_line: int) -> Facts:
    """Reads the YAML; a broken one is read line by line as far as it goes."""
    try:
        fields = _fields(yaml.compose(_with_quotes(written), Loader=yaml.CBaseLoader), first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark else first_line
        problem = getattr(error, "problem", None) or "it is no YAML"
        return _salvaged(written, f"line {line}: the front matter can't be read ({problem})")
    facts = read_facts(fields)
    return _nobody(facts, "a merge key (<<) may hide an audience") if "<<" in fields else facts


def _with_quotes(written: str) -> str:
    """Puts quotes round bare names: YAML takes `@leads` for an error and `#ml` for a comment."""
    quoted = _BARE_NAME.sub(r'\1"\2"', written)
    return _BARE_LIST.sub(lambda line: _BARE_ITEM.sub(r'\1"\2"', line.group()), quoted)


def _fields(node: yaml.Node | None, first_line: int) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    if not isinstance(node, yaml.MappingNode):
        return fields
    for key, value in node.value:
        name = str(key.value).strip().casefold() if isinstance(key, yaml.ScalarNode) else ""
        line = key.start_mark.line + first_line
        twice = name in fields
        fields[name] = Value(where=f"line {line}", content=None if twice else _content(value))
    return fields


def _content(node: yaml.Node) -> str | tuple[str, ...] | None:
    """Returns a text or a list of texts; None for anything else."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
        return tuple(str(one.value) for one in node.value)
    return None


def _salvaged(written: str, warning: str) -> Facts:
    fields = {
        name: Value(where="front matter", content=value.strip().strip("\"'"))
        for name, value in _FIELD.findall(written)
    }
    facts = _warned(read_facts(fields), warning)
    return _nobody(facts, "") if _NAMES_AN_AUDIENCE.search(written) else facts


def _unclosed(start: str) -> Facts:
    head = "\n".join(start.split("\n")[1:UNCLOSED_LINES])
    if not _LOOKS_LIKE_FIELDS.match(head):
        return Facts()
    facts = _warned(Facts(), "line 1: the front matter is opened with --- and never closed")
    return _nobody(facts, "") if _NAMES_AN_AUDIENCE.search(head) else facts


def _suspicious(written: str) -> Facts:
    """Judges what stands between two rules and is no front matter, unless it names an audience."""
    if not _NAMES_AN_AUDIENCE.search(written):
        return Facts()
    return _nobody(Facts(), "an audience stands between rules that are no front matter")


def _nobody(facts: Facts, why: str) -> Facts:
    said = f"{why}; " if why else ""
    return _warned(facts, f"{said}nobody may read the document until its audience is mended", NOBODY)


def _warned(facts: Facts, warning: str, audience: frozenset[str] | None = None) -> Facts:
    return facts.but(
        warnings=(*facts.warnings, warning), audience=facts.audience if audience is None else audience
    )


def meta_facts(fields: Mapping[str, str]) -> Facts:
    """Reads the same fields from a page's `<meta name=… content=…>`."""
    return read_facts(
        {name.casefold(): Value(where=f"<meta name={name}>", content=text) for name, text in fields.items()}
    )
