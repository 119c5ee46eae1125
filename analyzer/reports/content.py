"""What a report says, whatever paper it is printed on: one model that every format renders.

Text is made safe here, once: control characters, direction marks and broken code units are gone before a
format sees it, so no format can forget. Escaping (HTML, cells, Word) stays with the format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analyzer.model import CitationStatus, Severity, Status
from analyzer.reading.normalize import clean
from analyzer.reports.words import place_words

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
        decision: What the inspector decided, in words, or "".
        rejected: The inspector does not agree with the finding.
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
    decision: str = ""
    rejected: bool = False

    @property
    def fix_label(self) -> str:
        """What ``fix`` is, as a label."""
        return "предлагаемая формулировка" if self.is_template else "как исправить"


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A verdict in words; ``norm``, ``source`` and ``decision`` as in ``FindingRow``."""

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
    decision: str = ""

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
            *([f"решает человек (программа считает: {self.confidence_words})"] if self.review else []),
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
        suppressed: Findings left out by a person's decision, with reason, person and last day.
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
    suppressed: tuple[Field, ...]
    disclaimers: tuple[str, ...]
    masked: bool

    @property
    def decided(self) -> bool:
        """An inspector has decided on something: every format shows a column for it."""
        return any(row.decision for row in self.findings) or any(row.decision for row in self.requirements)


def safe(text: str | None) -> str:
    """Text that every format can hold: no control characters, no direction marks, no broken code units."""
    return _UNPRINTABLE.sub("\ufffd", clean(text or "")).strip()
