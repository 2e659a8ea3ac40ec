"""Alembic's entry: migrates the connection that `core.schema` hands in."""

from __future__ import annotations

from alembic import context

from core.db import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
