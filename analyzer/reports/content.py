"""What a report says, whatever paper it is printed on: one model that every format renders.

Text is made safe here, once: control characters, direction marks and broken code units are gone before a format sees
it, so no format can forget. Escaping (HTML, cells, Word) stays with the format.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from analyzer.citations.naming import act_name
from analyzer.law.checklist import Checklist, Requirement
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import registry
from analyzer.matching.model import shipped
from analyzer.model import Audit, Citation, CitationStatus, Finding, Severity, Status, Verdict
from analyzer.reading.normalize import clean
from analyzer.reports.acts import fate
from analyzer.reports.summary import summary_line
from analyzer.reports.words import (
    CITATION_STATUS,
    RESOLUTION,
    SEVERITY,
    STATUS,
    STATUS_MARK,
    confidence_words,
    long_date,
    place_words,
    plural,
    point_label,
    short_date,
)

PROGRAM = "lna-analyzer"
_UNPRINTABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value: a line of the requisites or of the parameters."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the act something stands, with its words.

    Attributes:
        clause: Path of the clause, "" when there is none.
        page: Page, None when the format has none.
        quote: Words of the act.
    """

    clause: str
    page: int | None
    quote: str = ""

    @property
    def words(self) -> str:
        """«п. 3.4, с. 2»; "" when nothing is known."""
        return place_words(self.clause, self.page)


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure of the summary.

    Attributes:
        id: Status or severity (``missing``, ``error``).
        words: What a person calls it.
        count: How many.
    """

    id: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in words.

    Attributes:
        number: Its number in the report, from 1.
        rule: ``REF001``.
        severity: ``error``, ``warning``, ``note``.
        severity_words: «ошибка».
        message: What was found.
        place: Where; its quote is "" when the act has no words for it.
        norm: Words of the norm, or "".
        source: Where the norm stands, or "".
        fix: How to mend it.
        is_template: ``fix`` is a clause to be filled in, not advice.
        requirement: Id of the requirement, or "".
        ocr: Taken from recognised text.
        fingerprint: The same for the same finding in every run.
    """

    number: int
    rule: str
    severity: Severity
    severity_words: str
    message: str
    place: Place
    norm: str
    source: str
    fix: str
    is_template: bool
    requirement: str
    ocr: bool
    fingerprint: str

    @property
    def fix_label(self) -> str:
        """What ``fix`` is, as a label."""
        return "предлагаемая формулировка" if self.is_template else "как исправить"


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A verdict in words; ``norm`` and ``source`` as in ``FindingRow``."""

    id: str
    checklist: str
    title: str
    status: Status
    status_words: str
    mark: str
    confidence: float
    confidence_words: str
    review: bool
    restated: bool
    lacking: tuple[str, ...]
    reason: str
    norm: str
    source: str
    evidence: tuple[Place, ...]

    @property
    def places(self) -> str:
        """«п. 3.4, с. 2; п. 5.1, с. 3», each once."""
        return "; ".join(dict.fromkeys(place.words for place in self.evidence if place.words))

    @property
    def remark(self) -> str:
        """What else there is to say: why, what is lacking, that a person must look."""
        parts = [
            *([self.reason] if self.reason else []),
            *(self.lacking if self.status == "partial" else ()),
            *(["повтор нормы без решения школы"] if self.restated and "повторена" not in self.reason else []),
            *([f"решает человек: {self.confidence_words}"] if self.review else []),
        ]
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """An act of the state that the act cites: the same words in several clauses are one row.

    Attributes:
        quote: As written.
        places: Where, in order.
        act: Which act it is, or why that is not known.
        act_id: Its entry in the registry, or "".
        status: Status on the date of the audit.
        status_words: «не действует с 1 сентября 2024 г.».
        tone: Name of its colour: an act that stands but is superseded is not painted as one in force.
        successor: What to cite instead, or "".
        historical: Named as law of former days.
    """

    quote: str
    places: tuple[Place, ...]
    act: str
    act_id: str
    status: CitationStatus
    status_words: str
    tone: str
    successor: str
    historical: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says about one file.

    Attributes:
        title: Title of the act, or the name of the file.
        organization: The school, or "".
        approval: «утверждено 3 апреля 2020 г. № 38», or that no date was found.
        size: Pages and clauses in words.
        file: Name of the file.
        sha256: Digest of the file.
        as_of: Date on which the law was looked at.
        made_on: Day of the audit.
        version: Version of the program.
        summary: One line.
        statuses: Requirements by status.
        severities: Findings by severity.
        requisites: What is known of the act.
        findings: Errors first.
        requirements: In order of the checklists.
        references: In order of the act.
        parameters: File, versions, dates: what it takes to repeat the audit.
        disclaimers: What the checklists do not promise.
        masked: Names of persons are hidden.
    """

    title: str
    organization: str
    approval: str
    size: str
    file: str
    sha256: str
    as_of: date
    made_on: date
    version: str
    summary: str
    statuses: tuple[Tally, ...]
    severities: tuple[Tally, ...]
    requisites: tuple[Field, ...]
    findings: tuple[FindingRow, ...]
    requirements: tuple[RequirementRow, ...]
    references: tuple[ReferenceRow, ...]
    parameters: tuple[Field, ...]
    disclaimers: tuple[str, ...]
    masked: bool


def safe(text: str | None) -> str:
    """Text that every format can hold: no control characters, no direction marks, no broken code units."""
    return _UNPRINTABLE.sub("\ufffd", clean(text or "")).strip()


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
    statuses = Counter(verdict.status for verdict in audit.verdicts)
    severities = Counter(finding.severity for finding in audit.findings)
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
        parameters=_parameters(audit, checklists, made_on, number, masked=masked),
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


def _norm(requirement_id: str | None, checklists: Iterable[Checklist]) -> tuple[Checklist, Requirement] | None:
    for checklist in checklists:
        found = checklist.requirement(requirement_id) if requirement_id else None
        if found is not None:
            return checklist, found
    return None


def _findings(audit: Audit, checklists: Sequence[Checklist]) -> tuple[FindingRow, ...]:
    seen: Counter[str] = Counter()
    rows: list[FindingRow] = []
    for number, finding in enumerate(audit.findings, 1):
        known = _norm(finding.requirement, checklists)
        # A note on reading quotes the file's name for want of words of the act.
        quote = "" if finding.quote == audit.document.name else safe(finding.quote)
        mark = fingerprint(finding)
        seen[mark] += 1
        rows.append(
            FindingRow(
                number=number,
                rule=finding.rule,
                severity=finding.severity,
                severity_words=SEVERITY[finding.severity],
                message=safe(finding.message),
                place=Place(safe(finding.clause), finding.page, quote),
                norm=safe(finding.norm or (known[1].norm if known else "")),
                source=safe(point_label(*known)) if known else "",
                fix=safe(finding.fix),
                is_template=known is not None and finding.fix == known[1].template.strip(),
                requirement=finding.requirement or "",
                ocr=finding.ocr,
                fingerprint=mark if seen[mark] == 1 else f"{mark}:{seen[mark]}",
            )
        )
    return tuple(rows)


def fingerprint(finding: Finding) -> str:
    """A name for a finding that stays when the act is renumbered elsewhere or set in another type.

    Rule, requirement, clause and the letters of the evidence count; spaces, case, punctuation and pages do not.
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
        lacking=tuple(map(safe, verdict.missing_aspects)),
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
        key = (safe(citation.quote), citation.status, citation.act_id, citation.resolution, citation.historical)
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


def _parameters(
    audit: Audit, checklists: Sequence[Checklist], made_on: date, number: str, *, masked: bool
) -> tuple[Field, ...]:
    document, model = audit.document, shipped()
    thresholds = [float(value) for value in model.thresholds]
    pairs = (
        ("Файл", document.name),
        ("SHA-256 файла", document.sha256),
        ("Формат", document.format),
        ("Страниц", str(document.pages) if document.pages else "формат без страниц"),
        ("Распознавание", "текст распознан с изображения" if document.ocr else "не понадобилось"),
        ("Дата проверки", short_date(made_on)),
        ("Право на дату", short_date(audit.as_of)),
        ("Акт о предмете чек-листа", "да" if audit.on_subject else "нет: требования без пунктов не применяются"),
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
