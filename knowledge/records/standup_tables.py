"""The tables of standups."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, Time

from core.db import UtcDateTime, metadata

standup_prompts = Table(
    "standup_prompts",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("ritual", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("questions", JSON, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("skipped", Text),
    Column("snoozed_until", UtcDateTime),
    Column("reminded_at", UtcDateTime),
    comment="Who was asked on which day, and with which questions.",
)

standup_entries = Table(
    "standup_entries",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("ritual", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("answers", JSON, nullable=False),
    Column("said", JSON, nullable=False),
    Column("source", String(20), nullable=False),
    Column("audience", JSON, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    Index("ix_standup_entries_workspace_id_person_day", "workspace_id", "person", "day"),
    comment="What each person said on each day, in their own words.",
)

standup_wishes = Table(
    "standup_wishes",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("ritual", String(200), primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("opted_out", Boolean, nullable=False),
    Column("reminders", Boolean, nullable=False),
    Column("remind_at", Time),
    comment="Who is left out of a standup, and who wants to be reminded when.",
)

standup_summaries = Table(
    "standup_summaries",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("ritual", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("lines", JSON, nullable=False),
    comment="What a model made of a day's entries, so that it is asked once for the same words.",
)
