"""Partner teams: their window opens with the hours in which both sides work."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.errors import InputError
from knowledge.registers.team import Team
from rituals.moments import LocalMoment, Moment
from rituals.schedule_line import read_time
from rituals.standup.options import PartnerOption, StandupOptions

_OVERLAP = re.compile(
    r"\s*(?P<begin>\d{1,2}[:.]\d\d)\s*(?:-|–|to)\s*(?P<end>\d{1,2}[:.]\d\d)\s+(?P<zone>[\w/ +-]+)"
)


def overlap_moments(options: StandupOptions, team: Team) -> Mapping[str, Moment]:
    """Returns, by person's id, when the overlap with each partner's people begins."""
    found: dict[str, Moment] = {}
    for partner in options.partners:
        begin = overlap_begin(_overlap(partner, team))
        for name in partner.members:
            person = team.person(name)
            if person is None:
                raise InputError(f"{name!r} of the partner team is nobody in the register of people.")
            found[person.id] = begin
    return found


def overlap_begin(text: str) -> LocalMoment:
    """Returns the begin of hours like "09:00-12:00 London"; raises `InputError` that quotes them."""
    match = _OVERLAP.fullmatch(text)
    if match is None:
        raise InputError(
            f"The overlap {text!r} can't be read.", cure='Write it like "09:00-12:00 Europe/London".'
        )
    at, zone = read_time(f"{match['begin']} {match['zone'].strip().replace(' ', '_')}")
    return LocalMoment(at=at, zone=zone)


def _overlap(partner: PartnerOption, team: Team) -> str:
    if partner.overlap:
        return partner.overlap
    initiative = team.initiatives.get(partner.initiative)
    if initiative is None or initiative.sourcing is None or not initiative.sourcing.overlap:
        raise InputError(
            f"The partner {', '.join(partner.members)} has no overlap hours.",
            cure='Give `overlap: "09:00-12:00 Europe/London"`, or an initiative whose sourcing has them.',
        )
    return initiative.sourcing.overlap
