"""A follow-up rewritten by a model, or by rule where the model can't."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from xml.sax.saxutils import escape

from core.errors import MusterError
from core.llm import ChatModel
from core.llm_errors import root_of
from knowledge.answering.follow_ups import leans_on_history, understood
from knowledge.answering.thinking import spoken
from knowledge.answering.words import stems
from knowledge.passages import Question
from prompts import Prompt, load

PROMPT = "rewrite"
TURNS = 4
"""How much of a conversation is read, from its end."""
LONGEST = 300
LONGEST_TURN = 600

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Rewriting:
    """A question as it stands alone; `prompt_digest` is that of the prompt, None where no model was asked."""

    text: str
    prompt_digest: str | None = None


def rewritten(question: Question, model: ChatModel, *, within_s: float) -> Rewriting:
    """Returns the question as it stands without its conversation; by rule if the model fails.

    What the model writes counts only if it is one line, keeps a topic, and brings in no topic that
    neither the question nor the conversation has.
    """
    if not leans_on_history(question):
        return Rewriting(text=question.text)
    prompt = load(PROMPT)
    line = _asked(question, model, prompt, within_s=within_s)
    return Rewriting(text=line or understood(question), prompt_digest=prompt.digest)


def _asked(question: Question, model: ChatModel, prompt: Prompt, *, within_s: float) -> str:
    """Returns the line that the model wrote, or nothing where it can't be taken."""
    turns = question.history[-TURNS:]
    told = "\n".join(f"Q: {turn.question}\nA: {turn.answer[:LONGEST_TURN]}" for turn in turns)
    messages = prompt.messages(question=escape(question.text), history=escape(told))
    try:
        text, whole = "", False
        for delta in model.stream(messages, within_s=within_s):
            text, whole = text + delta.text, delta.finish == "stop"
    except MusterError as error:
        _log.warning("event=rewrite_failed error=%s cause=%r", type(error).__name__, root_of(error))
        return ""
    line = spoken(text).strip().strip("\"'")
    return line if whole and _faithful(line, f"{told}\n{question.text}") else ""


def _faithful(line: str, known: str) -> bool:
    said = set(stems(line))
    return bool(said) and "\n" not in line and len(line) <= LONGEST and said <= set(stems(known))
