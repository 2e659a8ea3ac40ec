"""How a standup is set: what its line in `team.yaml` may say beside name, channel and schedule."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from core.errors import InputError
from knowledge.records.standup_entry import AnswerKind, StandupQuestion
from knowledge.registers.rituals import RitualEntry
from rituals.moments import QuietHours
from rituals.schedule_line import Sprints

DEFAULT_SCHEDULE = "every weekday 09:00 in each time zone"
DEFAULT_QUESTIONS = (
    StandupQuestion(id="changed", text="What changed since your last entry?"),
    StandupQuestion(id="next", text="What comes next, and for which initiative?"),
    StandupQuestion(id="blockers", text="What is in your way, and since when?", kind="blockers"),
)
MOODS = ("😀", "🙂", "😐", "🙁", "😫")


def _clock_time(value: object) -> object:
    """Returns `15:00` as written: YAML reads it as 900, the minutes of the day."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MINUTES_A_DAY:
        return f"{value // 60:02}:{value % 60:02}"
    return value


MINUTES_A_DAY = 1_440
Names = Annotated[list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
Hour = Annotated[time, BeforeValidator(_clock_time)]
Moment = Annotated[str, BeforeValidator(_clock_time)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class QuestionOption(_Form):
    """A question of the team's own."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")
    text: str = Field(min_length=1, max_length=300)
    kind: AnswerKind = "text"
    choices: list[str] = Field(default=[], max_length=20)
    when: str = ""
    needed: bool = False


class PartnerOption(_Form):
    """People whose window opens with the hours in which both sides work, and who hand over."""

    members: Names
    initiative: str = ""
    overlap: str = ""


class QuietOption(_Form):
    """The local hours in which nobody is disturbed."""

    begin: Hour = time(18)
    end: Hour = time(8)


class StandupOptions(_Form):
    """Everything that may be set; what is not set is as the documentation says."""

    ritual: str = "standup"
    members: Names = []
    mode: Literal["dm", "channel"] = "dm"
    close: Moment = "15:00"
    remind_before: int = Field(30, ge=0, le=600, description="Minutes before the close.")
    follow_up: Moment = "10:00"
    questions: list[QuestionOption] = []
    rotate_every: int = Field(10, ge=0, description="Days asked after which a risk is asked about; 0 never.")
    accountable_after: int = Field(2, ge=0, description="Working days.")
    sponsor_after: int = Field(4, ge=0, description="Working days.")
    quiet_after: int = Field(2, ge=1, description="Working days without news.")
    partners: list[PartnerOption] = []
    quiet_hours: QuietOption = QuietOption()
    lead: str = ""
    country: str = ""
    sprints: dict[str, date | int] = {}

    @property
    def asked(self) -> tuple[StandupQuestion, ...]:
        """Returns the questions, the usual three where the team has none of its own."""
        return tuple(map(_question, self.questions)) or DEFAULT_QUESTIONS

    @property
    def remind_by(self) -> timedelta:
        """Returns how long before the close people are reminded."""
        return timedelta(minutes=self.remind_before)

    @property
    def quiet(self) -> QuietHours:
        """Returns the quiet hours."""
        return QuietHours(begin=self.quiet_hours.begin, end=self.quiet_hours.end)


def read_options(entry: RitualEntry) -> StandupOptions:
    """Reads a standup's options; raises `InputError` that names each that is wrong."""
    try:
        return StandupOptions.model_validate(entry.options)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg']}, got {item.get('input')!r}"
            for item in error.errors()
        )
        raise InputError(
            f"The ritual {entry.name!r} can't be read: {wrong}.",
            cure="docs/rituals/standup.md lists its options.",
        ) from None


def read_sprints(options: StandupOptions) -> Sprints | None:
    """Returns the calendar of sprints, where one is set."""
    start, days = options.sprints.get("start"), options.sprints.get("days", 14)
    if isinstance(start, date) and isinstance(days, int):
        return Sprints(start=start, days=days)
    return None


def _question(option: QuestionOption) -> StandupQuestion:
    about, _, value = option.when.partition("=")
    choices = tuple(option.choices) or (MOODS if option.kind == "mood" else ())
    if option.kind == "choice" and len(choices) < 2:  # noqa: PLR2004  # a choice is between two at least
        raise InputError(f"The question {option.id!r} is a choice of {list(choices)}; give it two at least.")
    return StandupQuestion(
        id=option.id,
        text=option.text,
        kind=option.kind,
        choices=choices,
        when=(about.strip(), value.strip()) if value else None,
        needed=option.needed,
    )
