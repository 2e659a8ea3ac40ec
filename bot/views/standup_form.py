"""The form of a standup entry: the questions, prefilled, and the open blockers to tick off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.views.blocks import Element, View, field, modal, option, section, small, written
from bot.views.days import long_day, short_day
from bot.views.mrkdwn import escape
from bot.views.rendered import Block
from bot.views.standup import standup_value
from knowledge.records.standup_entry import StandupQuestion
from rituals.standup.desk import StandupForm

FORM = "standup_form"
ENTRY = "answer"
RESOLVED = "resolved_blockers"
LONGEST_INPUT = 3_000
MOST_TICKS = 10


def standup_form(
    form: StandupForm, answers: Mapping[str, str] | None = None, *, note: str = "", guessed: bool = False
) -> View:
    """Returns the form; `answers` (a sorted reply, to be confirmed) stand in place of what was prefilled.

    `note` is a word above the questions; `guessed` says that the words were sorted and may be misplaced.
    """
    given = form.answers if answers is None else answers
    blocks: list[Block] = [small(f"For {long_day(form.day)}. “Nothing new” is a proper answer.")]
    if guessed:
        blocks.append(section("I sorted your words into the questions; put right what I got wrong."))
    if note:
        blocks.append(section(escape(note)))
    blocks += [_question(one, given.get(one.id, "")) for one in form.questions]
    if form.blockers:
        blocks.append(_ticks(form))
    value = standup_value(form.ritual, form.day)
    return modal(FORM, "Your standup", blocks, submit="Send", metadata=value)


def read_standup_form(state: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Returns the answers by question's id and the ids of the blockers ticked off, from a view's state."""
    answers: dict[str, str] = {}
    resolved: tuple[str, ...] = ()
    for block, held in state.get("values", {}).items():
        for element in held.values():
            if block == RESOLVED:
                resolved = tuple(chosen["value"] for chosen in element.get("selected_options") or [])
            else:
                answers[block] = _value(element)
    return answers, resolved


def _question(question: StandupQuestion, answer: str) -> Block:
    element: Element
    if question.choices:
        options = {one: option(one, one) for one in question.choices}
        element = {"type": "static_select", "action_id": ENTRY, "options": [*options.values()]}
        element |= {"initial_option": options[answer]} if answer in options else {}
    elif question.kind == "number":
        element = {"type": "number_input", "action_id": ENTRY, "is_decimal_allowed": True}
        element |= {"initial_value": answer} if answer else {}
    else:
        element = written(ENTRY, answer, multiline=True, most=LONGEST_INPUT)
    hint = "One a line; say since when, and from whom." if question.kind == "blockers" else ""
    return field(question.id, question.text, element, hint=hint, optional=not question.needed)


def _ticks(form: StandupForm) -> Block:
    options = [
        option(one.text, one.id, f"since {short_day(one.since)}") for one in form.blockers[:MOST_TICKS]
    ]
    element: Element = {"type": "checkboxes", "action_id": ENTRY, "options": options}
    return field(RESOLVED, "No longer in your way", element, optional=True)


def _value(element: Mapping[str, Any]) -> str:
    if chosen := element.get("selected_option"):
        return str(chosen["value"])
    return str(element.get("value") or "")
