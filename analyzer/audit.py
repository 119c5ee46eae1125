"""The pipeline: one file on its way from bytes to a verdict. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from analyzer.checks.coverage import coverage_findings, judge
from analyzer.checks.deadlines import check_deadlines
from analyzer.checks.ignore import apply_ignores
from analyzer.checks.numbering import check_numbering
from analyzer.checks.reading import check_reading
from analyzer.checks.references import check_references
from analyzer.checks.requisites import check_requisites
from analyzer.checks.services import check_services
from analyzer.checks.subject import check_subject, is_titled
from analyzer.checks.terms import check_terms
from analyzer.checks.text import check_text
from analyzer.citations import find_citations
from analyzer.errors import LnaError, internal
from analyzer.law import USUAL
from analyzer.law.checklist import Checklist
from analyzer.law.ignore import IGNORE_NAME, Ignored
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import checklist_names, ignore_list
from analyzer.matching.match import match, thresholds
from analyzer.matching.model import shipped
from analyzer.model import Act, Audit, Document, Finding, Verdict
from analyzer.outline import outline
from analyzer.reading.archive import documents
from analyzer.reading.files import Ocr
from analyzer.reading.sandbox import read_isolated

_ORDER = {"error": 0, "warning": 1, "note": 2}


class Stage(StrEnum):
    """What an audit is busy with, in words for the person who waits."""

    READING = "чтение"
    OUTLINE = "разбор по пунктам"
    CITATIONS = "ссылки на акты"
    RULES = "реквизиты, номера, термины"
    REQUIREMENTS = "требования чек-листа"


OnStage = Callable[[str], None]
"""Told every stage as it begins."""


def _silent(stage: str) -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an audit is asked for.

    Attributes:
        checklists: Names of shipped checklists or paths of the user's own.
        as_of: Date on which the law is looked at.
        levels: Levels of the school's programmes; empty for the checklist's own default.
        ocr: What is recognised from pictures: ``auto``, ``never``, ``always``.
        fitting: Nobody chose the checklists: take those too that the act's title asks for, when it is about
            none of the subjects of ``checklists``.
        ignore: File with the findings to leave out; None for ``lna-ignore.yaml`` beside the audited file.
        ignoring: False: leave nothing out, whatever lies beside the file.
    """

    checklists: tuple[str, ...] = USUAL
    as_of: date = field(default_factory=date.today)
    levels: frozenset[str] = frozenset()
    ocr: Ocr = "auto"
    fitting: bool = False
    ignore: Path | None = None
    ignoring: bool = True


def audit_file(path: Path, settings: Settings) -> Audit:
    """Audits the act in a file, less the findings that ``lna-ignore.yaml`` leaves out.

    Args:
        path: The file.
        settings: What is asked.

    Raises:
        LnaError: The file cannot be read, or a checklist or the file of decisions is wrong.
    """
    entries = _ignored(path, settings)
    audit = audit_document(read_isolated(path, ocr=settings.ocr), settings)
    return _without(audit, entries, path.name)


def audit_each(path: Path, settings: Settings) -> Iterator[tuple[str, Audit | LnaError]]:
    """Audits the act in a file, or every act of a ZIP archive.

    Args:
        path: The file or the archive.
        settings: What is asked.

    Yields:
        The name of the document (``архив.zip/акт.docx`` in an archive) and its audit, or why there is none.
    """
    try:
        entries = _ignored(path, settings)
        found = documents(path)
    except LnaError as error:
        yield path.name, error
        return
    for name, data in found:
        try:
            audit = audit_document(read_isolated(data, name, ocr=settings.ocr), settings)
            yield name, _without(audit, entries, name)
        except LnaError as error:
            yield name, error
        except Exception as error:  # a fault of our own must cost one document, not the run
            yield name, internal(error)


def audit_document(document: Document, settings: Settings, on_stage: OnStage = _silent) -> Audit:
    """Audits a document that has been read; nothing is left out, for nothing lies beside it.

    Args:
        document: The document.
        settings: What is asked.
        on_stage: Told every stage as it begins.

    Raises:
        LnaError: A checklist is wrong.
    """
    on_stage(Stage.OUTLINE)
    return audit_act(document, outline(document), settings, on_stage)


def audit_act(document: Document, act: Act, settings: Settings, on_stage: OnStage = _silent) -> Audit:
    """Audits an outline: of a document just read, or kept from an earlier audit.

    Args:
        document: The document.
        act: Its outline.
        settings: What is asked.
        on_stage: Told every stage as it begins.

    Raises:
        LnaError: A checklist is wrong.
    """
    asked = [load_checklist(name) for name in settings.checklists]
    foreign = {checklist.id: check_subject(act, checklist) for checklist in asked}
    # An act about something else owes no reference to the act that a checklist rests on.
    own = [checklist for checklist in asked if not foreign[checklist.id]]
    checklists = [*asked, *(_fitting(act, asked) if settings.fitting and not own else ())]
    on_stage(Stage.CITATIONS)
    citations = find_citations(act, settings.as_of)
    on_stage(Stage.RULES)
    findings = [
        *check_reading(document),
        *check_references(act, citations, own, settings.as_of),
        *check_numbering(act, citations),
        *check_services(act, settings.as_of),
        *check_requisites(act),
        *check_terms(act),
        *check_text(act),
    ]
    verdicts: list[Verdict] = []
    on_stage(Stage.REQUIREMENTS)
    for checklist in checklists:
        off = foreign.get(checklist.id, [])
        judged, deadlines = _judged(act, checklist, settings, findings, on_subject=not off)
        verdicts.extend(judged)
        findings.extend([*off, *deadlines, *coverage_findings(checklist, judged)])
    return Audit(
        document,
        act,
        settings.as_of,
        bool(own),
        _versions(checklists),
        tuple(verdicts),
        citations,
        _sorted(findings),
    )


def _fitting(act: Act, asked: Sequence[Checklist]) -> list[Checklist]:
    """Shipped checklists that nobody asked for and that the title of the act asks for itself."""
    taken = {checklist.id for checklist in asked}
    others = (load_checklist(name) for name in checklist_names() if name not in taken)
    return [checklist for checklist in others if checklist.applies == "title" and is_titled(act, checklist)]


def _judged(
    act: Act, checklist: Checklist, settings: Settings, findings: Sequence[Finding], *, on_subject: bool
) -> tuple[list[Verdict], list[Finding]]:
    """Verdicts of a checklist, and deadlines that differ from its norms."""
    model = shipped()
    matches, least = match(act, checklist, model), thresholds(checklist, model)
    verdicts = judge(
        act,
        checklist,
        matches,
        least,
        levels=settings.levels or frozenset(checklist.levels),
        as_of=settings.as_of,
        on_subject=on_subject,
        findings=findings,
    )
    return verdicts, check_deadlines([checklist], matches, least, settings.as_of)


def _ignored(path: Path, settings: Settings) -> list[Ignored]:
    """The decisions that hold for a file: those named in the call, else those that lie beside it."""
    beside = path.parent / IGNORE_NAME
    if not settings.ignoring or (settings.ignore is None and not beside.is_file()):
        return []
    return ignore_list(settings.ignore or beside).ignore


def _without(audit: Audit, entries: Sequence[Ignored], name: str) -> Audit:
    """The audit less what a person has decided to leave out; IGN001 joins the notes."""
    if not entries:
        return audit
    kept, suppressed = apply_ignores(audit.findings, entries, name, audit.as_of)
    return replace(audit, findings=_sorted(kept), suppressed=suppressed)


def _versions(checklists: Sequence[Checklist]) -> tuple[tuple[str, str], ...]:
    return tuple((checklist.id, checklist.version) for checklist in checklists)


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Errors first; inside a severity the order of the checks."""
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
