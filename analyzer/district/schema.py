"""Tables of the journal. Their history lies in ``migrations/``: a change here goes with a new file there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import DateTime

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}


class Base(DeclarativeBase):
    """All tables; constraints have names, so that a migration can speak of them."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it as it stands)
        datetime: DateTime(timezone=True),
        str: Text(),
        dict[str, Any]: JSON(),
        bytes: LargeBinary(),
    }


class RunRow(Base):
    """A run over a district."""

    __tablename__ = "runs"
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    started: Mapped[datetime]
    recorded: Mapped[datetime] = mapped_column(index=True)
    as_of: Mapped[date]
    found: Mapped[int]
    audited: Mapped[int]
    failed: Mapped[int]
    skipped: Mapped[int]
    conditions: Mapped[dict[str, Any]]
    audits: Mapped[list[AuditRow]] = relationship(back_populates="run", passive_deletes=True)


class AuditRow(Base):
    """A file of a run, and what became of it since."""

    __tablename__ = "audits"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    municipality: Mapped[str]
    school: Mapped[str] = mapped_column(index=True)
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    reason: Mapped[str]
    title: Mapped[str | None]
    approved_on: Mapped[date | None]
    on_subject: Mapped[bool]
    status: Mapped[str]
    deadline: Mapped[date | None]
    run: Mapped[RunRow] = relationship(back_populates="audits")
    verdicts: Mapped[list[VerdictRow]] = relationship(passive_deletes=True)
    findings: Mapped[list[FindingRow]] = relationship(passive_deletes=True)
    decisions: Mapped[list[DecisionRow]] = relationship(
        passive_deletes=True, order_by="DecisionRow.id", back_populates="audit"
    )
    tree: Mapped[TreeRow | None] = relationship(passive_deletes=True)


class VerdictRow(Base):
    """What an act does about a requirement."""

    __tablename__ = "verdicts"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete="CASCADE"), index=True)
    checklist: Mapped[str]
    requirement: Mapped[str]
    status: Mapped[str]
    confidence: Mapped[float]
    review: Mapped[bool]


class FindingRow(Base):
    """A finding; words of the act only in a journal that keeps texts."""

    __tablename__ = "findings"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete="CASCADE"), index=True)
    fingerprint: Mapped[str] = mapped_column(index=True)
    rule: Mapped[str]
    severity: Mapped[str]
    requirement: Mapped[str | None]
    clause: Mapped[str | None]
    page: Mapped[int | None]
    message: Mapped[str | None]
    quote: Mapped[str | None]


class DecisionRow(Base):
    """What a person decided about an act or one of its statements; never changed, a later one outweighs it.

    ``fingerprint`` is that of a finding, or ``checklist/requirement`` of a verdict. ``about`` is the status
    that the verdict had, ``should`` the one it should have; ``clause`` and ``start``: which clause says so.
    """

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete="CASCADE"), index=True)
    fingerprint: Mapped[str | None]
    decision: Mapped[str]
    comment: Mapped[str]
    author: Mapped[str]
    made: Mapped[datetime]
    about: Mapped[str] = mapped_column(server_default="")
    should: Mapped[str] = mapped_column(server_default="")
    clause: Mapped[str] = mapped_column(server_default="")
    start: Mapped[int | None]
    audit: Mapped[AuditRow] = relationship(back_populates="decisions")


class TreeRow(Base):
    """The clause tree of an act, packed; only in a journal that keeps texts."""

    __tablename__ = "trees"
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True)
    act: Mapped[bytes]
