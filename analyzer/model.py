"""The nouns: everything that travels from bytes to a signed verdict, frozen.

Data goes one way: ``Document`` (lines as printed) → ``Act`` (title block and clauses) → ``Citation``,
``Match`` → ``Verdict``, ``Finding`` → ``Audit``. Offsets point into ``Document.text`` throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Severity = Literal["error", "warning", "note"]
Status = Literal["covered", "partial", "missing", "contradicted", "not_applicable"]
CitationStatus = Literal["in_force", "repealed", "not_yet_in_force", "unknown"]
LineKind = Literal["text", "row", "footnote", "textbox"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: points, origin at the top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a PDF, or one whole paragraph of a format that knows paragraphs.

    Attributes:
        text: Characters as printed, NFC, soft hyphens and control characters removed.
        start: Offset of ``text`` in ``Document.text``.
        page: Page, counted from 1; None where the format has no pages.
        box: Place on the page; None where the format has none.
        marker: Automatic number or bullet that the reader computed (``1.1.``, ``а)``); not part of ``text``.
        marker_level: Depth of the automatic numbering, from 0; None without one.
        heading: Outline level that the format itself declares (Heading 1 → 1); None if it declares none.
        kind: Where the line stands: body text, table row, footnote, text box.
        cells: For a table row, the text of its cells, empty ones kept; ``text`` joins the filled ones.
        table: Ordinal of the table in the document for rows (from 1); 0 outside tables.
        bold: All visible characters are bold.
        centered: Centred on the page or in its column.
        size: Size of the type in points, when known.
        ocr: Recognised from a picture.
    """

    text: str
    start: int
    page: int | None = None
    box: Box | None = None
    marker: str = ""
    marker_level: int | None = None
    heading: int | None = None
    kind: LineKind = "text"
    cells: tuple[str, ...] = ()
    table: int = 0
    bold: bool = False
    centered: bool = False
    size: float | None = None
    ocr: bool = False

    @property
    def end(self) -> int:
        """Offset just behind the line in ``Document.text``."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Something that a reader has to tell about the file (becomes READ001).

    Attributes:
        code: ``unread_pages``, ``recognised_pages``, ``tracked_changes``, ``macros``, ``embedded`` …
        message: The fact in Russian.
        fix: What to do about it, in Russian.
        pages: Pages that it is about.
    """

    code: str
    message: str
    fix: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file, whatever its format.

    Attributes:
        name: File name as the user knows it.
        sha256: Hex digest of the bytes.
        format: ``pdf``, ``docx``, ``txt`` … by content, not by extension.
        lines: Body lines in reading order, running headers, footers and page numbers already dropped.
        whole_paragraphs: True when a ``Line`` is a paragraph, False when it is a line of print to be joined.
        pages: Number of pages; None where the format has none.
        margins: Lines of running headers and footers, kept apart (a title or a stamp may hide there).
        notes: What the reader has to tell.
        text: Body lines joined with newlines; the text that offsets point into.
        turns: Page by page, degrees clockwise from how the file shows the page to how it was read, which
            is where the boxes of its lines are; empty when every page stands upright.
    """

    name: str
    sha256: str
    format: str
    lines: tuple[Line, ...]
    whole_paragraphs: bool
    pages: int | None = None
    margins: tuple[Line, ...] = ()
    notes: tuple[ReadingNote, ...] = ()
    text: str = field(default="", repr=False)
    turns: tuple[int, ...] = ()

    def turn(self, page: int) -> int:
        """Degrees clockwise that set a page upright."""
        return self.turns[page - 1] if self.turns else 0

    @property
    def ocr(self) -> bool:
        """True when at least one line was recognised from a picture."""
        return any(line.ocr for line in self.lines)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered or unnumbered unit of an act.

    Attributes:
        path: Full path as a person cites it: ``3.4``, ``5.а``, ``II.3``, ``прил.1/3.4``; an unnumbered
            paragraph carries its parent's.
        number: Number as printed (``3.4.``, ``а)``); None for paragraphs, bullets, table rows, footnotes.
        text: Text without the number, white space squeezed, hyphenated words joined.
        level: Depth from 1.
        heading: True for headings, numbered or not.
        page: Page where the clause begins.
        start: Offset of its first character in ``Document.text``.
        end: Offset behind its last character.
        section: Text of the nearest heading above ("" at the top).
        lead: Lead-in of the parent clause that this one completes («Школа обеспечивает:»), or "".
        part: ``""`` for the main act, else the prefix of the path: ``прил.1``, ``акт2``, ``приказ``.
        kind: Body text, table row, footnote, text box.
        ocr: Recognised from a picture.
    """

    path: str
    number: str | None
    text: str
    level: int
    heading: bool
    page: int | None
    start: int
    end: int
    section: str = ""
    lead: str = ""
    part: str = ""
    kind: LineKind = "text"
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Requisites of an act, taken from its first page; None where it does not say.

    Attributes:
        title: Whole title with the kind's name («Положение о …»).
        kind: положение, порядок, правила, приказ, инструкция, регламент, иное.
        organization: Full name of the school.
        approved_on: Date of approval.
        approval_number: Number of the approving order.
        adopted: Lines on who adopted, considered or agreed the act (councils of teachers, parents, pupils).
        signatory: Name or post of the person who approved.
        text: Everything in the title block as printed, for checks of requisites.
    """

    title: str | None = None
    kind: str = "иное"
    organization: str | None = None
    approved_on: date | None = None
    approval_number: str | None = None
    adopted: tuple[str, ...] = ()
    signatory: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """The title block and the clauses in reading order."""

    title_block: TitleBlock
    clauses: tuple[Clause, ...]

    @property
    def body(self) -> tuple[Clause, ...]:
        """Clauses that say something: headings left out."""
        return tuple(clause for clause in self.clauses if not clause.heading)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to an act of the state, as written and as resolved.

    Attributes:
        clause: Path of the clause that holds it.
        page: Page of that clause.
        quote: The reference's own words.
        start: Offset in the clause's text.
        end: Offset behind it.
        type: ``federal_law``, ``order``, ``government_resolution`` … (values of the registry).
        number: As written; None if not written.
        date: As written.
        points: Articles, parts, points named with it («ст. 16», «п. 5»).
        issuer: Issuing body as the registry names it, when written.
        title: Title in quotation marks, when written.
        act_id: Entry of the registry; None if unresolved.
        status: Status on the date of the audit.
        resolution: ``exact``, ``near`` (number or date differ), ``ambiguous``, ``unknown``, or ``local``
            (a regional or municipal act).
        candidates: Ids of likely acts for ``near`` and ``ambiguous``.
        historical: Named as no longer in force or as history: not a reference to law in force.
    """

    clause: str
    page: int | None
    quote: str
    start: int
    end: int
    type: str
    number: str | None = None
    date: date | None = None
    points: tuple[str, ...] = ()
    issuer: str | None = None
    title: str | None = None
    act_id: str | None = None
    status: CitationStatus = "unknown"
    resolution: Literal["exact", "near", "ambiguous", "unknown", "local"] = "unknown"
    candidates: tuple[str, ...] = ()
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A clause on a requirement. It decides nothing about the act.

    Attributes:
        requirement: Id of the requirement.
        clause: The clause.
        score: Calibrated probability that the clause is about the requirement.
        full: Calibrated probability that it covers the whole of it, given that it is about it.
        restated: The clause repeats the norm and decides nothing of the school's own.
        aspects: Names of the requirement's aspects that the clause holds.
        quote: The part of the clause that speaks of it, as in the act.
    """

    requirement: str
    clause: Clause
    score: float
    full: float
    restated: bool
    aspects: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at. Never without a quote or the norm's text.

    Attributes:
        rule: Id of the rule (``REQ001``, ``REF001`` …).
        severity: error, warning or note.
        message: What was found, in plain Russian.
        fix: How to mend it.
        clause: Path of the clause, None when nothing in the act corresponds.
        page: Page of the clause.
        quote: Words of the act.
        requirement: Requirement concerned.
        norm: Words of the norm, for what is missing.
        ocr: Taken from recognised text.
        topic: What it is about, for rules that tell several things (``foreign``, ``moved``, ``obliged``).
    """

    rule: str
    severity: Severity
    message: str
    fix: str
    clause: str | None = None
    page: int | None = None
    quote: str | None = None
    requirement: str | None = None
    norm: str | None = None
    ocr: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that a person has decided to leave out.

    Attributes:
        finding: The finding.
        reason: Why, in that person's words.
        person: Who decided.
        until: Last day of the decision.
    """

    finding: Finding
    reason: str
    person: str
    until: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the act does about one requirement.

    Attributes:
        requirement: Id of the requirement.
        checklist: Id of its checklist.
        title: Its title.
        status: covered, partial, missing, contradicted or not_applicable.
        confidence: Probability that the status is right, 0 to 1.
        review: The probability lies in the band that a person must decide.
        restated: The only evidence repeats the norm.
        missing_aspects: Names of the aspects not found («срок»).
        evidence: The clauses that it rests on, best first.
        reason: Why it is so, in Russian, one sentence.
        lacking: The missing aspects in sentences («не указан срок»), and what the wording lost of the norm.
    """

    requirement: str
    checklist: str
    title: str
    status: Status
    confidence: float
    review: bool = False
    restated: bool = False
    missing_aspects: tuple[str, ...] = ()
    evidence: tuple[Match, ...] = ()
    reason: str = ""
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole result for one file.

    Attributes:
        document: The file as read.
        act: Its outline.
        as_of: Date on which the law is looked at.
        on_subject: False when the act is about another subject than the checklists.
        checklists: Pairs of id and version.
        verdicts: One a requirement.
        citations: References in order of the act.
        findings: Problems first.
        suppressed: Findings left out by ``lna-ignore.yaml``.
    """

    document: Document
    act: Act
    as_of: date
    on_subject: bool
    checklists: tuple[tuple[str, str], ...]
    verdicts: tuple[Verdict, ...]
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
