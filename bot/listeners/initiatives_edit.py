"""The form of an initiative: one without objective, KPI and sponsor is not taken, and told why."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.home import publish
from bot.listeners.raci_draft import drafted
from bot.listeners.raci_options import holder_meant
from bot.listeners.services import Services
from bot.views.initiative_form import FORM, WHY_INCOMPLETE, created_modal, initiative_modal
from bot.views.initiatives import CREATE, EDIT
from bot.views.mrkdwn import escape
from bot.views.raci_form import digest
from bot.views.rendered import Rendered
from core.errors import InputError, MusterError
from knowledge.registers.initiatives import Initiative, Kpi, Risk
from knowledge.registers.permissions import refusal
from knowledge.registers.registrar import BrokenRulesError
from knowledge.registers.responsibilities import Subject
from knowledge.registers.storage import Edit

logger = logging.getLogger(__name__)

Json = dict[str, Any]
FIELDS = {"depends_on": "depends", "acceptance": "model", "health_reason": "reason"}
CHANGED = ":warning: Somebody changed this initiative meanwhile. Saving puts what stands here in its place."


def register(app: App, services: Services) -> None:
    """Registers the form and what opens it."""

    @app.action(CREATE)
    def on_create(ack: Ack, body: Json) -> None:
        open_new("", body["trigger_id"], services)
        ack()

    @app.action(EDIT)
    def on_edit(ack: Ack, body: Json, action: Json) -> None:
        one = services.team.initiatives.get(action["value"])
        if one is not None:
            said = open_form(one, body["user"]["id"], body["trigger_id"], services)
            if said is not None:
                _explain(body, said, services)
        ack()

    @app.view(FORM)
    def on_form(ack: Ack, body: Json, view: Json) -> None:
        services.metrics.stimuli.labels("initiative_edit").inc()
        ack(**submit(body["user"]["id"], view, services))


def open_new(name: str, trigger: str, services: Services) -> Rendered | None:
    """Opens an empty form."""
    view = initiative_modal(Initiative(name=name), services.team, is_new=True)
    services.calls.write("views.open", trigger_id=trigger, view=view)
    return None


def open_form(one: Initiative, user: str, trigger: str, services: Services) -> Rendered | None:
    """Opens the form of an initiative; returns whom to ask where somebody may not change it."""
    words = refusal(services.editor(user), Edit(before=one, after=one), services.team)
    if words:
        return Rendered(text=escape(words.partition(";")[0] + "."))
    view = initiative_modal(one, services.team, is_new=False, seen=digest(one))
    services.calls.write("views.open", trigger_id=trigger, view=view)
    return None


def submit(user: str, view: Json, services: Services) -> Json:
    """Saves what was entered; returns the acknowledgement: errors at fields, or what comes next."""
    seen, _, name = str(view["private_metadata"]).partition(" ")
    current = services.team.initiatives.get(name) if name else None
    try:
        entered = _entered(view, current, services)
        if missing := lacking(entered):
            return {"response_action": "errors", "errors": missing}
        if name and digest(current) != seen:
            fresh = initiative_modal(
                entered, services.team, is_new=False, seen=digest(current) or "-", notice=CHANGED
            )
            return {"response_action": "update", "view": fresh}
        if not name and entered.name in services.team.initiatives:
            return _error("name", f"There is an initiative {entered.name!r} already: edit that one.")
        services.registrar.save(entered, services.editor(user), seen=current)
    except BrokenRulesError as error:
        errors = {FIELDS.get(one.field, one.field): one.words for one in error.violations}
        return {"response_action": "errors", "errors": errors}
    except MusterError as error:
        return _error("lead", error.sentence.partition(";")[0])
    publish(user, services)
    rows = drafted(Subject(kind="initiative", name=entered.name), services) if not name else []
    done = created_modal(entered, is_new=not name, drafted=len(rows))
    return {"response_action": "update", "view": done}


def lacking(one: Initiative) -> dict[str, str]:
    """Returns what an initiative lacks, with the words for each field; nothing for a whole one."""
    kpi = one.kpi or Kpi(name="")
    given = {
        "objective": one.objective,
        "kpi": kpi.name,
        "target": kpi.target is not None,
        "target_date": kpi.target_date,
        "sponsor": one.sponsor,
    }
    return {field: WHY_INCOMPLETE[field] for field, value in given.items() if not value}


def _entered(view: Json, current: Initiative | None, services: Services) -> Initiative:
    values = view["state"]["values"]
    name = (
        current.name if current else _text(values, "name") or str(view["private_metadata"]).partition(" ")[2]
    )
    base = current or Initiative(name=" ".join(name.split()))
    watched = {risk.what: risk for risk in base.risks}
    return replace(
        base,
        objective=_text(values, "objective"),
        kpi=_kpi(values),
        sponsor=_person(values, "sponsor", services),
        lead=_person(values, "lead", services),
        stage=_choice(values, "stage"),
        health=_choice(values, "health"),
        health_reason=_text(values, "reason"),
        acceptance=replace(
            base.acceptance,
            model=_lines(values, "model"),
            business=_lines(values, "business"),
        ),
        risks=tuple(watched.get(what, Risk(what=what)) for what in _lines(values, "risks")),
        depends_on=tuple(one["value"] for one in _held(values, "depends").get("selected_options") or ()),
        channel=_text(values, "channel"),
    )


def _kpi(values: Json) -> Kpi:
    by = _held(values, "target_date").get("selected_date")
    return Kpi(
        name=_text(values, "kpi"),
        unit=_text(values, "unit"),
        direction=_choice(values, "direction"),
        baseline=_number(values, "baseline"),
        target=_number(values, "target"),
        target_date=date.fromisoformat(by) if by else None,
    )


def _number(values: Json, name: str) -> float | None:
    written = _held(values, name).get("value")
    with suppress(ValueError):
        return float(written) if written else None
    raise InputError(f"{written!r} is no number.")


def _person(values: Json, name: str, services: Services) -> str:
    chosen = _held(values, name).get("selected_option")
    return holder_meant(chosen["value"], services).name if chosen else ""


def _choice(values: Json, name: str) -> Any:
    return (_held(values, name).get("selected_option") or {}).get("value", "")


def _lines(values: Json, name: str) -> tuple[str, ...]:
    return tuple(line.strip(" •-") for line in _text(values, name).splitlines() if line.strip(" •-"))


def _text(values: Json, name: str) -> str:
    return str(_held(values, name).get("value") or "").strip()


def _held(values: Json, name: str) -> Json:
    """Returns what the one input of a block holds."""
    inputs = values.get(name) or {}
    held: list[Json] = [one for one in inputs.values() if one]
    return held[0] if held else {}


def _error(field: str, words: str) -> Json:
    return {"response_action": "errors", "errors": {field: words}}


def _explain(body: Json, said: Rendered, services: Services) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": said.text}}
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Not yours to change"},
        "blocks": [block],
    }
    services.calls.write("views.open", trigger_id=body["trigger_id"], view=view)
