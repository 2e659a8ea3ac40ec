"""What people do in a standup: answer, skip, snooze, opt out, look at and delete their own entries.

Listeners call this directly: what it keeps is kept when it returns. What has to be said because of it is
started as a durable workflow, so that a click is answered at once and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from core.durable import Starter
from core.errors import InputError, NotFoundError, RefusedError
from knowledge.records.standup_entry import LONGEST_ANSWER, Entry, Source, StandupQuestion, Wishes
from rituals.planning import Plan, Planning, kind_of
from rituals.ritual import Planned, leads_of
from rituals.running import QUEUE
from rituals.standup.days import standup_day
from rituals.standup.items import items_of
from rituals.standup.options import read_options
from rituals.standup.questions import asked_now
from rituals.standup.records import StandupRecords
from rituals.standup.said import OpenBlocker
from rituals.standup.sorting import Sorted, sort_reply

AFTERWARDS = "standup-afterwards"
LONGEST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class StandupForm:
    """What the form of one person's entry shows.

    `answers` are what they said already, or for "next" what they planned last (`planned`); `blockers` are
    theirs that are open, to be ticked off or kept.
    """

    ritual: str
    day: date
    person: str
    questions: tuple[StandupQuestion, ...]
    answers: Mapping[str, str]
    planned: str = ""
    blockers: tuple[OpenBlocker, ...] = ()
    answered: bool = False


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """How a standup stands: counts for the lead, never names."""

    asked: int
    answered: int
    skipped: int


class StandupDesk:
    """Takes what people do; `person` is always a person's id in the register or a Slack id."""

    def __init__(self, *, records: StandupRecords, planning: Planning, starter: Starter) -> None:
        self._records = records
        self._planning = planning
        self._starter = starter

    def current(self, person: str) -> tuple[str, date] | None:
        """Returns the ritual and day that somebody's words belong to now; None for no member of any."""
        plan, now = self._planning.plan(), self._records.clock.now()
        who = self._id(person, plan)
        for planned in plan.planned:
            member = next((one for one in planned.members if one.id == who), None)
            if kind_of(planned.entry) == "standup" and member is not None:
                return planned.name, standup_day(planned, member, now, self._records)
        return None

    def form(self, ritual: str, day: date, person: str) -> StandupForm:
        """Returns what to show to somebody who wants to answer, or to change what they said."""
        planned, who = self._at(ritual, person)
        prompt = self._records.prompts.prompts(planned.name, day).get(who)
        questions = prompt.questions if prompt and prompt.questions else read_options(planned.entry).asked
        entry = self._records.entries.entry(planned.name, day, who)
        last = self._records.entries.last_before(planned.name, day, who)
        plans = last.answers.get("next", "") if last else ""
        answers = dict(entry.answers) if entry else {"changed": plans} if plans else {}
        still_open = self._records.blockers.open(ritual=planned.name, reporter=who)
        return StandupForm(
            ritual=planned.name,
            day=day,
            person=who,
            questions=questions,
            answers=answers,
            planned=plans,
            blockers=tuple(OpenBlocker(id=b.id, text=b.text, since=b.since) for b in still_open),
            answered=entry is not None,
        )

    def sort(self, ritual: str, day: date, person: str, text: str) -> Sorted:
        """Returns a reply by question, to be confirmed; raises `InputError` for one without words."""
        return sort_reply(text, self.form(ritual, day, person).questions)

    def answer(
        self,
        ritual: str,
        day: date,
        person: str,
        answers: Mapping[str, str],
        *,
        resolved: Sequence[str] = (),
        source: Source = "form",
    ) -> Entry:
        """Keeps an entry; a later one for the day replaces it. `resolved` are the blockers ticked off.

        Raises `WrongAnswerError` with the question at which something is wrong.
        """
        form = self.form(ritual, day, person)
        kept = checked_answers(form.questions, answers, ticked=bool(resolved))
        planned = self._planning.plan().get(ritual)
        for blocker in resolved:
            self._records.blockers.resolve(blocker, by=form.person)
        channel = planned.entry.channel
        entry = self._records.entries.save(
            form.ritual,
            day,
            form.person,
            answers=kept,
            items=items_of(form.questions, kept, self._records.registers.lexicon()),
            source=source,
            audience=() if self._records.roster.is_open(channel) else (channel,),
        )
        self._afterwards(form.ritual, day, form.person, f"said-{entry.revision}-{len(resolved)}")
        return entry

    def skip(self, ritual: str, day: date, person: str, reason: str) -> None:
        """Notes that somebody skips a day; raises `InputError` without a reason."""
        said = " ".join(reason.split())[:LONGEST_REASON]
        if not said:
            raise InputError("A skipped day needs a reason, in a line.")
        planned, who = self._at(ritual, person)
        self._records.prompts.skip(planned.name, day, who, said)
        self._afterwards(planned.name, day, who, "skipped")

    def snooze(self, ritual: str, day: date, person: str, until: datetime) -> None:
        """Notes when somebody wants to be asked again; raises `InputError` for a time that has passed."""
        if until <= self._records.clock.now():
            raise InputError("The time to be asked again has passed.", cure="Choose a later one.")
        planned, who = self._at(ritual, person)
        self._records.prompts.snooze(planned.name, day, who, until)
        self._afterwards(planned.name, day, who, f"snoozed-{until:%Y%m%dT%H%M}")

    def opt(self, ritual: str, person: str, *, out: bool) -> None:
        """Leaves somebody out of a standup from now on, or takes them in again."""
        self._wish(ritual, person, opted_out=out)

    def remind_at(self, ritual: str, person: str, at: time | None, *, reminders: bool = True) -> None:
        """Notes at which local time somebody wants to be reminded (None: the usual one), or not at all."""
        self._wish(ritual, person, remind_at=at, reminders=reminders)

    def mine(self, person: str, *, since: date) -> Sequence[Entry]:
        """Returns somebody's own entries, the latest first."""
        return self._records.entries.since(since, person=self._id(person, self._planning.plan()))

    def delete(self, ritual: str, day: date, person: str) -> None:
        """Deletes somebody's own entry of a day with the blockers that they reported in it."""
        planned, who = self._at(ritual, person)
        if not self._records.entries.delete(planned.name, day, who):
            raise NotFoundError(f"There is no entry of yours for {day:%d %b}.")
        self._records.blockers.withdraw(planned.name, day, who)
        now = self._records.clock.now()
        self._afterwards(planned.name, day, who, f"deleted-{now:%Y%m%dT%H%M%S%f}")

    def turnout(self, ritual: str, day: date) -> Turnout:
        """Returns how many were asked, answered and skipped."""
        prompts = self._records.prompts.prompts(ritual, day)
        answered = {entry.person for entry in self._records.entries.entries(ritual, day)}
        skipped = [one for one in prompts.values() if one.skipped is not None and one.person not in answered]
        asked = answered | set(prompts)
        return Turnout(asked=len(asked), answered=len(answered), skipped=len(skipped))

    def silent(self, ritual: str, day: date, asker: str) -> Sequence[str]:
        """Returns the names of those who have not answered, to whoever leads the ritual.

        Raises `RefusedError` for everybody else: it is nobody else's business.
        """
        plan = self._planning.plan()
        planned = plan.get(ritual)
        if self._id(asker, plan) not in {lead.id for lead in leads_of(planned.entry, plan.team)}:
            raise RefusedError("Only whoever leads the standup can ask who has not answered.")
        prompts = self._records.prompts.prompts(planned.name, day)
        done = {entry.person for entry in self._records.entries.entries(planned.name, day)}
        waiting = (p for p in prompts.values() if p.person not in done and p.skipped is None)
        return sorted(plan.team.name_of(prompt.person) for prompt in waiting)

    def _wish(self, ritual: str, person: str, **changes: object) -> None:
        planned, who = self._at(ritual, person)
        known = self._records.prompts.wishes_of(planned.name, who)
        self._records.prompts.wish(Wishes(**{**vars(known), **changes}))

    def _at(self, ritual: str, person: str) -> tuple[Planned, str]:
        plan = self._planning.plan()
        return plan.get(ritual), self._id(person, plan)

    def _id(self, person: str, plan: Plan) -> str:
        found = plan.team.person(person)
        return found.id if found is not None else person

    def _afterwards(self, ritual: str, day: date, person: str, mark: str) -> None:
        argument = {"ritual": ritual, "day": day.isoformat(), "person": person, "mark": mark}
        key = f"{self._planning.workspace_id}:{ritual}:{day}:{person}:{mark}"
        self._starter.start(AFTERWARDS, key, argument, queue=QUEUE, partition=ritual)


class WrongAnswerError(InputError):
    """An answer can't be taken; `question` is the id of the one to show it at."""

    def __init__(self, question: str, message: str) -> None:
        super().__init__(message)
        self.question = question


def checked_answers(
    questions: Sequence[StandupQuestion], answers: Mapping[str, str], *, ticked: bool = False
) -> dict[str, str]:
    """Returns the answers to the questions that stand; raises `WrongAnswerError` for the first wrong one."""
    kept = {}
    for question in asked_now(questions, answers):
        words = answers.get(question.id, "").strip()
        if len(words) > LONGEST_ANSWER:
            length = f"{len(words):,} characters; {LONGEST_ANSWER:,} fit"
            raise WrongAnswerError(question.id, f"That answer has {length}. Put the rest in a document.")
        if question.needed and not words:
            raise WrongAnswerError(question.id, f"“{question.text}” needs an answer.")
        if words and question.choices and words not in question.choices:
            listed = ", ".join(question.choices)
            raise WrongAnswerError(question.id, f"{words[:60]!r} is none of {listed}.")
        if words and question.kind == "number" and not _is_number(words):
            raise WrongAnswerError(question.id, f"{words[:60]!r} is not a number.")
        kept[question.id] = words
    if not any(kept.values()) and not ticked:
        raise WrongAnswerError(questions[0].id, "Write a few words; “nothing new” is a proper answer.")
    return kept


def _is_number(words: str) -> bool:
    try:
        float(words.replace(",", "."))
    except ValueError:
        return False
    return True
