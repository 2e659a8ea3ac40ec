"""The form of a row: opened, filled from the row that is there, checked, saved or proposed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.raci_options import activity_meant, holder_meant, subject_chosen
from bot.listeners.raci_proposals import propose
from bot.listeners.raci_words import row_typed, subject_typed
from bot.listeners.services import Services
from bot.views.mrkdwn import cut, escape
from bot.views.raci_form import (
    ACTIVITY,
    ACTIVITY_INPUT,
    COLUMN,
    COLUMNS,
    ROW,
    SUBJECT_INPUT,
    WHY,
    RowForm,
    digest,
    row_modal,
    saved_modal,
)
from bot.views.raci_owners import EDIT, owned_blocks
from bot.views.raci_people import holders_text, people_text, person_text
from bot.views.raci_telling import named_view
from core.errors import BusyError, MusterError, RefusedError
from core.message import Message, Person
from knowledge.registers.owning.owners import owned
from knowledge.registers.permissions import refusal
from knowledge.registers.proposing import asked_about
from knowledge.registers.registrar import BrokenRulesError, Saved
from knowledge.registers.responsibilities import Responsibility, Subject
from knowledge.registers.storage import Edit
from knowledge.registers.team import Team

Json = dict[str, Any]
MEANWHILE = (
    ":warning: Somebody changed this row meanwhile. It says now: {now}\nSave again to put yours in its place."
)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A submitted form: the row that it makes, the key it began from, and where to show what is wrong."""

    row: Responsibility
    key: str
    seen: str
    proposes: bool
    why: str
    blocks: dict[str, str]


def register(app: App, services: Services) -> None:
    """Registers the form and what opens it."""

    @app.action(EDIT)
    def on_edit(ack: Ack, body: Json, action: Json) -> None:
        open_form(action["value"], body["user"]["id"], body["trigger_id"], services)
        ack()

    @app.action(SUBJECT_INPUT)
    def on_subject(ack: Ack, body: Json) -> None:
        fill(body, services)
        ack()

    @app.action(ACTIVITY_INPUT)
    def on_activity(ack: Ack, body: Json) -> None:
        fill(body, services)
        ack()

    @app.view(ROW)
    def on_row(ack: Ack, body: Json, view: Json) -> None:
        services.metrics.stimuli.labels("raci_set").inc()
        ack(**submit(body["user"]["id"], view, services))


def open_form(words: str, user: str, trigger: str, services: Services) -> None:
    """Opens the form for the row that words mean, or an empty one for their subject."""
    row = row_typed(words, services) if words else None
    if row is not None:
        form = form_of(row, user, services)
    else:
        form = RowForm(subject=subject_typed(words, services) if words else None)
    services.calls.write("views.open", trigger_id=trigger, view=row_modal(form, services.team))


def form_of(row: Responsibility, user: str, services: Services) -> RowForm:
    """Returns the form of a row; for those who may not change it, the form of a proposal."""
    edit = Edit(before=row, after=row)
    words = refusal(services.editor(user), edit, services.team)
    notice = _notice(words, edit, services) if words else ""
    return RowForm(row=row, seen=digest(row), proposes=bool(words), notice=notice)


def _notice(words: str, edit: Edit, services: Services) -> str:
    """Returns why somebody may only propose, and whom that asks."""
    asked = people_text(asked_about(edit, services.team, services.today), services.team)
    refused = escape(words.partition(";")[0])
    return f":information_source: {refused}. What you enter goes to {asked} as a proposal."


def fill(body: Json, services: Services) -> None:
    """Puts the row that is there into the form as soon as subject and activity name one."""
    view, team = body["view"], services.team
    subject = subject_chosen(view, team)
    activity = _chosen(view, ACTIVITY, ACTIVITY_INPUT)
    rows = [row for row in team.responsibilities.values() if row.about == subject]
    row = next((row for row in rows if row.activity == activity_meant(activity, rows)), None)
    if row is not None:
        shown = row_modal(form_of(row, body["user"]["id"], services), team)
        services.calls.write("views.update", view_id=view["id"], hash=view["hash"], view=shown)


def submit(user: str, view: Json, services: Services) -> Json:
    """Saves or proposes what was entered; returns the acknowledgement: errors at fields, or what to show."""
    try:
        entered = _entered(view, services)
        current = services.team.responsibilities.get(entered.row.key)
        if digest(current) != entered.seen:
            return _updated(_meanwhile(entered, current, user, services), services.team)
        if entered.proposes:
            return propose(current, entered.row, user, services, why=entered.why)
        return _save(entered, current, user, services)
    except BrokenRulesError as error:
        return _errors(error, view)
    except BusyError:
        entered = _entered(view, services)
        current = services.team.responsibilities.get(entered.row.key)
        return _updated(_meanwhile(entered, current, user, services), services.team)
    except MusterError as error:
        first = next(iter(view["state"]["values"]))
        return {"response_action": "errors", "errors": {first: error.sentence}}


def _save(entered: Entered, current: Responsibility | None, user: str, services: Services) -> Json:
    try:
        saved = services.registrar.save(entered.row, services.editor(user), why=entered.why, seen=current)
    except RefusedError as error:
        notice = _notice(str(error), Edit(before=current, after=entered.row), services)
        form = _form(entered, proposes=True, notice=notice)
        return _updated(form, services.team)
    _tell_the_accountable(saved, current, user, services)
    return {"response_action": "update", "view": _saved_view(saved, user, services)}


def _saved_view(saved: Saved, user: str, services: Services) -> Json:
    row, team = saved.entry, services.team
    shown = (
        owned_blocks(owned(row, team, services.today), team, reader=user)
        if isinstance(row, Responsibility)
        else []
    )
    kept = [block for block in shown if block["type"] != "actions"]
    remarks = [remark for remark in saved.remarks if remark.severity != "error"]
    return saved_modal(":white_check_mark: Saved. It answers from now on.", kept, remarks)


def _tell_the_accountable(saved: Saved, before: Responsibility | None, user: str, services: Services) -> None:
    """Tells whoever is newly accountable, unless they did it themselves."""
    row, team = saved.entry, services.team
    if not isinstance(row, Responsibility):
        return
    known = set(before.accountable) if before else set()
    for holder in set(row.accountable) - known:
        person = team.people.get(holder.name) if holder.kind == "person" else None
        if person is not None and person.slack_user and person.slack_user != user:
            change = services.changes.history(kind="responsibility", key=row.key, limit=1)[0]
            key = f"raci:named:{change.number}"
            content = named_view(row, by=person_text(user, team), why=change.why, team=team)
            services.delivery.say(Message(key=key, to=Person(name=person.slack_user), content=content))


def _entered(view: Json, services: Services) -> Entered:
    kept, team = json.loads(view["private_metadata"]), services.team
    current = team.responsibilities.get(kept["key"])
    if kept["key"] and current is not None:
        base = current
    elif kept["key"]:
        subject, _, activity = kept["key"].partition(" / ")
        base = _new_row(Subject.read(subject), activity)
    else:
        subject_ = subject_chosen(view, team) or Subject(kind="team")
        activity = activity_meant(_chosen(view, ACTIVITY, ACTIVITY_INPUT), team.responsibilities.values())
        base = _new_row(subject_, activity)
    columns: dict[str, Any] = {
        name: tuple(holder_meant(one, services) for one in _column(view, name)) for name in COLUMNS
    }
    row = replace(base, **columns)
    words = _value(view, WHY, WHY).get("value") or ""
    blocks = {block.partition(":")[0]: block for block in view["state"]["values"]}
    return Entered(
        row=row,
        key=kept["key"],
        seen=kept["seen"],
        proposes=kept["proposes"],
        why=words.strip(),
        blocks=blocks,
    )


def _new_row(subject: Subject, activity: str) -> Responsibility:
    return Responsibility(subject_kind=subject.kind, subject=subject.name, activity=activity)


def _form(entered: Entered, *, proposes: bool, notice: str, seen: str | None = None) -> RowForm:
    return RowForm(
        subject=entered.row.about,
        activity=entered.row.activity,
        row=entered.row,
        seen=entered.seen if seen is None else seen,
        proposes=proposes,
        notice=notice,
        why=entered.why,
    )


def _meanwhile(entered: Entered, current: Responsibility | None, user: str, services: Services) -> RowForm:
    """Returns the form with what was entered, and what the row says now."""
    if current is None:
        gone = ":warning: Somebody removed this row meanwhile. Save again to add it anew."
        return _form(entered, proposes=entered.proposes, notice=gone, seen="")
    team = services.team
    now = f"A {holders_text(current.accountable, team)} · R {holders_text(current.responsible, team)}"
    proposes = form_of(current, user, services).proposes
    notice = MEANWHILE.format(now=cut(now, 1_000))
    return _form(entered, proposes=proposes, notice=notice, seen=digest(current))


def _updated(form: RowForm, team: Team) -> Json:
    return {"response_action": "update", "view": row_modal(form, team)}


def _errors(error: BrokenRulesError, view: Json) -> Json:
    """Returns each violation at its field; those of fields that are not shown stand at the first."""
    blocks = {block.partition(":")[0]: block for block in view["state"]["values"]}
    first = next(iter(blocks.values()))
    told: dict[str, str] = {}
    for violation in error.violations:
        block = blocks.get(violation.field, first)
        told[block] = f"{told[block]} {violation.words}" if block in told else violation.words
    return {"response_action": "errors", "errors": told}


def _column(view: Json, name: str) -> Iterable[str]:
    state = _value(view, name, COLUMN + name)
    chosen = state.get("selected_options") or [state.get("selected_option")]
    return [option["value"] for option in chosen if option]


def _chosen(view: Json, block: str, action: str) -> str:
    return str((_value(view, block, action).get("selected_option") or {}).get("value", ""))


def _value(view: Json, block: str, action: str) -> Json:
    """Returns what an input holds; its block's id may bear a stamp after a colon."""
    for name, inputs in view["state"]["values"].items():
        if name.partition(":")[0] == block and action in inputs:
            found: Json = inputs[action] or {}
            return found
    return {}
