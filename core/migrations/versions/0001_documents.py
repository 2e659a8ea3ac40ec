"""Workspaces, documents, questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sentence_vectors",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "document_id", "version", name=op.f("pk_sentence_vectors")),
        comment="Directions of sentences, int8; the chunks' own vectors are in Chroma.",
    )
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("slack_team_id", sa.String(length=32), nullable=True),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("embedding", sa.String(length=200), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("slack_team_id", name=op.f("uq_workspaces_slack_team_id")),
        comment="One row an installation: its key, its Slack team, the state of its index.",
    )
    op.create_table(
        "document_roots",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_document_roots_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "root", name=op.f("pk_document_roots")),
        comment="Who reads what stands under a path and names no audience itself; a row an --audience.",
    )
    op.create_table(
        "documents",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("reviewed", sa.Date(), nullable=True),
        sa.Column("review_every_days", sa.Integer(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("chunks", sa.Integer(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_documents_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_documents")),
        comment="The documents that answer. A chunk in the index counts only if its version stands here.",
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index("ix_documents_workspace_id_root", ["workspace_id", "root"], unique=False)

    op.create_table(
        "questions_asked",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("weak", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("nearest", sa.JSON(), nullable=False),
        sa.Column("cited", sa.JSON(), nullable=False),
        sa.Column("in_the_open", sa.Boolean(), nullable=False),
        sa.Column("prompt_digest", sa.Text(), nullable=True),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("gap", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feedback", sa.String(length=10), server_default="", nullable=False),
        sa.Column("feedback_comment", sa.Text(), server_default="", nullable=False),
        sa.Column("feedback_by", sa.Text(), server_default="", nullable=False),
        sa.Column("feedback_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_questions_asked_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_questions_asked")),
        comment="One row a question, by its natural key. `gap` says why it shows a hole in the documents.",
    )
    with op.batch_alter_table("questions_asked", schema=None) as batch_op:
        batch_op.create_index(
            "ix_questions_asked_workspace_id_gap_asked_at", ["workspace_id", "gap", "asked_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("questions_asked", schema=None) as batch_op:
        batch_op.drop_index("ix_questions_asked_workspace_id_gap_asked_at")

    op.drop_table("questions_asked")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index("ix_documents_workspace_id_root")

    op.drop_table("documents")
    op.drop_table("document_roots")
    op.drop_table("workspaces")
    op.drop_table("sentence_vectors")
