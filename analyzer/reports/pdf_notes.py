"""The audited PDF with its findings as notes: clauses highlighted, remarks on the whole act as sticky notes.

PDFium writes the annotations, the library that read the file: no second parser meets an untrusted document.
"""

from __future__ import annotations

import ctypes
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime

import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage

from analyzer.errors import ReadingError
from analyzer.model import Audit, Box, Document
from analyzer.reading.pdf import PDFIUM_LOCK
from analyzer.reports.anchors import Anchor, anchors
from analyzer.reports.content import FindingRow, Report
from analyzer.reports.decision import HEAD

_AUTHOR = "Проверка ЛНА"
_COLOURS = {"error": (255, 158, 158), "warning": (255, 221, 128), "note": (176, 205, 255)}
_PIN = 18.0  # side of a sticky note's icon, points
_STEP, _EDGE, _MARGIN = 20.0, 6.0, 70.0
_Rect = tuple[float, float, float, float]


def annotated_pdf(content: Report, audit: Audit, data: bytes) -> bytes:
    """The PDF with an annotation for every finding.

    Args:
        content: What the notes say.
        audit: The audit that it was made of.
        data: The file that was audited.

    Raises:
        ReadingError: PDFium cannot write the file.
    """
    pages: dict[int, list[tuple[Anchor, list[Box]]]] = defaultdict(list)
    for place in anchors(audit, content):
        for number, boxes in _boxes(audit.document, place).items():
            pages[number].append((place, boxes))
    margins = _margins(audit.document)
    try:
        with PDFIUM_LOCK, closing(pypdfium2.PdfDocument(data)) as pdf:
            for number, places in sorted(pages.items()):
                with closing(pdf[number - 1]) as page:
                    turn = (page.get_rotation() + audit.document.turn(number)) % 360
                    _annotate(page, places, margins.get(number, _MARGIN), turn)
            stream = io.BytesIO()
            pdf.save(stream)
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise ReadingError(
            "pdf_notes", "в этот файл PDF не удалось вписать замечания", "возьмите акт с примечаниями в DOCX"
        ) from error
    return stream.getvalue()


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


def _annotate(page: PdfPage, places: Sequence[tuple[Anchor, list[Box]]], margin: float, turn: int) -> None:
    view: _Rect = page.get_bbox()
    seen: Counter[float] = Counter()
    for place, boxes in places:
        finding = place.finding
        words = "\n".join(_said(finding, place.note))
        top = boxes[0].y0 if boxes else _EDGE
        # Marker over marker is too dark to read through: what comes second on a clause is a sticky note.
        if boxes and not seen[top]:
            rects = [_to_page(box, view, turn) for box in boxes]
            _add(page, pdfium_c.FPDF_ANNOT_HIGHLIGHT, _around(rects), finding, words, rects)
        else:
            pin = _pin(seen[top] - bool(boxes), margin, top)
            _add(page, pdfium_c.FPDF_ANNOT_TEXT, _to_page(pin, view, turn), finding, words, ())
        seen[top] += 1


def _pin(index: int, margin: float, top: float) -> Box:
    """Place of a sticky note in the left margin: from right to left, then the next row."""
    row, column = divmod(index, max(1, int((margin - _PIN) // _STEP)))
    left, y = max(margin - _PIN - _EDGE - _STEP * column, 0.0), top + _STEP * row
    return Box(left, y, left + _PIN, y + _PIN)


def _to_page(box: Box, view: _Rect, turn: int) -> _Rect:
    """From reading coordinates to the PDF's (left, bottom, right, top): undoes ``pdf_chars.turn_boxes``."""
    left, bottom, right, top = view
    if turn == 90:
        return left + box.y0, bottom + box.x0, left + box.y1, bottom + box.x1
    if turn == 180:
        return right - box.x1, bottom + box.y0, right - box.x0, bottom + box.y1
    if turn == 270:
        return right - box.y1, top - box.x1, right - box.y0, top - box.x0
    return left + box.x0, top - box.y1, left + box.x1, top - box.y0


def _around(rects: Sequence[_Rect]) -> _Rect:
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _said(finding: FindingRow, note: str) -> Iterator[str]:
    yield f"{finding.severity_words.capitalize()} {finding.rule}. {finding.message}"
    if finding.norm:
        yield f"Норма: {finding.norm}" + (f" ({finding.source})" if finding.source else "")
    yield f"{finding.fix_label.capitalize()}: {finding.fix}"
    if finding.decision:
        yield f"{HEAD}: {finding.decision}"
    if note:
        yield note


def _add(
    page: PdfPage, kind: int, around: _Rect, finding: FindingRow, words: str, rects: Sequence[_Rect]
) -> None:
    note = pdfium_c.FPDFPage_CreateAnnot(page.raw, kind)
    if not note:
        raise pypdfium2.PdfiumError("annotation refused")
    try:
        left, bottom, right, top = around
        pdfium_c.FPDFAnnot_SetRect(note, pdfium_c.FS_RECTF(left, top, right, bottom))
        colour = (*_COLOURS[finding.severity], 255)
        pdfium_c.FPDFAnnot_SetColor(note, pdfium_c.FPDFANNOT_COLORTYPE_Color, *colour)
        pdfium_c.FPDFAnnot_SetFlags(note, pdfium_c.FPDF_ANNOT_FLAG_PRINT)
        for x0, y0, x1, y1 in rects:
            # Order of the corners as every viewer wants it: top left, top right, bottom left, bottom right.
            quad = pdfium_c.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
            pdfium_c.FPDFAnnot_AppendAttachmentPoints(note, quad)
        for key, value in (
            (b"Contents", words),
            (b"T", _AUTHOR),
            (b"NM", finding.fingerprint),
            (b"M", f"D:{datetime.now():%Y%m%d%H%M%S}"),
        ):
            pdfium_c.FPDFAnnot_SetStringValue(note, key, _wide(value))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(note)


def _wide(text: str) -> ctypes.Array[ctypes.c_ushort]:
    """A string as PDFium takes it: UTF-16, little-endian, with a zero at the end."""
    data = text.encode("utf-16-le") + b"\0\0"
    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)
