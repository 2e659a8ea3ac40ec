"""The sample workspace of the demo: the people of Harbour Mobile, their channels, and what they said."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.seed import Seed, SeedApp, SeedChannel, SeedGroup, SeedMessage, SeedShortcut, SeedUser

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

PEOPLE = (
    SeedUser(name="ben", real_name="Ben Carter", title="Delivery lead", tz="Europe/London", admin=True),
    SeedUser(name="ana", real_name="Ana Ruiz", title="Data scientist", tz="Europe/Madrid"),
    SeedUser(name="chloe", real_name="Chloe Martin", title="ML engineer", tz="America/New_York"),
    SeedUser(name="deepak", real_name="Deepak Rao", title="Data engineer, partner", tz="Asia/Kolkata"),
    SeedUser(name="elena", real_name="Elena Petrova", title="Domain expert, retention", tz="Europe/Sofia"),
    SeedUser(name="hugo", real_name="Hugo Weber", title="Business analyst", tz="Europe/Berlin"),
    SeedUser(name="iris", real_name="Iris Novak", title="AI architect", tz="Europe/Prague"),
    SeedUser(name="grace", real_name="Grace Kim", title="AI ethicist", tz="Europe/London"),
    SeedUser(name="jonas", real_name="Jonas Lind", title="MLOps engineer", tz="Europe/Stockholm"),
    SeedUser(name="farid", real_name="Farid Haddad", title="Executive sponsor", tz="Asia/Beirut"),
)

TALK = (
    SeedMessage(
        channel="#general",
        user="ben",
        text="Good morning. Ask @muster how we work: it answers from our playbooks, with sources.",
        ago=2 * DAY,
    ),
    SeedMessage(
        channel="#general",
        user="hugo",
        text="The KPI review moved to Thursday; the numbers for churn and fraud will be in by Wednesday.",
        ago=DAY,
    ),
    SeedMessage(
        channel="#churn",
        user="deepak",
        text="The nightly load of `billing_events` was 40 minutes late again. It is complete now.",
        ago=DAY + 2 * HOUR,
        replies=(
            SeedMessage(
                channel="#churn",
                user="jonas",
                text="Thanks. Retraining waits for it until 06:00.",
                ago=DAY + HOUR,
            ),
        ),
    ),
    SeedMessage(
        channel="#churn",
        user="ana",
        text="Validation of the next candidate is through; I am writing up the segments.",
        ago=3 * HOUR,
    ),
    SeedMessage(
        channel="#fraud",
        user="chloe",
        text="2.4.0 is ready for its release review. Who do I have to ask for signatures?",
        ago=2 * HOUR,
    ),
    SeedMessage(
        channel="#delivery-leads",
        user="ben",
        text="Partner rates for next year are in the vendor appendix.",
        ago=4 * HOUR,
    ),
)

SAMPLE = Seed(
    team="Harbour Mobile",
    domain="harbour-mobile",
    app=SeedApp(
        commands=("/muster", "/raci", "/initiative"),
        shortcuts=(SeedShortcut(callback_id="ask_about_message", name="Ask Muster about this"),),
    ),
    users=PEOPLE,
    channels=(
        SeedChannel(name="general", purpose="Everything that concerns all of us"),
        SeedChannel(
            name="churn",
            topic="Objective: keep subscribers. KPI: monthly churn rate, 2.4 % to 2.0 %",
            members=("ben", "ana", "deepak", "elena", "grace", "jonas", "hugo"),
        ),
        SeedChannel(
            name="fraud",
            topic="Objective: stop subscription fraud. KPI: fraud loss a month, EUR 310k to 180k",
            members=("ben", "chloe", "hugo", "jonas", "grace"),
        ),
        SeedChannel(name="triage", topic="Route support tickets", members=("ben", "iris", "elena", "hugo")),
        SeedChannel(
            name="delivery-leads", private=True, members=("ben", "iris", "farid"), topic="Leads and sponsors"
        ),
    ),
    groups=(SeedGroup(handle="leads", name="Leads", members=("ben", "iris")),),
    messages=TALK,
)
