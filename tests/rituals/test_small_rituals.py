"""The knowledge gaps and the review reminders: to owners only, of what they may read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from knowledge.documents.document import Document
from knowledge.passages import EVERYONE, Audience
from knowledge.records.gaps import Gap
from knowledge.registers.people import Absence, Person
from knowledge.registers.rituals import RitualEntry
from knowledge.registers.team import Team
from knowledge.registers.team_file.reading import read_team_file
from rituals.knowledge_gaps import KnowledgeGaps
from rituals.review_reminders import ReviewReminders
from rituals.ritual import Occasion, Planned, Slot
from tests.rituals.conftest import TEAM, MakeWorld

SAMPLE = read_team_file(TEAM).team
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
INSIDE = Audience(names=frozenset({"@ana"}))


def occasion(ritual: str, team: Team = SAMPLE) -> Occasion:
    planned = Planned(workspace_id="w", entry=RitualEntry(name=ritual), phases=())
    slot = Slot(workspace_id="w", ritual=ritual, phase="tell", day=MONDAY, due=NOW)
    return Occasion(slot=slot, planned=planned, team=team, now=NOW)


def gap(question: str, owner: str, count: int = 1) -> Gap:
    return Gap(question=question, kind="unanswered", owner=owner, count=count, last_asked=NOW)


def audience_of(person: Person) -> Audience:
    return INSIDE if person.id == "ana-ruiz" else EVERYONE


def test_each_owner_hears_of_their_own_gaps_the_most_asked_first() -> None:
    found = [gap("how?", "data scientist"), gap("why?", "Ana Ruiz", 3), gap("when?", "Ben Carter")]
    ritual = KnowledgeGaps(lambda _audience, _since: found)
    facts = ritual.gather(occasion("knowledge gaps"))
    assert facts is not None
    messages = ritual.compose(facts).messages
    told = {message.key: [one.question for one in message.content.gaps] for message in messages}  # type: ignore[attr-defined]  # a GapDigest
    assert told == {"gaps:2026-11-23:ana-ruiz": ["why?", "how?"], "gaps:2026-11-23:ben-carter": ["when?"]}


def test_gaps_that_no_document_is_near_go_to_the_lead() -> None:
    ritual = KnowledgeGaps(lambda _audience, _since: [gap("what?", "")])
    facts = ritual.gather(occasion("knowledge gaps"))
    assert facts is not None
    assert [message.key for message in ritual.compose(facts).messages] == [
        "gaps:2026-11-23:ben-carter:unowned"
    ]


def test_an_owner_hears_only_of_what_they_may_read() -> None:
    def readable(audience: Audience, since: datetime) -> list[Gap]:
        assert since == NOW - timedelta(days=7)
        return [gap("secret?", "Ana Ruiz"), gap("secret?", "Ben Carter")] if audience == INSIDE else []

    ritual = KnowledgeGaps(readable, audience_of)
    facts = ritual.gather(occasion("knowledge gaps"))
    assert facts is not None
    assert [message.key for message in ritual.compose(facts).messages] == ["gaps:2026-11-23:ana-ruiz"]


def test_no_gaps_no_message() -> None:
    assert KnowledgeGaps(lambda _audience, _since: []).gather(occasion("knowledge gaps")) is None


def document(title: str, owner: str, reviewed: date, audience: frozenset[str] = frozenset()) -> Document:
    return Document(
        id=title,
        source=f"{title}.md",
        root=".",
        version="1",
        title=title,
        owner=owner,
        reviewed=reviewed,
        review_every=timedelta(days=90),
        audience=audience,
    )


SHELF = (
    document("Old", "data scientist", date(2026, 3, 1)),
    document("Older", "Ana Ruiz", date(2026, 1, 1)),
    document("Fresh", "Ana Ruiz", date(2026, 11, 1)),
    document("Due today", "Ana Ruiz", MONDAY - timedelta(days=90)),
    document("Hidden", "Ana Ruiz", date(2025, 1, 1), frozenset({"@others"})),
    document("Nobody's", "gardener", date(2025, 1, 1)),
)


def shelf(audience: Audience) -> list[Document]:
    return [one for one in SHELF if audience.may_read(one.audience)]


def test_owners_are_reminded_of_what_is_overdue_the_longest_first() -> None:
    ritual = ReviewReminders(shelf, audience_of)
    facts = ritual.gather(occasion("review reminders"))
    assert facts is not None
    messages = ritual.compose(facts).messages
    assert [message.key for message in messages] == ["reviews:2026-11-23:ana-ruiz"]
    assert [one.title for one in messages[0].content.documents] == ["Older", "Old"]  # type: ignore[attr-defined]  # a ReviewReminder


def test_who_is_away_or_gone_is_not_reminded() -> None:
    away = Absence(start=MONDAY, end=MONDAY)
    for change in ({"absences": (away,)}, {"left": MONDAY - timedelta(days=1)}):
        ana = Person(**{**vars(SAMPLE.people["ana-ruiz"]), **change})
        team = SAMPLE.with_entries(ana)
        assert ReviewReminders(shelf, audience_of).gather(occasion("review reminders", team)) is None


def test_a_long_list_says_how_many_more_there_are() -> None:
    many = [document(f"Page {number}", "Ana Ruiz", date(2026, 1, 1)) for number in range(30)]
    facts = ReviewReminders(lambda _audience: many).gather(occasion("review reminders"))
    assert facts is not None
    reminder = facts.reminders[0][1]
    assert (len(reminder.documents), reminder.more) == (20, 10)


def test_on_a_monday_without_documents_the_waker_has_nothing_said(make_world: MakeWorld) -> None:
    world = make_world(RitualEntry(name="knowledge gaps"), RitualEntry(name="review reminders"))
    world.to("18:00", date(2026, 11, 24))
    assert world.said.wordings == []
    assert {run.state for run in world.rituals.runs.history()} == {"silent"}
