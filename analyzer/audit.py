"""The pipeline: one file on its way from bytes to a verdict. Read this first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analyzer.checks.coverage import coverage_findings, judge
from analyzer.checks.deadlines import check_deadlines
from analyzer.checks.numbering import check_numbering
from analyzer.checks.reading import check_reading
from analyzer.checks.references import check_references
from analyzer.checks.requisites import check_requisites
from analyzer.checks.services import check_services
from analyzer.checks.subject import check_subject
from analyzer.checks.terms import check_terms
from analyzer.checks.text import check_text
from analyzer.citations import find_citations
from analyzer.errors import LnaError
from analyzer.law.checklist import Checklist
from analyzer.law.load import checklist as load_checklist
from analyzer.matching.match import match
from analyzer.matching.model import shipped
from analyzer.model import Act, Audit, Document, Finding, Verdict
from analyzer.outline import outline
from analyzer.reading.archive import documents
from analyzer.reading.files import Ocr
from analyzer.reading.sandbox import read_isolated

_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an audit is asked for.

    Attributes:
        checklists: Names of shipped checklists or paths of the user's own.
        as_of: Date on which the law is looked at.
        levels: Levels of the school's programmes; empty for the checklist's own default.
        ocr: What is recognised from pictures: ``auto``, ``never``, ``always``.
    """

    checklists: tuple[str, ...] = ("pp-1678",)
    as_of: date = field(default_factory=date.today)
    levels: frozenset[str] = frozenset()
    ocr: Ocr = "auto"


def audit_file(path: Path, settings: Settings) -> Audit:
    """Audits the act in a file.

    Raises:
        LnaError: The file cannot be read, or a checklist is wrong.
    """
    return audit_document(read_isolated(path, ocr=settings.ocr), settings)


def audit_each(path: Path, settings: Settings) -> Iterator[tuple[str, Audit | LnaError]]:
    """Audits the act in a file, or every act of a ZIP archive.

    Yields:
        The name of the document (``архив.zip/акт.docx`` in an archive) and its audit, or why there is none.
    """
    try:
        found = documents(path)
    except LnaError as error:
        yield path.name, error
        return
    for name, data in found:
        try:
            yield name, audit_document(read_isolated(data, name, ocr=settings.ocr), settings)
        except LnaError as error:
            yield name, error


def audit_document(document: Document, settings: Settings) -> Audit:
    """Audits a document that has been read."""
    return audit_act(document, outline(document), settings)


def audit_act(document: Document, act: Act, settings: Settings) -> Audit:
    """Audits an outline: of a document just read, or kept from an earlier audit."""
    checklists = [load_checklist(name) for name in settings.checklists]
    citations = find_citations(act, settings.as_of)
    findings = [
        *check_reading(document),
        *check_references(act, citations, checklists, settings.as_of),
        *check_numbering(act, citations),
        *check_services(act, settings.as_of),
        *check_requisites(act),
        *check_terms(act),
        *check_text(act),
    ]
    verdicts: list[Verdict] = []
    subjects: list[bool] = []
    model = shipped()
    thresholds = dict(zip(model.ids, map(float, model.thresholds), strict=True))
    for checklist in checklists:
        subject = check_subject(act, checklist)
        subjects.append(not subject)
        matches = match(act, checklist, model)
        deadlines = check_deadlines([checklist], matches, thresholds, settings.as_of)
        judged = judge(
            act,
            checklist,
            matches,
            thresholds,
            levels=settings.levels or frozenset(checklist.levels),
            as_of=settings.as_of,
            on_subject=not subject,
            findings=findings,
        )
        verdicts.extend(judged)
        findings.extend([*subject, *deadlines, *coverage_findings(checklist, judged)])
    return Audit(
        document,
        act,
        settings.as_of,
        any(subjects),
        _versions(checklists),
        tuple(verdicts),
        citations,
        _sorted(findings),
    )


def _versions(checklists: Sequence[Checklist]) -> tuple[tuple[str, str], ...]:
    return tuple((checklist.id, checklist.version) for checklist in checklists)


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Errors first; inside a severity the order of the checks."""
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
