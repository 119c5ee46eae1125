"""Alembic's entry: works on the connection that the journal has opened."""

from __future__ import annotations

from alembic import context

from analyzer.district.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
)
with context.begin_transaction():
    context.run_migrations()
