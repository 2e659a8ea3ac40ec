"""Proposals: sent to those who may say yes, answered with a click, the result told to who proposed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.home import publish
from bot.listeners.services import Services
from bot.views.blocks import modal, section
from bot.views.mrkdwn import escape
from bot.views.raci_proposals import (
    ACCEPT,
    DECLINE,
    DECLINED,
    REASON,
    answered_view,
    asked_modal,
    decline_modal,
    proposal_view,
)
from core.errors import MusterError
from core.message import Message, Person
from knowledge.registers.proposals import Proposal
from knowledge.registers.team import Entry

Json = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Registers the buttons of a proposal and the question why not."""

    @app.action(ACCEPT)
    def on_accept(ack: Ack, body: Json, action: Json) -> None:
        services.metrics.stimuli.labels("raci_accept").inc()
        accept(body, str(action["value"]), services)
        ack()

    @app.action(DECLINE)
    def on_decline(ack: Ack, body: Json, action: Json) -> None:
        proposal = services.proposing.get(str(action["value"]))
        if proposal is not None:
            view = decline_modal(proposal.id, proposal.key)
            services.calls.write("views.open", trigger_id=body["trigger_id"], view=view)
        ack()

    @app.view(DECLINED)
    def on_declined(ack: Ack, body: Json, view: Json) -> None:
        said = (view["state"]["values"][REASON][REASON].get("value") or "").strip()
        try:
            services.proposing.decline(
                view["private_metadata"], services.editor(body["user"]["id"]), why=said
            )
        except MusterError as error:
            ack(response_action="errors", errors={REASON: error.sentence})
            return
        tell_result(view["private_metadata"], services)
        publish(body["user"]["id"], services)
        ack()


def propose(before: Entry | None, after: Entry | None, user: str, services: Services, *, why: str) -> Json:
    """Keeps a wish and asks whoever may fulfil it; returns the acknowledgement for the form.

    Who is asked by their own proposal has said yes with it.
    """
    editor = services.editor(user)
    proposal = services.proposing.propose(before, after, editor, why=why)
    if proposal.by in proposal.asked:
        services.proposing.accept(proposal.id, editor)
        done = section(":white_check_mark: Done: you are the one to decide this.")
        return {"response_action": "update", "view": modal("raci_done", "Done", [done])}
    for account in _asked(proposal, services):
        content = proposal_view(proposal, services.team)
        services.delivery.say(Message(key=_key(proposal, account), to=Person(name=account), content=content))
    return {"response_action": "update", "view": asked_modal(proposal, services.team)}


def accept(body: Json, proposal_id: str, services: Services) -> None:
    """Carries a proposal out; where that can't be, opens a word on why."""
    user = body["user"]["id"]
    try:
        services.proposing.accept(proposal_id, services.editor(user))
    except MusterError as error:
        view = modal("raci_done", "It can't be accepted", [section(escape(error.sentence))])
        services.calls.write("views.open", trigger_id=body["trigger_id"], view=view)
    else:
        tell_result(proposal_id, services)
        publish(user, services)


def tell_result(proposal_id: str, services: Services) -> None:
    """Puts the result where the question stood, and tells who proposed."""
    proposal, team = services.proposing.get(proposal_id), services.team
    if proposal is None:
        return
    result = answered_view(proposal, team)
    for account in _asked(proposal, services):
        services.delivery.say(Message(key=_key(proposal, account), to=Person(name=account), content=result))
    by = team.person(proposal.by)
    to = by.slack_user if by else proposal.by
    if to:
        key = f"proposal:{proposal.id}:result"
        services.delivery.say(Message(key=key, to=Person(name=to), content=result))


def _asked(proposal: Proposal, services: Services) -> Iterable[str]:
    """Returns the Slack ids of those who are asked; Slack's admins where none of them is in Slack."""
    team = services.team
    people = (team.people.get(name) for name in proposal.asked)
    found = [person.slack_user for person in people if person and person.slack_user]
    return found or services.directory.admins()[:1]


def _key(proposal: Proposal, account: str) -> str:
    return f"proposal:{proposal.id}:{account}"
