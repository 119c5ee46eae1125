"""History of the journal's tables, for Alembic."""
