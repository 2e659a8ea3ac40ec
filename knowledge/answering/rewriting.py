"""A follow-up rewritten by a model, or by rule where the model can't."""

from __future__ import annotations

import logging
from xml.sax.saxutils import escape

from core.errors import MusterError
from core.llm import ChatModel
from core.llm_errors import root_of
from knowledge.answering.follow_ups import leans_on_history, understood
from knowledge.answering.words import stems
from knowledge.passages import Question
from prompts import load

PROMPT = "rewrite"
TURNS = 4
"""How much of a conversation is read, from its end."""
LONGEST = 300
LONGEST_TURN = 600

_log = logging.getLogger(__name__)


def rewritten(question: Question, model: ChatModel, *, within_s: float) -> str:
    """Returns the question as it stands without its conversation; by rule if the model fails.

    What the model writes counts only if it is one line, keeps a topic, and brings in no topic that
    neither the question nor the conversation has.
    """
    if not leans_on_history(question):
        return question.text
    turns = question.history[-TURNS:]
    told = "\n".join(f"Q: {turn.question}\nA: {turn.answer[:LONGEST_TURN]}" for turn in turns)
    messages = load(PROMPT).messages(question=escape(question.text), history=escape(told))
    try:
        text, whole = "", False
        for delta in model.stream(messages, within_s=within_s):
            text, whole = text + delta.text, delta.finish == "stop"
    except MusterError as error:
        _log.warning("event=rewrite_failed error=%s cause=%r", type(error).__name__, root_of(error))
        return understood(question)
    line = text.strip().strip("\"'")
    return line if whole and _faithful(line, f"{told}\n{question.text}") else understood(question)


def _faithful(line: str, known: str) -> bool:
    said = set(stems(line))
    return bool(said) and "\n" not in line and len(line) <= LONGEST and said <= set(stems(known))
