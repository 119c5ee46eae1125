"""IGN001, and the findings that a person has decided to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

from analyzer.law.ignore import IGNORE_NAME, Ignored
from analyzer.model import Finding, Suppressed


def apply_ignores(
    findings: Sequence[Finding], entries: Sequence[Ignored], name: str, as_of: date
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """Findings that stay, and those that an entry takes away.

    An entry holds up to and with its last day. One that has expired, or that takes nothing away from a file
    that it names, is itself a note (IGN001), put behind the findings.

    Args:
        findings: Of one file.
        entries: Decisions; those about other files are passed over.
        name: Name of the file (``архив.zip/акт.docx`` in an archive).
        as_of: Date of the audit.
    """
    ours = [entry for entry in entries if _is_about(entry, name)]
    valid = [entry for entry in ours if entry.until >= as_of]
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[int] = set()
    for finding in findings:
        hits = [entry for entry in valid if _covers(entry, finding)]
        used.update(map(id, hits))
        if hits:
            suppressed.append(Suppressed(finding, hits[0].reason, hits[0].person, hits[0].until))
        else:
            kept.append(finding)
    notes = [_note(entry, name, as_of) for entry in ours if id(entry) not in used]
    return (*kept, *notes), tuple(suppressed)


def _is_about(entry: Ignored, name: str) -> bool:
    glob, whole = entry.file.casefold(), name.casefold()
    return any(fnmatchcase(form, glob) for form in (whole, whole.rsplit("/", 1)[-1]))


def _covers(entry: Ignored, finding: Finding) -> bool:
    return (
        (entry.rule is None or entry.rule == finding.rule)
        and (entry.requirement is None or entry.requirement == finding.requirement)
        and (entry.clause is None or entry.clause == finding.clause)
    )


def _note(entry: Ignored, name: str, as_of: date) -> Finding:
    what = ", ".join(
        words
        for words, value in (
            (f"правило {entry.rule}", entry.rule),
            (f"требование {entry.requirement}", entry.requirement),
            (f"пункт {entry.clause}", entry.clause),
        )
        if value
    )
    if entry.until < as_of:
        message = f"Срок записи в {IGNORE_NAME} вышел {entry.until:%d.%m.%Y}: {what} (файл {entry.file})."
        fix = "Решите заново: исправьте акт, продлите запись или удалите её."
    else:
        message = f"Запись в {IGNORE_NAME} ничего не скрыла: {what} (файл {entry.file})."
        fix = "Удалите запись: замечания больше нет или оно названо неверно."
    return Finding("IGN001", "note", message, fix, quote=name)
