"""The words given to models: one Markdown file a prompt, and its loader.

A file opens with a TOML head between lines of `+++` that declares its inputs; below it, each
heading `# System`, `# Human` or `# AI` opens a message. `{name}` stands for an input, `{{` for a brace.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_core.prompts import ChatPromptTemplate

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
_ROLE = re.compile(r"^# (System|Human|AI)[ \t]*$", re.MULTILINE)


class PromptError(ValueError):
    """A prompt's file is not what it should be, or it is given other inputs than it declares."""


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A prompt's words: `turns` are (role, template); `digest` is the sha256 of the whole file."""

    name: str
    inputs: tuple[str, ...]
    digest: str
    turns: tuple[tuple[str, str], ...]

    def template(self) -> ChatPromptTemplate:
        """Returns the LangChain template; raises `PromptError` if it takes other inputs than declared."""
        from langchain_core.prompts import ChatPromptTemplate  # noqa: PLC0415  # costs 0.1 to 1 s

        template = ChatPromptTemplate.from_messages(list(self.turns))
        taken = sorted(template.input_variables)
        if taken != sorted(self.inputs):
            raise PromptError(f"prompt {self.name!r} declares {sorted(self.inputs)}, its text takes {taken}")
        return template

    def messages(self, **given: str) -> list[BaseMessage]:
        """Returns the messages with the inputs put in; what they hold is not read as a template."""
        if sorted(given) != sorted(self.inputs):
            raise PromptError(f"prompt {self.name!r} takes {sorted(self.inputs)}, got {sorted(given)}")
        return self.template().format_messages(**given)


def load(name: str, folder: Path = FOLDER) -> Prompt:
    """Loads the prompt `name` from its file; a second time from memory."""
    return _load(name, folder)


@cache
def _load(name: str, folder: Path) -> Prompt:
    path = folder / f"{name}.md"
    if not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.md"))
        raise PromptError(f"there is no prompt {name!r}; there are {known}")
    raw = path.read_bytes()
    text = raw.decode().replace("\r\n", "\n")
    head = _HEAD.match(text)
    if head is None:
        raise PromptError(f"prompt {name!r} needs a TOML head between two lines of '+++'")
    inputs = tomllib.loads(head.group(1)).get("inputs")
    if not isinstance(inputs, list) or not all(isinstance(item, str) for item in inputs):
        raise PromptError(f"prompt {name!r} must declare its inputs as a list of names, got {inputs!r}")
    turns = tuple(_turns(text[head.end() :]))
    if not turns:
        raise PromptError(f"prompt {name!r} has no message: write '# System' or '# Human' above its text")
    return Prompt(name=name, inputs=tuple(inputs), digest=hashlib.sha256(raw).hexdigest(), turns=turns)


def _turns(body: str) -> Iterator[tuple[str, str]]:
    pieces = _ROLE.split(body)
    for role, text in zip(pieces[1::2], pieces[2::2], strict=True):
        yield role.lower(), text.strip()
