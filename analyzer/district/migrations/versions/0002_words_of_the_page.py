"""Decisions made on the page: what the verdict was, what it should be, and which clause says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for name in ("about", "should", "clause"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("start", sa.Integer(), nullable=True))
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audits_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    """Goes back."""
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audits_sha256"))
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for name in ("start", "clause", "should", "about"):
            batch_op.drop_column(name)
