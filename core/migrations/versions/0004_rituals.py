"""Rituals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blocker_events",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("blocker", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_blocker_events_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "blocker", "key", name=op.f("pk_blocker_events")),
        comment="The story of each blocker; rows are only ever added.",
    )
    op.create_table(
        "blockers",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("reporter", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("initiative", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("row_key", sa.String(length=700), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("news_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_blockers_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_blockers")),
        comment="One row a thing in somebody's way.",
    )
    with op.batch_alter_table("blockers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_blockers_workspace_id_resolved_at", ["workspace_id", "resolved_at"], unique=False
        )

    op.create_table(
        "ritual_runs",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_ritual_runs_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_ritual_runs")),
        comment="One row a slot that was run or missed.",
    )
    with op.batch_alter_table("ritual_runs", schema=None) as batch_op:
        batch_op.create_index("ix_ritual_runs_workspace_id_due_at", ["workspace_id", "due_at"], unique=False)
        batch_op.create_index(
            "ix_ritual_runs_workspace_id_ritual_day", ["workspace_id", "ritual", "day"], unique=False
        )

    op.create_table(
        "ritual_states",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("active_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_by", sa.String(length=100), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_ritual_states_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "ritual", name=op.f("pk_ritual_states")),
        comment="Since when a ritual counts, and whether it is paused.",
    )
    op.create_table(
        "ritual_watermarks",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_ritual_watermarks_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_ritual_watermarks")),
        comment="Until when due slots were looked for.",
    )
    op.create_table(
        "standup_entries",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_standup_entries_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "ritual", "day", "person", name=op.f("pk_standup_entries")),
        comment="What each person said on each day, in their own words.",
    )
    with op.batch_alter_table("standup_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_standup_entries_workspace_id_person_day", ["workspace_id", "person", "day"], unique=False
        )

    op.create_table(
        "standup_prompts",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_standup_prompts_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "ritual", "day", "person", name=op.f("pk_standup_prompts")),
        comment="Who was asked on which day, and with which questions.",
    )
    op.create_table(
        "standup_summaries",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_standup_summaries_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "ritual", "day", "digest", name=op.f("pk_standup_summaries")),
        comment="What a model made of a day's entries, so that it is asked once for the same words.",
    )
    op.create_table(
        "standup_wishes",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("ritual", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("remind_at", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_standup_wishes_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "ritual", "person", name=op.f("pk_standup_wishes")),
        comment="Who is left out of a standup, and who wants to be reminded when.",
    )


def downgrade() -> None:
    op.drop_table("standup_wishes")
    op.drop_table("standup_summaries")
    op.drop_table("standup_prompts")
    with op.batch_alter_table("standup_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_standup_entries_workspace_id_person_day")

    op.drop_table("standup_entries")
    op.drop_table("ritual_watermarks")
    op.drop_table("ritual_states")
    with op.batch_alter_table("ritual_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_ritual_runs_workspace_id_ritual_day")
        batch_op.drop_index("ix_ritual_runs_workspace_id_due_at")

    op.drop_table("ritual_runs")
    with op.batch_alter_table("blockers", schema=None) as batch_op:
        batch_op.drop_index("ix_blockers_workspace_id_resolved_at")

    op.drop_table("blockers")
    op.drop_table("blocker_events")
