"""An audit → the content of its report: ids become words, places and names of acts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version

from analyzer.citations.naming import act_name
from analyzer.law.checklist import Checklist, Requirement
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import registry
from analyzer.matching.model import shipped
from analyzer.model import Audit, Citation, Finding, Verdict
from analyzer.reports.acts import fate
from analyzer.reports.content import (
    PROGRAM,
    Field,
    FindingRow,
    Place,
    ReferenceRow,
    Report,
    RequirementRow,
    Tally,
    safe,
)
from analyzer.reports.summary import summary_line
from analyzer.reports.words import (
    CITATION_STATUS,
    RESOLUTION,
    SEVERITY,
    STATUS,
    STATUS_MARK,
    confidence_words,
    long_date,
    plural,
    point_label,
    short_date,
)


def report(
    audit: Audit, checklist_names: Sequence[str], *, today: date | None = None, masked: bool = False
) -> Report:
    """The content of a report.

    Args:
        audit: The audit.
        checklist_names: Names or paths by which the checklists are loaded again.
        today: Day of the audit; today by default.
        masked: The audit went through ``mask.mask_names``: the report says so.
    """
    checklists = [load_checklist(name) for name in checklist_names]
    made_on, number = today or date.today(), version(PROGRAM)
    statuses: Counter[str] = Counter(verdict.status for verdict in audit.verdicts)
    severities: Counter[str] = Counter(finding.severity for finding in audit.findings)
    return Report(
        title=safe(audit.act.title_block.title) or safe(audit.document.name),
        organization=safe(audit.act.title_block.organization),
        approval=_approval(audit),
        size=_size(audit),
        file=safe(audit.document.name),
        sha256=audit.document.sha256,
        as_of=audit.as_of,
        made_on=made_on,
        version=number,
        summary=summary_line(audit),
        statuses=tuple(Tally(key, words, statuses[key]) for key, words in STATUS.items()),
        severities=tuple(Tally(key, words, severities[key]) for key, words in SEVERITY.items()),
        requisites=_requisites(audit),
        findings=_findings(audit, checklists),
        requirements=tuple(_requirement(verdict, checklists) for verdict in audit.verdicts),
        references=_references(audit),
        parameters=(*_parameters(audit, checklists, made_on, number, masked=masked), *_suppressed(audit)),
        suppressed=_suppressed(audit),
        disclaimers=tuple(safe(" ".join(checklist.disclaimer.split())) for checklist in checklists),
        masked=masked,
    )


def _requisites(audit: Audit) -> tuple[Field, ...]:
    block, document = audit.act.title_block, audit.document
    pairs = (
        ("Наименование акта", block.title or "не найдено"),
        ("Организация", block.organization or "не найдена"),
        ("Дата утверждения", long_date(block.approved_on) if block.approved_on else "не найдена"),
        ("Номер приказа об утверждении", block.approval_number or "не найден"),
        ("Кем утверждён", block.signatory or "не найдено"),
        ("Принят, согласован", "; ".join(block.adopted) or "не найдено"),
        ("Объём", _size(audit)),
        ("Файл", document.name),
    )
    return tuple(Field(label, safe(" ".join(value.split()))) for label, value in pairs)


def _approval(audit: Audit) -> str:
    block = audit.act.title_block
    day = f"утверждено {long_date(block.approved_on)}" if block.approved_on else "дата утверждения не найдена"
    return f"{day} № {safe(block.approval_number)}" if block.approval_number else day


def _size(audit: Audit) -> str:
    pages = audit.document.pages
    clauses = plural(len(audit.act.clauses), "пункт", "пункта", "пунктов")
    return f"{plural(pages, 'страница', 'страницы', 'страниц')}, {clauses}" if pages else clauses


def _norm(
    requirement_id: str | None, checklists: Iterable[Checklist]
) -> tuple[Checklist, Requirement] | None:
    for checklist in checklists:
        found = checklist.requirement(requirement_id) if requirement_id else None
        if found is not None:
            return checklist, found
    return None


def _findings(audit: Audit, checklists: Sequence[Checklist]) -> tuple[FindingRow, ...]:
    rows: list[FindingRow] = []
    marks = fingerprints(audit.findings)
    for number, (finding, mark) in enumerate(zip(audit.findings, marks, strict=True), 1):
        known = _norm(finding.requirement, checklists)
        # A note on reading quotes the file's name for want of words of the act.
        quote = "" if finding.quote == audit.document.name else safe(finding.quote)
        rows.append(
            FindingRow(
                number=number,
                rule=finding.rule,
                severity=finding.severity,
                severity_words=SEVERITY[finding.severity],
                message=_sentence(safe(finding.message)),
                place=Place(safe(finding.clause), finding.page, quote),
                norm=safe(finding.norm or (known[1].norm if known else "")),
                source=safe(point_label(*known)) if known else "",
                fix=_sentence(safe(finding.fix)),
                is_template=known is not None and finding.fix == known[1].template.strip(),
                requirement=finding.requirement or "",
                ocr=finding.ocr,
                fingerprint=mark,
            )
        )
    return tuple(rows)


def _sentence(text: str) -> str:
    """A remark as a person writes it: with a capital letter."""
    return text[:1].upper() + text[1:]


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """A name for every finding; what would bear the same name twice is counted."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for finding in findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        names.append(mark if seen[mark] == 1 else f"{mark}:{seen[mark]}")
    return tuple(names)


def fingerprint(finding: Finding) -> str:
    """A name for a finding that stays when the act is renumbered elsewhere or set in another type.

    Rule, requirement, clause and the letters of the evidence count; spaces, case, signs and pages do not.
    """
    evidence = re.sub(r"[\W_]+", " ", (finding.quote or "").casefold().replace("ё", "е")).strip()
    clause = re.sub(r"\s+", "", (finding.clause or "").casefold()).strip(".")
    digest = hashlib.sha256(evidence.encode("utf-8", "replace")).hexdigest()
    name = "\n".join((finding.rule, finding.requirement or "", clause, digest))
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]


def _requirement(verdict: Verdict, checklists: Sequence[Checklist]) -> RequirementRow:
    known = _norm(verdict.requirement, [item for item in checklists if item.id == verdict.checklist])
    return RequirementRow(
        id=verdict.requirement,
        checklist=verdict.checklist,
        title=safe(verdict.title),
        status=verdict.status,
        status_words=STATUS[verdict.status],
        mark=STATUS_MARK[verdict.status],
        confidence=verdict.confidence,
        confidence_words=confidence_words(verdict.confidence),
        review=verdict.review,
        restated=verdict.restated,
        lacking=tuple(map(safe, verdict.lacking)),
        reason=safe(verdict.reason),
        norm=safe(known[1].norm) if known else "",
        source=safe(point_label(*known)) if known else "",
        evidence=tuple(
            Place(safe(match.clause.path), match.clause.page, safe(match.quote)) for match in verdict.evidence
        ),
    )


def _references(audit: Audit) -> tuple[ReferenceRow, ...]:
    groups: dict[tuple[object, ...], list[Citation]] = {}
    for citation in audit.citations:
        quote = safe(citation.quote)
        key = (quote, citation.status, citation.act_id, citation.resolution, citation.historical)
        groups.setdefault(key, []).append(citation)
    return tuple(_reference(group, audit.as_of) for group in groups.values())


def _reference(group: Sequence[Citation], day: date) -> ReferenceRow:
    first = group[0]
    entry = registry().get(first.act_id) if first.act_id else None
    ids = (first.act_id,) if first.act_id else first.candidates
    names = "; ".join(act_name(act) for name in ids if name and (act := registry().get(name)) is not None)
    status = RESOLUTION["local"] if first.resolution == "local" else CITATION_STATUS[first.status]
    words = fate(entry, day) if entry is not None else status
    successor = registry().successor(entry) if entry is not None and first.status != "in_force" else None
    return ReferenceRow(
        quote=safe(first.quote),
        places=tuple(Place(safe(item.clause), item.page) for item in group),
        act=": ".join(filter(None, (RESOLUTION.get(first.resolution, ""), names))),
        act_id=first.act_id or "",
        status=first.status,
        status_words=f"{words}; назван как прежний" if first.historical else words,
        tone="unknown" if entry is not None and (entry.superseded or entry.outdated) else first.status,
        successor=act_name(successor) if successor is not None else "",
        historical=first.historical,
    )


def _suppressed(audit: Audit) -> tuple[Field, ...]:
    """What a person has decided to leave out: a report must not look cleaner than the act is."""
    rows = []
    for item in audit.suppressed:
        place = f", п. {item.finding.clause}" if item.finding.clause else ""
        label = f"Скрыто решением: {item.finding.rule}{place}"
        why = f"{item.reason} ({item.person}, до {short_date(item.until)})"
        rows.append(Field(safe(label), safe(f"{item.finding.message} — {why}")))
    return tuple(rows)


def _parameters(
    audit: Audit, checklists: Sequence[Checklist], made_on: date, number: str, *, masked: bool
) -> tuple[Field, ...]:
    document, model = audit.document, shipped()
    thresholds = [float(value) for value in model.thresholds]
    pairs = (
        ("Файл", document.name),
        ("Контрольная сумма файла (SHA-256)", document.sha256),
        ("Формат", document.format),
        ("Страниц", str(document.pages) if document.pages else "в этом формате не отмечены"),
        ("Распознавание", "текст распознан с изображения" if document.ocr else "не понадобилось"),
        ("Дата проверки", short_date(made_on)),
        ("Право на дату", short_date(audit.as_of)),
        ("Акт о предмете чек-листа", "да" if audit.on_subject else "нет"),
        ("Версия программы", f"{PROGRAM} {number}"),
        *((f"Чек-лист {item.id}", f"версия {item.version}: {item.title}") for item in checklists),
        ("Реестр актов сверен на", short_date(registry().as_of)),
        ("Модель", f"обучена на {plural(model.examples.shape[0], 'пункте', 'пунктах', 'пунктах')}"),
        (
            "Порог вероятности",
            f"свой у каждого требования, от {min(thresholds):.2f} до {max(thresholds):.2f}".replace(".", ","),
        ),
        ("Имена людей", "скрыты" if masked else "оставлены как в акте"),
    )
    return tuple(Field(label, safe(value)) for label, value in pairs)
