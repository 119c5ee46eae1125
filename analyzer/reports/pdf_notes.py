"""The audited PDF with its findings as notes: clauses highlighted, remarks on the whole act pinned to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from analyzer.errors import ReadingError
from analyzer.model import Audit, Box, Document
from analyzer.reading.marks import Mark
from analyzer.reading.sandbox import mark_isolated
from analyzer.reports.anchors import Anchor, anchors
from analyzer.reports.content import FindingRow, Report
from analyzer.reports.decision import HEAD

_AUTHOR = "Проверка ЛНА"
_COLOURS = {"error": (255, 158, 158), "warning": (255, 221, 128), "note": (176, 205, 255)}
_PIN = 18.0  # side of a sticky note's icon, points
_STEP, _EDGE, _MARGIN = 20.0, 6.0, 70.0


def annotated_pdf(content: Report, audit: Audit, data: bytes) -> bytes:
    """The PDF with an annotation for every finding.

    Args:
        content: What the notes say.
        audit: The audit that it was made of.
        data: The file that was audited.

    Raises:
        ReadingError: The notes cannot be written into the file within the limits.
    """
    pages: dict[int, list[tuple[Anchor, list[Box]]]] = defaultdict(list)
    for place in anchors(audit, content):
        for number, boxes in _boxes(audit.document, place).items():
            pages[number].append((place, boxes))
    margins = _margins(audit.document)
    marks = [
        mark
        for number, places in sorted(pages.items())
        for mark in _marks(number, places, margins.get(number, _MARGIN), audit.document.turn(number))
    ]
    try:
        return mark_isolated(data, marks)
    except ReadingError as error:
        message = f"в этот файл PDF не удалось вписать замечания: {error.message}"
        raise ReadingError("pdf_notes", message, "возьмите акт с примечаниями в DOCX") from error


def _boxes(document: Document, place: Anchor) -> dict[int, list[Box]]:
    """Boxes of the lines of a clause by page; none on the clause's page, or the first, for a sticky note."""
    if place.clause is None:
        return {1: []}
    found: dict[int, list[Box]] = defaultdict(list)
    for line in document.lines:
        if line.box and line.page and line.start < place.clause.end and line.end > place.clause.start:
            found[line.page].append(line.box)
    return found or {place.clause.page or 1: []}


def _margins(document: Document) -> dict[int, float]:
    """Width of the left margin of every page with text."""
    margins: dict[int, float] = {}
    for line in document.lines:
        if line.box and line.page:
            margins[line.page] = min(line.box.x0, margins.get(line.page, line.box.x0))
    return margins


def _marks(page: int, places: Sequence[tuple[Anchor, list[Box]]], margin: float, turn: int) -> Iterator[Mark]:
    seen: Counter[float] = Counter()
    for place, boxes in places:
        finding = place.finding
        top = boxes[0].y0 if boxes else _EDGE
        # Marker over marker is too dark to read through: what comes second on a clause is a sticky note.
        pinned = not boxes or bool(seen[top])
        yield Mark(
            page=page,
            turn=turn,
            boxes=(_pin(seen[top] - bool(boxes), margin, top),) if pinned else tuple(boxes),
            pinned=pinned,
            colour=_COLOURS[finding.severity],
            words="\n".join(_said(finding, place.note)),
            author=_AUTHOR,
            key=finding.fingerprint,
        )
        seen[top] += 1


def _pin(index: int, margin: float, top: float) -> Box:
    """Place of a sticky note in the left margin: from right to left, then the next row."""
    row, column = divmod(index, max(1, int((margin - _PIN) // _STEP)))
    left, y = max(margin - _PIN - _EDGE - _STEP * column, 0.0), top + _STEP * row
    return Box(left, y, left + _PIN, y + _PIN)


def _said(finding: FindingRow, note: str) -> Iterator[str]:
    yield f"{finding.severity_words.capitalize()} {finding.rule}. {finding.message}"
    if finding.norm:
        yield f"Норма: {finding.norm}" + (f" ({finding.source})" if finding.source else "")
    yield f"{finding.fix_label.capitalize()}: {finding.fix}"
    if finding.decision:
        yield f"{HEAD}: {finding.decision}"
    if note:
        yield note
