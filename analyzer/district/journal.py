"""The journal: audits, findings, decisions of people, deadlines. An SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analyzer.district.database import opened
from analyzer.district.intake import run_row, take_in
from analyzer.district.said import PAGE, about_file, put_down
from analyzer.district.schema import AuditRow, DecisionRow, RunRow, TreeRow
from analyzer.district.store import RESULTS, Line, records, run_values
from analyzer.errors import LnaError
from analyzer.reports.content import safe

FILE = "journal.sqlite"
DECISIONS = {
    "confirm": "находка верна",
    "reject": "находка ложная",
    "mended": "исправлено",
    "postpone": "срок продлён",
    "note": "заметка",
    "withdraw": "прежнее решение снято",
}
STATUSES = {"open": "исправить", "clean": "замечаний нет", "mended": "исправлено", "dismissed": "снято"}
_AFTER = {
    "mended": "mended", "reject": "dismissed", "confirm": "open", "postpone": "open", "withdraw": "open",
}  # fmt: skip
_BATCH = 200  # acts in one go


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge destroyed.

    Attributes:
        before: Everything recorded before this moment.
        runs: Ids of the runs.
        audits: Number of files.
        texts: Number of clause trees.
    """

    before: datetime
    runs: tuple[str, ...]
    audits: int
    texts: int


class Journal:
    """An open journal."""

    def __init__(self, place: str, *, must_exist: bool = False) -> None:
        """Opens a journal and brings its tables up to date.

        Args:
            place: Path of an SQLite file, or a URL (``postgresql://user@host/base``).
            must_exist: A missing file is an error.

        Raises:
            LnaError: It cannot be opened.
        """
        self._engine = opened(place, must_exist=must_exist)

    def close(self) -> None:
        """Lets the base go."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            kind = type(error).__name__
            raise LnaError("journal_failed", f"сбой журнала ({kind})", "проверьте место и доступ") from error

    def record(self, folder: Path, *, texts: bool = False, deadline: date | None = None) -> int:
        """Takes in a finished run; once: a run that is known already changes nothing.

        Args:
            folder: Its folder.
            texts: Words of the acts and their clause trees are kept too.
            deadline: By when what was found must be mended.

        Returns:
            Number of files taken in.
        """
        values = run_values(folder)
        with self._session() as session:
            if session.get(RunRow, values["run"]) is not None:
                return 0
            session.add(run_row(values))
            session.flush()
            lines, count = records(folder / RESULTS), 0
            while batch := list(islice(lines, _BATCH)):
                take_in(session, values["run"], batch, texts, deadline)
                count += len(batch)
            return count

    def runs(self) -> list[dict[str, Any]]:
        """Runs, the latest first, with what is still open."""
        still = (
            select(AuditRow.run_id, func.count().label("open"))
            .where(AuditRow.status == "open")
            .group_by(AuditRow.run_id)
            .subquery()
        )
        rows = (
            select(RunRow, func.coalesce(still.c.open, 0))
            .outerjoin(still, still.c.run_id == RunRow.id)
            .order_by(RunRow.recorded.desc(), RunRow.id)
        )
        with self._session() as session:
            return [
                {
                    "run": row.id, "recorded": _iso(row.recorded), "source": row.source,
                    "as_of": row.as_of.isoformat(), "found": row.found, "audited": row.audited,
                    "failed": row.failed, "skipped": row.skipped, "open": count,
                }
                for row, count in session.execute(rows)
            ]  # fmt: skip

    def audits(self, run: str = "", *, status: str = "", overdue: bool = False) -> list[dict[str, Any]]:
        """Files of a run, of the latest one by default.

        Args:
            run: Its id or the beginning of it.
            status: Only these (``open``, ``mended`` …).
            overdue: Only those whose deadline has passed.
        """
        with self._session() as session:
            query = select(AuditRow).where(AuditRow.run_id == self._run_id(session, run))
            if status:
                query = query.where(AuditRow.status == status)
            if overdue:
                query = query.where(AuditRow.status == "open", AuditRow.deadline < date.today())
            rows = session.scalars(query.order_by(AuditRow.municipality, AuditRow.school, AuditRow.path))
            return [_audit(row) for row in rows]

    def show(self, audit_id: int) -> dict[str, Any]:
        """Everything about a file: verdicts, findings, decisions, also of earlier runs and of the page."""
        with self._session() as session:
            row = _existing(session, audit_id)
            marks = {finding.fingerprint for finding in row.findings}
            same_school = (AuditRow.school == row.school) & (AuditRow.municipality == row.municipality)
            decided = session.scalars(
                select(DecisionRow)
                .join(AuditRow)
                .where(
                    (DecisionRow.audit_id == audit_id)
                    | (same_school & DecisionRow.fingerprint.in_(marks))
                    | ((AuditRow.sha256 == row.sha256) & DecisionRow.fingerprint.is_not(None))
                )
                .order_by(DecisionRow.id)
            )
            return {
                **_audit(row),
                "verdicts": [_plain(item, _VERDICT) for item in row.verdicts],
                "findings": [_plain(item, _FINDING) for item in row.findings],
                "decisions": [_plain(item, _DECISION) for item in decided],
            }

    def export(self, run: str = "") -> Iterator[dict[str, Any]]:
        """Every file of a run with everything about it."""
        for row in self.audits(run):
            yield self.show(row["id"])

    def decide(
        self, audit_id: int, decision: str, author: str, *, comment: str = "", fingerprint: str | None = None,
        deadline: date | None = None,
    ) -> None:  # fmt: skip
        """Records what a person decided.

        Args:
            audit_id: The file.
            decision: One of ``DECISIONS``.
            author: Who decided.
            comment: Why.
            fingerprint: The finding that it is about; None for the act as a whole.
            deadline: A new deadline.

        Raises:
            LnaError: There is no such file, finding or decision, or no author.
        """
        if decision not in DECISIONS or not author.strip():
            advice = f"решение: {', '.join(DECISIONS)}; автор обязателен"
            raise LnaError("bad_decision", "решение не записано", advice)
        with self._session() as session:
            row = _existing(session, audit_id)
            if fingerprint is not None and fingerprint not in {item.fingerprint for item in row.findings}:
                advice = "возьмите отпечаток из lna journal show"
                raise LnaError("no_finding", f"находки {fingerprint} у записи {audit_id} нет", advice)
            row.decisions.append(
                DecisionRow(
                    fingerprint=fingerprint,
                    decision=decision,
                    comment=safe(comment),
                    author=safe(author),
                    made=_now(),
                )
            )
            row.deadline = deadline or row.deadline
            if fingerprint is None:
                row.status = _AFTER.get(decision, row.status)

    def say(
        self, act: Line, fingerprint: str, decision: str, author: str, *, comment: str = "", about: str = "",
        should: str = "", clause: str = "", start: int | None = None, made: datetime | None = None,
    ) -> None:  # fmt: skip
        """Records what a person said on the page about a statement on an act; nothing is ever overwritten.

        Args:
            act: The act as a line of results; taken in when it is not known of today.
            fingerprint: The statement: fingerprint of a finding, or ``checklist/requirement``.
            decision: One of ``DECISIONS``.
            author: Who said it.
            comment: Why.
            about: Status that the verdict had.
            should: Status that it should have.
            clause: Path of the clause that says so.
            start: Offset of that clause in the text.
            made: When; now by default.
        """
        said = {
            "fingerprint": fingerprint, "decision": decision, "author": safe(author),
            "comment": safe(comment), "about": about, "should": should, "clause": safe(clause),
            "start": start, "made": made or _now(),
        }  # fmt: skip
        with self._session() as session:
            put_down(session, act, said)

    def said(self, sha256: str) -> list[dict[str, Any]]:
        """What people decided on statements about the file with that digest, oldest first."""
        with self._session() as session:
            rows = about_file(session, sha256)
        return [{**row, "made": _iso(row["made"], "milliseconds")} for row in rows]

    def purge(self, days: int) -> Purged:
        """Destroys every run recorded more than so many days ago, and what belongs to it, beyond recovery."""
        before = _now() - timedelta(days=days)
        with self._session() as session:
            old = select(RunRow.id).where(RunRow.recorded < before)
            ids = tuple(session.scalars(old.order_by(RunRow.id)))
            mine = select(AuditRow.id).where(AuditRow.run_id.in_(ids))
            audits = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
            trees = select(func.count()).where(TreeRow.audit_id.in_(mine))
            texts = session.scalar(trees) or 0
            session.execute(delete(RunRow).where(RunRow.id.in_(ids)))
        if ids:
            # A deleted row stays in the file until its place is needed: it must go now.
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM"))
        return Purged(before, ids, audits, texts)

    def trees(self, run: str = "") -> Iterator[tuple[dict[str, Any], str, dict[tuple[str, str], str]]]:
        """For every file with a kept text: the file, its packed clause tree, its verdicts."""
        with self._session() as session:
            mine = select(AuditRow.id).join(TreeRow).where(AuditRow.run_id == self._run_id(session, run))
            ids = list(session.scalars(mine.order_by(AuditRow.school, AuditRow.path)))
        for audit_id in ids:
            with self._session() as session:
                row = _existing(session, audit_id)
                verdicts = {(item.checklist, item.requirement): item.status for item in row.verdicts}
                packed = base64.b64encode(row.tree.act).decode() if row.tree else ""
                yield _audit(row), packed, verdicts

    def run(self, run: str = "") -> dict[str, Any]:
        """Id, day of the law and conditions of a run, of the latest one by default."""
        with self._session() as session:
            row = session.get_one(RunRow, self._run_id(session, run))
            return {"run": row.id, "as_of": row.as_of, "conditions": row.conditions}

    @staticmethod
    def _run_id(session: Session, run: str) -> str:
        # Who names no run means the last of the district, not the acts that somebody looked at since.
        of_page = RunRow.id.startswith(PAGE)
        query = select(RunRow.id).order_by(of_page, RunRow.recorded.desc(), RunRow.id)
        found = session.scalars(query.where(RunRow.id.startswith(run, autoescape=True)).limit(2)).all()
        if not found:
            what = f"прогона {run} в журнале нет" if run else "журнал пуст"
            raise LnaError("no_run", what, "прогоны показывает lna journal list")
        if run and len(found) > 1:
            raise LnaError("many_runs", f"прогонов на {run} несколько", "укажите id целиком")
        return found[0]


_VERDICT = ("checklist", "requirement", "status", "confidence", "review")
_FINDING = ("rule", "severity", "requirement", "clause", "page", "message", "quote", "fingerprint")
_DECISION = (
    "decision", "author", "made", "comment", "fingerprint", "audit_id", "about", "should", "clause",
)  # fmt: skip


def _existing(session: Session, audit_id: int) -> AuditRow:
    row = session.get(AuditRow, audit_id)
    if row is None:
        advice = "номера показывает lna journal list --run"
        raise LnaError("no_audit", f"записи {audit_id} в журнале нет", advice)
    return row


def _audit(row: AuditRow) -> dict[str, Any]:
    keys = (
        "id", "run_id", "municipality", "school", "path", "sha256", "state", "reason", "title", "approved_on",
        "on_subject", "status", "deadline",
    )  # fmt: skip
    return _plain(row, keys)


def _plain(row: object, keys: Sequence[str]) -> dict[str, Any]:
    return {key: _iso(value) if isinstance(value := getattr(row, key), date) else value for key in keys}


def _iso(value: date, precision: str = "seconds") -> str:
    if isinstance(value, datetime):
        # SQLite keeps no time zone: what it gives back is UTC.
        value = value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
        return value.isoformat(timespec=precision)
    return value.isoformat()


def _now() -> datetime:
    return datetime.now(UTC)
