"""A day of a standup: asked, reminded, answered, closed, late, followed up."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.errors import InputError, NotFoundError, RefusedError
from core.llm_fakes import ScriptedModel
from core.message import Channel
from rituals.standup.desk import WrongAnswerError
from rituals.standup.said import (
    BlockerCard,
    BlockerQuiet,
    ChannelPrompt,
    Digest,
    EntryWithdrawn,
    EntryWords,
    StandupPrompt,
    StandupReminder,
)
from tests.rituals.conftest import MakeWorld, World

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
DELIVERY = Channel(name="#delivery")
DATA = "churn: data quality of May is poor, asked on Friday"


def digest(world: World) -> Digest:
    found = [one for one in world.said.to(DELIVERY) if isinstance(one, Digest)]
    assert len(found) == 1
    return found[0]


def texts(world: World) -> dict[str, list[str]]:
    return {group.initiative: [line.text for line in group.lines] for group in digest(world).groups}


def test_each_is_asked_once_at_nine_of_their_own_clock(world: World) -> None:
    world.to("08:00")
    assert [bool(world.hears(who, StandupPrompt)) for who in ("U0ANA", "U0BEN", "U0CHLOE")] == [1, 0, 0]
    world.to("09:00")
    assert len(world.hears("U0BEN", StandupPrompt)) == 1
    world.to("14:00")
    assert len(world.hears("U0CHLOE", StandupPrompt)) == 1
    assert len(world.said.of(StandupPrompt)) == 3


def test_the_digest_comes_at_the_close_with_what_was_said(world: World) -> None:
    world.to("09:00")
    world.answer(
        "ana-ruiz", changed="churn: backfill of May finished\nupdated the wiki", next="churn: retrain"
    )
    world.answer("ben-carter", changed="fraud: threshold agreed")
    assert world.said.of(Digest) == []
    world.to("15:00")
    world.settle()
    assert texts(world) == {
        "churn": ["churn: backfill of May finished"],
        "fraud": ["fraud: threshold agreed"],
        "": ["updated the wiki"],
    }


def test_each_line_leads_to_the_persons_own_words_in_the_thread(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: backfill finished")
    world.to("15:00")
    world.settle()
    words = world.said.of(EntryWords)
    assert [(one.name, one.answers) for one in words] == [
        ("Ana Ruiz", (("What changed since your last entry?", "churn: backfill finished"),))
    ]
    assert digest(world).groups[0].lines[0].link == (
        "https://chat.example/standup:standup:2026-11-23:words:ana-ruiz"
    )


def test_nobody_answered_and_nothing_is_posted(world: World) -> None:
    world.to("18:00")
    assert world.said.to(DELIVERY) == []
    runs = {run.phase: run.state for run in world.rituals.runs.history("standup")}
    assert runs["close"] == "silent"


def test_nothing_new_from_all_is_one_line(world: World) -> None:
    world.to("14:00")
    for person in ("ana-ruiz", "ben-carter", "chloe-martin"):
        world.answer(person, changed="nothing new")
    assert digest(world).nothing_new
    assert digest(world).quiet == ("Ana Ruiz", "Ben Carter", "Chloe Martin")


def test_all_have_answered_and_the_digest_comes_early(world: World) -> None:
    world.to("14:00")
    world.answer("ana-ruiz", changed="churn: a")
    world.answer("ben-carter", changed="churn: b")
    assert world.said.of(Digest) == []
    world.rituals.desk.skip("standup", MONDAY, "chloe-martin", "at the dentist")
    world.settle()
    before = digest(world)
    world.to("15:00")
    world.settle()
    assert digest(world) == before


def test_it_is_not_early_while_somebody_is_still_to_be_asked(world: World) -> None:
    """New York is asked at 14:00 in London: two of three answers at ten are not all."""
    world.to("10:00")
    world.answer("ana-ruiz", changed="churn: a")
    world.answer("ben-carter", changed="churn: b")
    assert world.said.of(Digest) == []


def test_a_late_answer_changes_the_digest_that_stands(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a")
    world.to("16:00")
    world.settle()
    world.answer("chloe-martin", changed="churn: late")
    assert texts(world) == {"churn": ["churn: a", "churn: late"]}


def test_a_first_answer_after_an_empty_close_brings_the_digest(world: World) -> None:
    world.to("16:00")
    world.answer("ana-ruiz", changed="churn: better late")
    assert texts(world) == {"churn": ["churn: better late"]}


def test_an_edit_changes_digest_and_words(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a")
    world.to("15:00")
    world.settle()
    world.answer("ana-ruiz", changed="churn: b")
    assert texts(world) == {"churn": ["churn: b"]}
    assert [(one.edited, one.answers[0][1]) for one in world.said.of(EntryWords)] == [(True, "churn: b")]


def test_a_deleted_entry_leaves_digest_thread_and_records(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    world.answer("ben-carter", changed="fraud: b")
    world.to("15:00")
    world.settle()
    world.rituals.desk.delete("standup", MONDAY, "ana-ruiz")
    world.settle()
    assert texts(world) == {"fraud": ["fraud: b"]}
    assert digest(world).blockers == ()
    assert world.said.of(EntryWithdrawn) == [EntryWithdrawn(name="Ana Ruiz")]
    assert world.rituals.desk.mine("ana-ruiz", since=MONDAY) == []
    with pytest.raises(NotFoundError):
        world.rituals.desk.delete("standup", MONDAY, "ana-ruiz")


def test_one_reminder_in_private_to_whoever_is_silent(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a")
    world.to("14:40")
    assert world.hears("U0ANA", StandupReminder) == []
    assert len(world.hears("U0BEN", StandupReminder)) == 1
    assert all(not isinstance(one, StandupReminder) for one in world.said.to(DELIVERY))
    world.to("20:00")
    assert len(world.said.of(StandupReminder)) == 2


def test_a_reminder_comes_at_the_hour_that_a_person_chose(world: World) -> None:
    world.rituals.desk.remind_at("standup", "ben-carter", time(11))
    world.rituals.desk.remind_at("standup", "chloe-martin", None, reminders=False)
    world.to("11:00")
    assert len(world.hears("U0BEN", StandupReminder)) == 1
    world.to("15:00")
    assert world.hears("U0CHLOE", StandupReminder) == []


def test_who_skips_is_not_reminded_and_needs_a_reason(world: World) -> None:
    world.to("09:00")
    with pytest.raises(InputError):
        world.rituals.desk.skip("standup", MONDAY, "ben-carter", "  ")
    world.rituals.desk.skip("standup", MONDAY, "ben-carter", "at a conference")
    world.settle()
    assert world.hears("U0BEN", StandupPrompt)[0].state == "skipped"
    world.to("15:00")
    assert world.hears("U0BEN", StandupReminder) == []


def test_who_snoozes_is_asked_again_at_that_time(world: World) -> None:
    world.to("09:00")
    until = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    world.rituals.desk.snooze("standup", MONDAY, "ben-carter", until)
    world.settle()
    assert world.hears("U0BEN", StandupPrompt)[0].state == "snoozed"
    world.to("10:20")
    assert world.hears("U0BEN", StandupReminder) == []
    world.to("10:30")
    assert len(world.hears("U0BEN", StandupReminder)) == 1
    with pytest.raises(InputError):
        world.rituals.desk.snooze("standup", MONDAY, "ben-carter", until)


def test_who_opted_out_is_left_alone_until_they_come_back(world: World) -> None:
    world.rituals.desk.opt("standup", "ben-carter", out=True)
    world.to("15:00")
    assert world.hears("U0BEN", StandupPrompt) == []
    world.rituals.desk.opt("standup", "ben-carter", out=False)
    world.to("09:00", TUESDAY)
    assert len(world.hears("U0BEN", StandupPrompt)) == 1


def test_what_is_said_the_evening_before_counts_for_the_morning(world: World) -> None:
    world.to("09:00")
    world.answer("ben-carter", changed="churn: a")
    world.to("19:00")
    assert world.rituals.desk.current("ben-carter") == ("standup", TUESDAY)
    world.answer("ben-carter", TUESDAY, changed="churn: written at night")
    world.to("10:00", TUESDAY)
    assert [one.day for one in world.hears("U0BEN", StandupPrompt)] == [MONDAY]


def test_words_on_friday_evening_count_for_monday(world: World) -> None:
    friday = MONDAY + timedelta(days=4)
    world.to("18:00", friday)
    world.answer("ben-carter", friday, changed="a")
    assert world.rituals.desk.current("ben-carter") == ("standup", MONDAY + timedelta(days=7))


def test_words_belong_to_the_day_that_was_asked_for(world: World) -> None:
    world.to("08:30")
    assert world.rituals.desk.current("U0ANA") == ("standup", MONDAY)
    assert world.rituals.desk.current("U0BEN") == ("standup", MONDAY)
    assert world.rituals.desk.current("U0NOBODY") is None


def test_the_form_is_prefilled_with_what_was_planned(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", next="churn: retrain on May", blockers=DATA)
    world.to("08:00", TUESDAY)
    form = world.rituals.desk.form("standup", TUESDAY, "U0ANA")
    assert form.answers == {"changed": "churn: retrain on May"}
    assert [one.text for one in form.blockers] == [DATA]
    assert world.hears("U0ANA", StandupPrompt)[-1].planned == "churn: retrain on May"


def test_holidays_and_absences_are_left_alone_and_told(world: World) -> None:
    """Thursday is Thanksgiving in New York; Ben is away, Iris stands in."""
    thursday = MONDAY + timedelta(days=3)
    world.away("ben-carter", thursday, thursday, deputy="iris-novak")
    world.to("08:30", thursday)
    world.answer("ana-ruiz", thursday, changed="churn: a")
    days = [one.day for one in world.said.of(StandupPrompt)]
    assert days.count(thursday) == 1
    shown = [one for one in world.said.of(Digest) if one.day == thursday][0]  # noqa: RUF015  # reads better
    assert shown.away == (
        "Ben Carter until 26 Nov; Iris Novak stands in",
        "Chloe Martin today (Thanksgiving Day)",
    )


def test_a_blocker_goes_to_whoever_is_responsible_and_says_why(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    card = world.hears("U0DEEPAK", BlockerCard)[0]
    assert card.text == DATA
    assert card.why == "Deepak Rao is responsible for “own data quality” on churn"
    assert card.since == date(2026, 11, 20)
    world.to("15:00")
    world.settle()
    shown = digest(world).blockers[0]
    assert (shown.owner, shown.age, shown.reporter) == ("Deepak Rao", 3, "Ana Ruiz")


def test_a_blocker_climbs_to_the_accountable_and_then_the_sponsor(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    world.to("12:00", TUESDAY)
    assert world.hears("U0IRIS", BlockerCard) == []
    world.to("12:00", MONDAY + timedelta(days=2))
    assert [one.level for one in world.hears("U0IRIS", BlockerCard)] == ["accountable"]
    assert world.hears("U0FARID", BlockerCard) == []
    world.to("12:00", MONDAY + timedelta(days=4))
    assert [one.level for one in world.hears("U0FARID", BlockerCard)] == ["sponsor"]


def test_a_resolved_blocker_turns_every_card_and_leaves_the_digest(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    world.to("15:00")
    world.settle()
    blocker = world.rituals.blockers.open(owner="U0DEEPAK")[0]
    world.rituals.blockers.resolve(blocker.id, by="U0DEEPAK")
    world.settle()
    assert [one.resolved_by for one in world.hears("U0DEEPAK", BlockerCard)] == ["Deepak Rao"]
    assert digest(world).blockers == ()
    assert [one.resolved for one in digest(world).resolved] == [True]


def test_a_blocker_is_resolved_by_the_next_standup(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    blocker = world.rituals.blockers.open()[0]
    world.to("09:00", TUESDAY)
    world.rituals.desk.answer("standup", TUESDAY, "ana-ruiz", {"changed": "churn: b"}, resolved=[blocker.id])
    world.settle()
    assert world.rituals.blockers.open() == []
    assert world.hears("U0DEEPAK", BlockerCard)[0].resolved_by == "Ana Ruiz"


def test_a_wrongly_routed_blocker_is_passed_on_in_one_click(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    blocker = world.rituals.blockers.open()[0]
    world.rituals.blockers.correct(blocker.id, owner="Chloe Martin", by="U0DEEPAK")
    world.settle()
    assert world.hears("U0DEEPAK", BlockerCard)[0].corrected_to == "Chloe Martin"
    assert world.hears("U0CHLOE", BlockerCard)[0].why == "Deepak Rao passed it on to Chloe Martin"


def test_others_can_not_close_a_blocker(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    blocker = world.rituals.blockers.open()[0]
    with pytest.raises(RefusedError, match="Deepak Rao"):
        world.rituals.blockers.resolve(blocker.id, by="chloe-martin")


def test_a_blocker_restated_is_the_same_one(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    world.to("09:00", TUESDAY)
    world.answer("ana-ruiz", TUESDAY, changed="churn: b", blockers=f"{DATA}!")
    assert len(world.rituals.blockers.open()) == 1


def test_a_blocker_taken_out_of_an_entry_is_gone(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    world.answer("ana-ruiz", changed="churn: a", blockers="")
    assert world.rituals.blockers.open() == []


def test_the_owner_of_a_quiet_blocker_is_asked_once(world: World) -> None:
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: a", blockers=DATA)
    world.to("18:00", MONDAY + timedelta(days=3))
    assert len(world.hears("U0DEEPAK", BlockerQuiet)) == 1
    blocker = world.rituals.blockers.open()[0]
    world.rituals.blockers.news(blocker.id, by="U0DEEPAK", words="the vendor answers tomorrow")
    world.to("18:00", MONDAY + timedelta(days=4))
    assert len(world.hears("U0DEEPAK", BlockerQuiet)) == 1


def test_in_channel_mode_the_channel_is_asked_once_and_its_prompt_becomes_the_digest(
    make_world: MakeWorld,
) -> None:
    world = make_world(mode="channel")
    world.to("09:00")
    assert [type(one) for one in world.said.to(DELIVERY)] == [ChannelPrompt]
    assert world.said.of(StandupPrompt) == []
    world.rituals.desk.answer("standup", MONDAY, "ana-ruiz", {"changed": "churn: a"}, source="thread")
    world.to("15:00")
    world.settle()
    assert [type(one) for one in world.said.to(DELIVERY)] == [Digest]


def test_a_partner_is_asked_when_the_overlap_begins_and_hands_over(make_world: MakeWorld) -> None:
    world = make_world(
        members=["Ana Ruiz", "Deepak Rao"],
        partners=[{"members": ["Deepak Rao"], "initiative": "churn"}],
    )
    world.to("08:50")
    assert world.hears("U0DEEPAK", StandupPrompt) == []
    world.answer("ana-ruiz", changed="churn: model retrained")
    world.to("09:00")
    prompt = world.hears("U0DEEPAK", StandupPrompt)[0]
    assert [line.text for line in prompt.handover] == ["churn: model retrained"]
    world.answer("deepak-rao", changed="churn: May is loaded", next="churn: June")
    shown = digest(world)
    assert [line.text for line in shown.handover] == ["churn: May is loaded", "next: churn: June"]
    assert [line.name for group in shown.groups for line in group.lines] == ["Ana Ruiz"]


def test_only_the_lead_may_ask_who_is_silent(world: World) -> None:
    world.to("14:00")
    world.answer("ana-ruiz", changed="churn: a")
    turnout = world.rituals.desk.turnout("standup", MONDAY)
    assert (turnout.asked, turnout.answered, turnout.skipped) == (3, 1, 0)
    assert world.rituals.desk.silent("standup", MONDAY, "U0BEN") == ["Ben Carter", "Chloe Martin"]
    with pytest.raises(RefusedError):
        world.rituals.desk.silent("standup", MONDAY, "U0ANA")


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({}, "changed"),
        ({"changed": " ", "next": ""}, "changed"),
        ({"changed": "a" * 40_000}, "changed"),
    ],
)
def test_what_cannot_be_taken_names_its_question(
    world: World, answers: dict[str, str], question: str
) -> None:
    with pytest.raises(WrongAnswerError) as caught:
        world.rituals.desk.answer("standup", MONDAY, "ana-ruiz", answers)
    assert caught.value.question == question


def test_the_teams_own_questions_are_typed_and_conditional(make_world: MakeWorld) -> None:
    questions = [
        {"id": "mood", "text": "How are you?", "kind": "mood"},
        {"id": "hours", "text": "Hours lost?", "kind": "number", "when": "stuck=yes"},
        {"id": "stuck", "text": "Stuck?", "kind": "choice", "choices": ["yes", "no"], "needed": True},
    ]
    world = make_world(questions=questions)
    desk = world.rituals.desk
    entry = desk.answer("standup", MONDAY, "ana-ruiz", {"mood": "🙂", "stuck": "no", "hours": "x"})
    assert dict(entry.answers) == {"mood": "🙂", "stuck": "no"}
    for wrong in ({"stuck": "maybe"}, {"stuck": "yes", "hours": "many"}, {"mood": "🙂"}):
        with pytest.raises(WrongAnswerError):
            desk.answer("standup", MONDAY, "ana-ruiz", wrong)


def test_a_models_summary_holds_only_what_the_entries_bear(make_world: MakeWorld) -> None:
    model = ScriptedModel(
        "- The backfill of May is finished on churn. [1]\n"
        "- Revenue rose by 40 %. [2]\n"
        "- The threshold of fraud is agreed. [2]\n"
        "- Everybody did well."
    )
    world = make_world(model=model, members=["Ben Carter", "Ana Ruiz", "Iris Novak", "Deepak Rao"])
    world.to("09:00")
    world.answer("ana-ruiz", changed="churn: the backfill of May is finished")
    world.answer("ben-carter", changed="fraud: the threshold is agreed")
    world.answer("iris-novak", changed="fraud: the design is reviewed")
    world.answer("deepak-rao", changed="churn: June is loaded")
    shown = digest(world).summary
    assert [(line.text, line.names) for line in shown] == [
        ("The backfill of May is finished on churn.", ("Ana Ruiz",)),
        ("The threshold of fraud is agreed.", ("Ben Carter",)),
    ]
    world.to("15:00")
    world.settle()
    assert len(model.asked) == 1


def test_a_member_who_leaves_in_the_middle_is_not_waited_for(world: World) -> None:
    world.to("14:00")
    world.answer("ana-ruiz", changed="churn: a")
    world.answer("ben-carter", changed="churn: b")
    world.rituals.desk.opt("standup", "chloe-martin", out=True)
    world.to("15:30")
    world.settle()
    assert texts(world) == {"churn": ["churn: a", "churn: b"]}
