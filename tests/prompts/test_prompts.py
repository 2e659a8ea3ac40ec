"""Prompts are files that declare their inputs."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

import prompts
from prompts import FOLDER, PromptError, load

NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_each_prompt_takes_what_it_declares(name: str) -> None:
    prompt = load(name)
    assert sorted(prompt.template().input_variables) == sorted(prompt.inputs)
    assert prompt.digest == sha256((FOLDER / f"{name}.md").read_bytes()).hexdigest()


def test_there_are_prompts_to_check() -> None:
    assert {"answer", "rewrite"} <= set(NAMES)


def test_a_wrong_input_is_an_error_that_quotes_both_lists() -> None:
    with pytest.raises(PromptError, match=r"prompt 'answer' takes \['passages', 'question'\], got \[\]"):
        load("answer").messages()
    with pytest.raises(PromptError, match=r"got \['more', 'passages', 'question'\]"):
        load("answer").messages(question="a", passages="b", more="c")


def test_what_an_input_holds_is_not_read_as_a_template() -> None:
    *_, human = load("answer").messages(question="{passages} {x.__class__}", passages="{question}")
    assert "{passages} {x.__class__}" in str(human.content)
    assert "{question}" in str(human.content)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no head", "TOML head"),
        ("+++\ninputs = 'question'\n+++\n# Human\n{question}", "list of names"),
        ("+++\ninputs = []\n+++\nno role", "no message"),
        ("+++\ninputs = []\n+++\n# Human\n{question}", "declares [], its text takes ['question']"),
    ],
)
def test_a_file_that_is_no_prompt_says_why(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "odd.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError) as caught:
        prompts.load("odd", tmp_path).template()
    assert words in str(caught.value)


def test_an_unknown_prompt_names_those_there_are() -> None:
    with pytest.raises(PromptError, match="'answer', 'rewrite'"):
        load("anwser")
