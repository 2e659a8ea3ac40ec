"""`/raci`: who owns what. What it says is for the eyes of who typed it, within the acknowledgement."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from bot.listeners import raci_draft, raci_edit, raci_import, raci_removal
from bot.listeners.events import words_of
from bot.listeners.raci_words import row_typed, subject_typed
from bot.listeners.services import Services
from bot.register_files import rows_about
from bot.views.mrkdwn import cut, escape
from bot.views.raci_owners import HISTORY, owners_view
from bot.views.raci_tables import AS_FILE, list_view, matrix_view
from bot.views.raci_upkeep import confirm_view, gaps_view, history_view, raci_help_view
from bot.views.rendered import Rendered
from core.errors import MusterError
from knowledge.registers.gaps import gaps, unconfirmed
from knowledge.registers.responsibilities import Subject

logger = logging.getLogger(__name__)

COMMAND = "/raci"
CHANGES = 20
ON_ITS_WAY = "I am sending it to you as a file, in our direct messages."


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed after the command: the words behind the verb, who, and their trigger."""

    words: str
    user: str
    trigger: str


Obey = Callable[[Typed, Services], Rendered | None]


def register(app: App, services: Services) -> None:
    """Registers the command, and the buttons that show more of the register."""

    @app.command(COMMAND)
    def on_command(ack: Ack, command: dict[str, Any]) -> None:
        services.metrics.stimuli.labels("raci").inc()
        said = obey(command, services)
        if said is None:
            ack()
        else:
            ack(response_type="ephemeral", text=said.text, blocks=list(said.blocks))

    @app.action(HISTORY)
    def on_history(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        said = history_view(services.changes.history(key=action["value"], limit=CHANGES), services.team)
        title = {"type": "plain_text", "text": "History"}
        services.calls.write(
            "views.open",
            trigger_id=body["trigger_id"],
            view={"type": "modal", "title": title, "blocks": list(said.blocks)},
        )
        ack()

    @app.action(AS_FILE)
    def on_file(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        what, _, subject = action["value"].partition(" ")
        user, key = body["user"]["id"], body["trigger_id"]
        services.uploads.send(key, user, {"what": what, "subject": subject})
        ack()


def obey(command: dict[str, Any], services: Services) -> Rendered | None:
    """Does what was typed and returns what to say at once; None where a modal has opened instead."""
    text = words_of(command.get("text", ""), bot_user_id=services.identity.bot_user_id)
    word, _, rest = text.partition(" ")
    typed = Typed(words=rest.strip(), user=command["user_id"], trigger=command["trigger_id"])
    try:
        if word.lower() in VERBS:
            return VERBS[word.lower()](typed, services)
        if not text:
            return raci_help_view()
        return who_owns(Typed(words=text, user=typed.user, trigger=typed.trigger), services)
    except MusterError as error:
        logger.info("a command was refused text=%r error=%s", text, error)
        return Rendered(text=escape(error.sentence))


def who_owns(typed: Typed, services: Services) -> Rendered:
    """Tells who is accountable and responsible for what free words mean."""
    if not typed.words:
        return Rendered(text="Who owns what? Try `/raci who-owns data quality on churn`.")
    owners = services.registers.who_owns(typed.words)
    return owners_view(owners, services.team, reader=typed.user)


def _list(typed: Typed, services: Services) -> Rendered:
    subject = _subject(typed, services)
    if subject is None and typed.words:
        return _no_subject(typed, services)
    return list_view(rows_about(subject, services.team), services.team, services.today, subject=subject)


def _matrix(typed: Typed, services: Services) -> Rendered:
    subject = _subject(typed, services)
    if subject is None and typed.words:
        return _no_subject(typed, services)
    team = services.team
    rows = rows_about(subject, team)
    if not rows:
        return list_view(rows, team, services.today, subject=subject)
    shown = matrix_view(rows, team, subject=subject)
    if shown is not None:
        return shown
    services.uploads.send(typed.trigger, typed.user, {"what": "matrix", "subject": str(subject or "")})
    return Rendered(text=f"The matrix has {len(rows):,} rows, too many for a message. {ON_ITS_WAY}")


def _export(typed: Typed, services: Services) -> Rendered:
    subject = _subject(typed, services)
    if subject is None and typed.words:
        return _no_subject(typed, services)
    services.uploads.send(typed.trigger, typed.user, {"what": "export", "subject": str(subject or "")})
    return Rendered(text=f"{len(rows_about(subject, services.team)):,} rows as CSV. {ON_ITS_WAY}")


def _gaps(typed: Typed, services: Services) -> Rendered:
    subject = _subject(typed, services)
    if subject is None and typed.words:
        return _no_subject(typed, services)
    return gaps_view(gaps(services.team, services.today, subject=subject), subject=subject)


def _confirm(typed: Typed, services: Services) -> Rendered:
    team = services.team
    person = team.person(typed.user)
    rows = unconfirmed(team, person.id, services.today) if person else []
    return confirm_view(rows, team, services.today)


def _history(typed: Typed, services: Services) -> Rendered:
    row = row_typed(typed.words, services) if typed.words else None
    key = row.key if row else typed.words
    return history_view(services.changes.history(key=key, limit=CHANGES), services.team, key=key)


def _set(typed: Typed, services: Services) -> None:
    raci_edit.open_form(typed.words, typed.user, typed.trigger, services)


def _draft(typed: Typed, services: Services) -> Rendered | None:
    subject = _subject(typed, services)
    if subject is None:
        return (
            _no_subject(typed, services)
            if typed.words
            else Rendered(text="Draft for what? `/raci draft churn`.")
        )
    return raci_draft.open_draft(subject, typed.trigger, services)


def _remove(typed: Typed, services: Services) -> Rendered | None:
    row = row_typed(typed.words, services) if typed.words else None
    if row is not None:
        raci_removal.open_question(row, typed.user, typed.trigger, services)
        return None
    if not typed.words:
        return Rendered(text="Which row? Such as `/raci remove churn / approve release`.")
    owners = services.registers.who_owns(typed.words)
    keys = [f"`{escape(cut(one.row.key, 200))}`" for one in owners.rows or owners.nearest]
    which = f" Which of these? {', '.join(keys)}" if keys else " `/raci list` shows what there is."
    return Rendered(text=f"“{escape(cut(typed.words, 150))}” is not one row.{which}")


def _import(typed: Typed, services: Services) -> None:
    raci_import.open_form(typed.trigger, services)


def _subject(typed: Typed, services: Services) -> Subject | None:
    return subject_typed(typed.words, services) if typed.words else None


def _no_subject(typed: Typed, services: Services) -> Rendered:
    known = ", ".join(f"`{escape(cut(name, 60))}`" for name in list(services.team.initiatives)[:20])
    there = f" There are {known}, `model NAME`, `dataset NAME` and `team`." if known else ""
    return Rendered(text=f"I know no subject “{escape(cut(typed.words, 150))}”.{there}")


VERBS: dict[str, Obey] = {
    "who-owns": who_owns,
    "whoowns": who_owns,
    "owns": who_owns,
    "list": _list,
    "matrix": _matrix,
    "gaps": _gaps,
    "confirm": _confirm,
    "history": _history,
    "set": _set,
    "edit": _set,
    "add": _set,
    "remove": _remove,
    "import": _import,
    "export": _export,
    "draft": _draft,
    "help": lambda _typed, _services: raci_help_view(),
}
