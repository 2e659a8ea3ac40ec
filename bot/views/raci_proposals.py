"""Proposals: what somebody would change, for those who may say yes, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.views.blocks import View, actions, button, field, modal, section, small, written
from bot.views.mrkdwn import cut, escape
from bot.views.raci_people import holders_text, people_text, person_text
from bot.views.rendered import Block, Rendered
from knowledge.registers.forms import from_form
from knowledge.registers.proposals import Proposal
from knowledge.registers.responsibilities import Responsibility
from knowledge.registers.team import Team

ACCEPT = "raci_accept"
DECLINE = "raci_decline"
DECLINED = "raci_declined"
REASON = "reason"
LETTERS = (("accountable", "A"), ("responsible", "R"), ("consulted", "C"), ("informed", "I"))
LONGEST_WHY = 500


def proposal_view(proposal: Proposal, team: Team) -> Rendered:
    """Renders an open proposal for those who may answer it."""
    said = f"{person_text(proposal.by, team)} proposes a change: {escape(cut(proposal.key, 300))}"
    return Rendered(text=said, blocks=tuple(proposal_blocks(proposal, team)))


def proposal_blocks(proposal: Proposal, team: Team) -> list[Block]:
    """Returns an open proposal with its two buttons."""
    head = (
        f"{person_text(proposal.by, team)} proposes to {_verb(proposal)} *{escape(cut(proposal.key, 300))}*"
    )
    why = f"\n&gt; {escape(cut(' '.join(proposal.why.split()), LONGEST_WHY))}" if proposal.why else ""
    buttons = actions(
        button(ACCEPT, "Accept", proposal.id, style="primary"), button(DECLINE, "Decline", proposal.id)
    )
    return [section("\n".join([head, *differences(proposal, team)]) + why), buttons]


def answered_view(proposal: Proposal, team: Team) -> Rendered:
    """Renders a proposal that had its answer, for those who were asked and for who proposed."""
    accepted = proposal.state == "accepted"
    mark, verb = (":white_check_mark:", "accepted") if accepted else (":x:", "declined")
    who, by = person_text(proposal.answered_by, team), person_text(proposal.by, team)
    head = f"{mark} {who} {verb} what {by} proposed: *{escape(cut(proposal.key, 300))}*"
    lines = [head, *differences(proposal, team)]
    if proposal.answer:
        lines.append(f"&gt; {escape(cut(' '.join(proposal.answer.split()), LONGEST_WHY))}")
    after = "" if accepted else "The register stays as it was."
    return Rendered(text=head, blocks=(section("\n".join(lines)), *([small(after)] if after else [])))


def asked_modal(proposal: Proposal, team: Team) -> View:
    """Returns the word that a proposal is on its way, and to whom."""
    asked = people_text(proposal.asked, team)
    words = f":mailbox: Sent to {asked}. You hear from me when it is accepted or declined."
    return modal("raci_done", "Proposed", [section(words), *map(section, differences(proposal, team)[:4])])


def decline_modal(proposal_id: str, key: str) -> View:
    """Returns the question why not."""
    reason = written(REASON, multiline=True, most=LONGEST_WHY, placeholder="What would have to be different?")
    blocks = [section(f"*{escape(cut(key, 300))}*"), field(REASON, "Why not?", reason, optional=True)]
    return modal(DECLINED, "Decline the proposal", blocks, submit="Decline", metadata=proposal_id)


def differences(proposal: Proposal, team: Team) -> list[str]:
    """Returns what a proposal changes, a line a column, in mrkdwn."""
    return list(_differences(proposal, team))


def _differences(proposal: Proposal, team: Team) -> Iterator[str]:
    before = from_form(proposal.kind, proposal.before) if proposal.before else None
    after = from_form(proposal.kind, proposal.after) if proposal.after else None
    for name, letter in LETTERS:
        old = getattr(before, name, ()) if isinstance(before, Responsibility) else ()
        new = getattr(after, name, ()) if isinstance(after, Responsibility) else ()
        if old == new:
            continue
        if after is None or not old:
            yield f"*{letter}*  {cut(holders_text(old or new, team), 400)}"
        else:
            yield f"*{letter}*  {cut(holders_text(old, team), 300)} → {cut(holders_text(new, team), 300)}"


def _verb(proposal: Proposal) -> str:
    if proposal.after is None:
        return "remove"
    return "change" if proposal.before is not None else "add"
