"""A workspace with people and talk in it, for the page to show."""

# ruff: noqa: E501 -- a sample reads best on one line
from __future__ import annotations

from datetime import timedelta

from bot.sandbox.seed import Seed, SeedApp, SeedChannel, SeedGroup, SeedMessage, SeedShortcut, SeedUser

PEOPLE = (
    SeedUser(name="ben", real_name="Ben Carter", title="Delivery lead", tz="Europe/London", admin=True),
    SeedUser(name="ana", real_name="Ana Ruiz", title="Data scientist", tz="Europe/Madrid"),
    SeedUser(name="chloe", real_name="Chloe Martin", title="ML engineer", tz="America/New_York"),
    SeedUser(name="deepak", real_name="Deepak Rao", title="Data engineer", tz="Asia/Kolkata"),
    SeedUser(name="elena", real_name="Elena Petrova", title="Domain expert", tz="Europe/Sofia"),
    SeedUser(name="hugo", real_name="Hugo Weber", title="Business analyst", tz="Europe/Berlin"),
    SeedUser(name="iris", real_name="Iris Novak", title="AI architect", tz="Europe/Prague"),
    SeedUser(name="grace", real_name="Grace Kim", title="AI ethicist", tz="Asia/Seoul"),
    SeedUser(name="jonas", real_name="Jonas Lind", title="MLOps engineer", tz="Europe/Stockholm"),
    SeedUser(name="farid", real_name="Farid Haddad", title="Executive sponsor", tz="Asia/Beirut", guest="multi_channel"),
)  # fmt: skip


def _said(
    user: str, text: str, *, channel: str = "#churn", ago: timedelta, replies: tuple[SeedMessage, ...] = ()
) -> SeedMessage:
    return SeedMessage(channel=channel, user=user, text=text, ago=ago, replies=replies)


_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)

TALK = (
    _said("deepak", "The nightly load of the billing events is *late again*, about 40 minutes.", ago=_DAY + 90 * _MINUTE),
    _said("deepak", "I restarted it; `events_v3` is complete now.", ago=_DAY + 88 * _MINUTE),
    _said("jonas", "Thanks. I keep the retraining job waiting until 06:00 then.", ago=_DAY + 80 * _MINUTE),
    _said(
        "ana", "Validation of churn v7 is through. Uplift on the holdout: *+2.3 points*. Notes: https://example.com/churn/v7",
        ago=70 * _MINUTE,
        replies=(
            _said("elena", "Looks plausible for the prepaid tariffs. Did you look at customers who moved house?", ago=62 * _MINUTE),
            _said("ana", "Not yet, good point. I add a slice for them.", ago=60 * _MINUTE),
            _said("grace", "Please also keep the age bands in the report.", ago=55 * _MINUTE),
        ),
    ),
    _said("chloe", "@ana nice! Who signs it off before we release?", ago=40 * _MINUTE),
    _said("ben", "@ml-team release window is tomorrow 14:00, see #general for the freeze.", ago=20 * _MINUTE),
    _said("ben", "Good morning all. The change freeze starts on Friday.", channel="#general", ago=_DAY),
    _said("hugo", "The monthly KPI review moved to Thursday.", channel="#general", ago=3 * timedelta(hours=1)),
)  # fmt: skip

SAMPLE = Seed(
    team="Northwind AI",
    domain="northwind",
    app=SeedApp(
        commands=("/muster", "/raci", "/ritual"),
        shortcuts=(
            SeedShortcut(callback_id="ask_about", name="Ask Muster about this"),
            SeedShortcut(callback_id="new_decision", name="Record a decision", kind="global"),
        ),
    ),
    users=PEOPLE,
    channels=(
        SeedChannel(name="general", purpose="Everything that concerns all of us", members=("*", "farid")),
        SeedChannel(
            name="churn", topic="Churn model · objective: keep 2 % more prepaid customers",
            members=("ana", "ben", "chloe", "deepak", "elena", "grace", "jonas"),
        ),
        SeedChannel(name="ml-platform", private=True, members=("jonas", "iris", "chloe", "ana"), topic="Runbooks and incidents"),
        SeedChannel(name="showcase", purpose="Every kind of block"),
        SeedChannel(name="fraud", members=("ben", "iris")),
    ),
    groups=(SeedGroup(handle="ml-team", name="ML team", members=("ana", "chloe", "jonas")),),
    messages=TALK,
)  # fmt: skip
