"""What can be said about an answer: thumbs, what was wrong, and that a person is wanted."""

from __future__ import annotations

from typing import Any

from bot.views.mrkdwn import cut, escape
from bot.views.rendered import Block, Rendered

FEEDBACK = "answer_feedback"
ASK_PERSON = "ask_a_person"
WRONG = "what_was_wrong"
WRONG_BLOCK = "wrong"
WRONG_INPUT = "words"
GOOD = "good"
BAD = "bad"
LONGEST_NOTE = 2_000


def feedback_blocks(key: str) -> list[Block]:
    """Returns the thumbs and "Ask a person" for the answer to the question with `key`."""
    return [
        {
            "type": "context_actions",
            "block_id": f"feedback:{key}"[:255],
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": FEEDBACK,
                    "positive_button": _thumb("Good answer", f"{GOOD}:{key}", "This answer helped"),
                    "negative_button": _thumb("Bad answer", f"{BAD}:{key}", "Something is wrong with it"),
                }
            ],
        },
        ask_person_block(key),
    ]


def ask_person_block(key: str) -> Block:
    """Returns the one button that brings a person in."""
    button = {
        "type": "button",
        "action_id": ASK_PERSON,
        "text": {"type": "plain_text", "text": "Ask a person"},
        "value": key,
    }
    return {"type": "actions", "block_id": f"person:{key}"[:255], "elements": [button]}


def wrong_modal(key: str, question: str) -> dict[str, Any]:
    """Returns the modal that asks what was wrong with an answer."""
    asked = f"You asked: {cut(escape(question), 1_000)}" if question else "What should the answer have said?"
    return {
        "type": "modal",
        "callback_id": WRONG,
        "private_metadata": key,
        "title": {"type": "plain_text", "text": "What was wrong?"},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": asked}},
            {
                "type": "input",
                "block_id": WRONG_BLOCK,
                "label": {"type": "plain_text", "text": "What was wrong?"},
                "element": {
                    "type": "plain_text_input",
                    "action_id": WRONG_INPUT,
                    "multiline": True,
                    "max_length": LONGEST_NOTE,
                    "placeholder": {"type": "plain_text", "text": "Out of date, beside the point, missing …"},
                },
            },
        ],
    }


def thanks(text: str) -> Rendered:
    """Returns a line that says that feedback arrived."""
    return Rendered(text=escape(text))


def _thumb(words: str, value: str, label: str) -> dict[str, Any]:
    return {
        "text": {"type": "plain_text", "text": words},
        "value": value,
        "accessibility_label": label,
    }
