"""Decisions made on the page «Проверка акта», kept in the journal beside those on a district's files.

The acts that people decide on during a day are a run of their own (``p20261125``): so they are listed,
shown, exported and destroyed by age like every other run. Decisions on a file go by its digest, whatever run
it is in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from analyzer.district.intake import take_in
from analyzer.district.schema import AuditRow, DecisionRow, RunRow
from analyzer.district.store import Line

PAGE = "p"
"""Ids of the page's runs begin with it; those of a district's runs are hexadecimal digits."""

_SOURCE = "страница «Проверка акта»"


def put_down(session: Session, act: Line, said: Line) -> None:
    """Writes down what a person said; the act is taken in with the first word of the day about it.

    Args:
        session: Of the journal.
        act: The act as a result of a run.
        said: Columns of the decision.
    """
    run = _run_of_today(session)
    mine = select(AuditRow.id).where(AuditRow.run_id == run, AuditRow.sha256 == act["sha256"])
    audit_id = session.scalar(mine)
    if audit_id is None:
        take_in(session, run, [act], texts=False, deadline=None)
        counted = {"found": RunRow.found + 1, "audited": RunRow.audited + 1}
        session.execute(update(RunRow).where(RunRow.id == run).values(counted))
        audit_id = session.scalars(mine).one()
    session.add(DecisionRow(audit_id=audit_id, **said))


def about_file(session: Session, sha256: str) -> list[dict[str, Any]]:
    """Decisions on statements about the file with that digest, in the order in which they were made."""
    query = (
        select(DecisionRow)
        .join(AuditRow)
        .where(AuditRow.sha256 == sha256, DecisionRow.fingerprint.is_not(None))
        .order_by(DecisionRow.id)
    )
    names = ("fingerprint", "decision", "comment", "author", "made", "about", "should", "clause", "start")
    return [{name: getattr(row, name) for name in names} for row in session.scalars(query)]


def _run_of_today(session: Session) -> str:
    """The id of today's run, made when it is not there; other writers wait from here on."""
    now = datetime.now(UTC)
    run = f"{PAGE}{now:%Y%m%d}"
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values = {
        "id": run, "source": _SOURCE, "started": now, "recorded": now, "as_of": now.date(),
        "found": 0, "audited": 0, "failed": 0, "skipped": 0, "conditions": {"levels": []},
    }  # fmt: skip
    session.execute(insert(RunRow).values(values).on_conflict_do_nothing())
    session.execute(select(RunRow.id).where(RunRow.id == run).with_for_update())
    return run
