"""What is due: each slot once, in order, however the clock moves."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.registers.people import Absence
from knowledge.registers.rituals import RitualEntry
from rituals.moments import LocalMoment
from rituals.rhythm import EVERY_DAY, EVERY_WORKDAY, Rhythm
from rituals.ritual import Member, Phase, Planned, Slot
from rituals.schedule import Ticker, coming_slots, due_slots

ZONES = ("America/New_York", "Europe/London", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia")


def member(zone: str, **more: object) -> Member:
    name = zone.rpartition("/")[2].lower()
    return Member(id=name, name=name, address=f"U{name}", zone=zone, **more)  # type: ignore[arg-type]  # tests give what fits


def planned(
    *members: Member,
    at: time = time(9),
    rhythm: Rhythm = EVERY_DAY,
    zone: str = "Europe/London",
    **more: object,
) -> Planned:
    """A ritual with one phase: each member's where there are members, the team's otherwise."""
    phase = Phase(name="open", rhythm=rhythm, moment=LocalMoment(at=at), each=bool(members))
    return Planned(
        workspace_id="w",
        entry=RitualEntry(name="standup"),
        phases=(phase,),
        members=members,
        zone=zone,
        **more,  # type: ignore[arg-type]  # as above
    )


def shown(slots: Sequence[Slot], zone: str) -> list[str]:
    return [slot.due.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M") for slot in slots]


def around(day: date, days: int = 2) -> tuple[datetime, datetime]:
    middle = datetime.combine(day, time(), tzinfo=UTC)
    return middle - timedelta(days=days), middle + timedelta(days=days)


def test_each_person_is_due_at_their_own_hour() -> None:
    slots = due_slots(*around(date(2026, 11, 24), 1), [planned(*map(member, ZONES), rhythm=EVERY_WORKDAY)])
    monday = [slot.person for slot in slots if slot.day == date(2026, 11, 24)]
    assert monday == ["apia", "lord_howe", "beirut", "london", "new_york"]
    assert slots[0].key == "w:standup:open:2026-11-23:beirut"


def test_half_past_one_happens_once_when_clocks_go_back() -> None:
    slots = due_slots(*around(date(2026, 10, 25)), [planned(at=time(1, 30))])
    assert shown(slots, "Europe/London") == ["10-23 01:30", "10-24 01:30", "10-25 01:30", "10-26 01:30"]


def test_half_past_two_moves_to_three_when_clocks_go_forward() -> None:
    slots = due_slots(*around(date(2026, 3, 8)), [planned(at=time(2, 30), zone="America/New_York")])
    assert shown(slots, "America/New_York")[1:3] == ["03-07 02:30", "03-08 03:00"]


def test_beiruts_missing_midnight_is_not_skipped() -> None:
    slots = due_slots(*around(date(2026, 3, 29)), [planned(at=time(0), zone="Asia/Beirut")])
    assert shown(slots, "Asia/Beirut") == ["03-28 00:00", "03-29 01:00", "03-30 00:00", "03-31 00:00"]


def test_lord_howes_half_hour_is_no_second_slot() -> None:
    slots = due_slots(*around(date(2026, 4, 5)), [planned(at=time(1, 45), zone="Australia/Lord_Howe")])
    assert len({slot.day for slot in slots}) == len(slots) == 4


def test_apia_has_no_slot_on_the_day_it_left_out() -> None:
    slots = due_slots(*around(date(2011, 12, 30), 3), [planned(member("Pacific/Apia"))])
    assert date(2011, 12, 30) not in {slot.day for slot in slots}
    assert {date(2011, 12, 29), date(2011, 12, 31)} <= {slot.day for slot in slots}


def test_the_29th_of_february_and_new_year_have_their_slots() -> None:
    leap = due_slots(*around(date(2028, 2, 29)), [planned()])
    assert date(2028, 2, 29) in {slot.day for slot in leap}
    year_end = due_slots(*around(date(2027, 1, 1)), [planned(rhythm=EVERY_DAY)])
    assert [slot.day.isoformat() for slot in year_end] == [
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
        "2027-01-02",
    ]


def test_holidays_are_each_persons_own() -> None:
    """26 November 2026 is Thanksgiving: New York is free, London is not."""
    both = planned(
        member("America/New_York", country="US"), member("Europe/London", country="GB"), rhythm=EVERY_WORKDAY
    )
    slots = due_slots(*around(date(2026, 11, 26)), [both])
    assert [slot.person for slot in slots if slot.day == date(2026, 11, 26)] == ["london"]


def test_a_team_phase_keeps_the_teams_holidays() -> None:
    christmas = around(date(2026, 12, 25), 1)
    assert [s.day.day for s in due_slots(*christmas, [planned(country="GB")])] == [24]
    assert due_slots(*christmas, [planned(rhythm=EVERY_DAY)]) != []


def test_weekends_are_those_of_the_country() -> None:
    """In Israel the week begins on Sunday, 22 November, and ends on Thursday."""
    slots = due_slots(
        *around(date(2026, 11, 24), 4),
        [planned(member("Asia/Jerusalem", country="IL"), rhythm=EVERY_WORKDAY)],
    )
    assert [slot.day.day for slot in slots] == [22, 23, 24, 25, 26]


def test_who_is_away_has_no_slot() -> None:
    away = Absence(start=date(2026, 11, 24), end=date(2026, 11, 25))
    slots = due_slots(*around(date(2026, 11, 25), 2), [planned(member("Europe/London", absences=(away,)))])
    assert [slot.day.day for slot in slots] == [23, 26]


def test_nothing_is_due_from_before_a_ritual_counted() -> None:
    since = datetime(2026, 11, 24, 12, tzinfo=UTC)
    slots = due_slots(*around(date(2026, 11, 25), 2), [planned(active_since=since)])
    assert [slot.day.day for slot in slots] == [25, 26]


def test_a_changed_time_zone_keeps_the_key() -> None:
    """Who was prompted in London at nine is not prompted again in New York at nine."""
    span = around(date(2026, 11, 24), 1)
    here = due_slots(*span, [planned(Member(id="ana", name="Ana", address="U1", zone="Europe/London"))])
    there = due_slots(*span, [planned(Member(id="ana", name="Ana", address="U1", zone="America/New_York"))])
    assert {slot.key for slot in here} == {slot.key for slot in there}


def test_the_next_occurrences_are_one_a_day() -> None:
    ritual = planned(*map(member, ZONES), rhythm=EVERY_WORKDAY)
    coming = coming_slots(datetime(2026, 11, 24, 12, tzinfo=UTC), ritual)
    assert [slot.day.day for slot in coming] == [24, 25, 26, 27, 30]


def test_a_monthly_ritual_has_its_next_five() -> None:
    ritual = planned(rhythm=Rhythm(every="month", weekdays=(0,), ordinal=1))
    coming = coming_slots(datetime(2026, 11, 24, 12, tzinfo=UTC), ritual)
    assert [slot.day.isoformat() for slot in coming] == [
        "2026-12-07",
        "2027-01-04",
        "2027-02-01",
        "2027-03-01",
        "2027-04-05",
    ]


RITUALS = [
    planned(*map(member, ZONES), at=time(0)),
    planned(at=time(1, 30), zone="Europe/London"),
    planned(at=time(2, 30), zone="America/New_York", rhythm=EVERY_WORKDAY),
]
STARTS = st.sampled_from(
    [
        datetime(2026, 3, 6, tzinfo=UTC),
        datetime(2026, 4, 3, tzinfo=UTC),
        datetime(2026, 10, 22, tzinfo=UTC),
        datetime(2026, 12, 29, tzinfo=UTC),
        datetime(2011, 12, 28, tzinfo=UTC),
        datetime(2028, 2, 27, tzinfo=UTC),
    ]
)


@settings(max_examples=60, deadline=None)
@given(start=STARTS, cuts=st.lists(st.integers(0, 5 * 86_400), max_size=12))
def test_over_any_moved_clock_each_slot_is_due_once_and_in_order(start: datetime, cuts: list[int]) -> None:
    """However a span is cut into ticks, together they find what one tick over the whole span finds."""
    moments = [start, *(start + timedelta(seconds=cut) for cut in sorted(cuts)), start + timedelta(days=5)]
    rituals = [Planned(**{**vars(one), "entry": RitualEntry(name=f"r{n}")}) for n, one in enumerate(RITUALS)]
    ticked = [slot for since, now in pairwise(moments) for slot in due_slots(since, now, rituals)]
    assert ticked == due_slots(moments[0], moments[-1], rituals)
    assert len({slot.key for slot in ticked}) == len(ticked)
    assert [slot.due for slot in ticked] == sorted(slot.due for slot in ticked)


def test_a_ticker_goes_on_after_a_tick_that_fails() -> None:
    """A failure costs one tick, not the rhythm."""
    ticks: list[int] = []
    twice = threading.Event()

    def act() -> None:
        ticks.append(len(ticks))
        if len(ticks) == 1:
            ticker.nudge()
            raise RuntimeError("the database was away")
        twice.set()

    ticker = Ticker(act, every_s=1)
    ticker.start()
    assert twice.wait(10)
    ticker.close()
