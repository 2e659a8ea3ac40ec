"""The App Home: what Muster knows, and what it still owes the person who looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot.views.help import HELP, PLURALS
from bot.views.mrkdwn import cut, escape, moment
from bot.views.rendered import Block
from knowledge.documents.audiences import Known
from knowledge.records.threads import Exchange

LONGEST_QUESTION = 200
NOTHING = "I know no documents yet. Whoever runs me can add some: `muster ingest FOLDER`."


def home_view(
    known: Sequence[Known], open_questions: Sequence[Exchange], mine: Sequence[Block] = ()
) -> dict[str, Any]:
    """Returns the Home tab of one person: what is theirs, what they may read, their own questions."""
    blocks: list[Block] = [*mine, _header("What I know"), _section(_knows(known))]
    if open_questions:
        blocks += [_header("Your open questions"), *map(_open_question, open_questions)]
    blocks += [{"type": "divider"}, _section(HELP)]
    return {"type": "home", "blocks": blocks}


def _knows(known: Sequence[Known]) -> str:
    if not known:
        return NOTHING
    counts = Counter(each.kind for each in known)
    lines = [f"• {counts[kind]} {PLURALS[kind].lower()}" for kind in PLURALS if counts[kind]]
    return "\n".join([*lines, "`/muster sources` lists them."])


def _open_question(exchange: Exchange) -> Block:
    ask = f" · {escape(cut(exchange.ask, 80))} may know" if exchange.ask else ""
    return _section(f"“{escape(cut(exchange.question, LONGEST_QUESTION))}”\n{moment(exchange.at)}{ask}")


def _header(words: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": words}}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
