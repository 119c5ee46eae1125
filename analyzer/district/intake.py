"""Results of a run → rows of the journal; words of the acts stay out unless they are wanted."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from analyzer.district.schema import AuditRow, FindingRow, RunRow, TreeRow, VerdictRow
from analyzer.district.store import Line
from analyzer.reports.content import safe


def run_row(values: Line) -> RunRow:
    """The row of a run."""
    return RunRow(
        id=values["run"],
        source=safe(values["source"]),
        started=datetime.fromisoformat(values["started"]),
        recorded=datetime.now(UTC),
        as_of=date.fromisoformat(values["conditions"]["as_of"]),
        conditions=values["conditions"],
        **{key: values[key] for key in ("found", "audited", "failed", "skipped")},
    )


def take_in(session: Session, run: str, lines: Sequence[Line], texts: bool, deadline: date | None) -> None:
    """Takes in results of a run.

    Args:
        session: Of the journal.
        run: Id of the run.
        lines: Its results.
        texts: With words of the acts and their clause trees.
        deadline: By when what was found must be mended.
    """
    rows = [_file(run, line, deadline) for line in lines]
    session.add_all(rows)
    session.flush()
    verdicts: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    trees: list[dict[str, Any]] = []
    for row, line in zip(rows, lines, strict=True):
        audit = line["audit"] or {"requirements": (), "findings": ()}
        for item in audit["requirements"]:
            told = {key: item[key] for key in ("checklist", "status", "confidence", "review")}
            verdicts.append({**told, "audit_id": row.id, "requirement": item["id"]})
        for item in audit["findings"]:
            told = {key: item[key] for key in ("rule", "severity", "requirement", "page", "fingerprint")}
            quote = safe(item["quote"]) if texts else None
            words = {"clause": safe(item["clause"]), "message": safe(item["message"]), "quote": quote}
            findings.append({**told, **words, "audit_id": row.id})
        if texts and "tree" in audit:
            trees.append({"audit_id": row.id, "act": base64.b64decode(audit["tree"])})
    for table, values in ((VerdictRow, verdicts), (FindingRow, findings), (TreeRow, trees)):
        if values:
            session.execute(insert(table), values)


def _file(run: str, line: Line, deadline: date | None) -> AuditRow:
    audit, error = line["audit"], line["error"]
    act: Line = audit["act"] if audit else {"title": None, "approved_on": None, "on_subject": False}
    wrong = line["state"] == "failed" or bool(audit and audit["summary"]["errors"])
    approved = act["approved_on"]
    return AuditRow(
        run_id=run,
        municipality=safe(line["municipality"]),
        school=safe(line["school"]),
        path=safe(line["path"]),
        sha256=line["sha256"],
        state=line["state"],
        reason=safe(error["message"]) if error else "",
        title=safe(act["title"]) or None,
        approved_on=date.fromisoformat(approved) if approved else None,
        on_subject=act["on_subject"],
        status="open" if wrong else "clean",
        deadline=deadline if wrong else None,
    )
