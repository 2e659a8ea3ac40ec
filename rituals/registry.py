"""The one list of rituals: adding one is a file, a line here, its view, its page in docs/rituals/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rituals.knowledge_gaps import GapsSince, KnowledgeGaps
from rituals.owners import AudienceOf, for_everyone
from rituals.review_reminders import Readable, ReviewReminders
from rituals.ritual import Ritual
from rituals.standup import Standup
from rituals.standup.records import StandupRecords


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What the rituals read: each takes what it needs."""

    standup: StandupRecords
    gaps: GapsSince
    readable: Readable
    audience_of: AudienceOf = for_everyone


def make_registry(sources: Sources) -> Mapping[str, Ritual]:
    """Returns every ritual by the name that `team.yaml` calls it."""
    rituals: tuple[Ritual, ...] = (
        Standup(sources.standup),
        KnowledgeGaps(sources.gaps, sources.audience_of),
        ReviewReminders(sources.readable, sources.audience_of),
    )
    return {ritual.name: ritual for ritual in rituals}
