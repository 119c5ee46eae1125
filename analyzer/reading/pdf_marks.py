"""Highlights and sticky notes written into a PDF by PDFium, the library that read it.

Who writes is the worker: PDFium meets an untrusted document there and nowhere else.
"""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage

from analyzer.errors import ReadingError
from analyzer.model import Box
from analyzer.reading.marks import Mark
from analyzer.reading.pdf import PDFIUM_LOCK

_Rect = tuple[float, float, float, float]


def mark_pdf(data: bytes, marks: Sequence[Mark]) -> bytes:
    """The PDF with annotations.

    Args:
        data: The file.
        marks: The annotations, in the order in which they lie over each other.

    Raises:
        ReadingError: ``no_marks``: PDFium cannot open or write the file, or there is no such page.
    """
    pages: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        pages[mark.page].append(mark)
    try:
        with PDFIUM_LOCK, closing(pypdfium2.PdfDocument(data)) as pdf:
            for number, own in sorted(pages.items()):
                with closing(pdf[number - 1]) as page:
                    for mark in own:
                        _add(page, mark)
            stream = io.BytesIO()
            pdf.save(stream)
    except (pypdfium2.PdfiumError, IndexError) as error:
        advice = "сохраните документ заново как PDF"
        raise ReadingError("no_marks", "файл PDF не удалось изменить", advice) from error
    return stream.getvalue()


def _add(page: PdfPage, mark: Mark) -> None:
    turn, view = (page.get_rotation() + mark.turn) % 360, page.get_bbox()
    rects = [_to_page(box, view, turn) for box in mark.boxes]
    kind = pdfium_c.FPDF_ANNOT_TEXT if mark.pinned else pdfium_c.FPDF_ANNOT_HIGHLIGHT
    note = pdfium_c.FPDFPage_CreateAnnot(page.raw, kind)
    if not note:
        raise pypdfium2.PdfiumError("annotation refused")
    try:
        left, bottom, right, top = _around(rects)
        pdfium_c.FPDFAnnot_SetRect(note, pdfium_c.FS_RECTF(left, top, right, bottom))
        pdfium_c.FPDFAnnot_SetColor(note, pdfium_c.FPDFANNOT_COLORTYPE_Color, *mark.colour, 255)
        pdfium_c.FPDFAnnot_SetFlags(note, pdfium_c.FPDF_ANNOT_FLAG_PRINT)
        for x0, y0, x1, y1 in () if mark.pinned else rects:
            # Order of the corners as every viewer wants it: top left, top right, bottom left, bottom right.
            quad = pdfium_c.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
            pdfium_c.FPDFAnnot_AppendAttachmentPoints(note, quad)
        for key, value in (
            (b"Contents", mark.words),
            (b"T", mark.author),
            (b"NM", mark.key),
            (b"M", f"D:{datetime.now():%Y%m%d%H%M%S}"),
        ):
            pdfium_c.FPDFAnnot_SetStringValue(note, key, _wide(value))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(note)


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


def _wide(text: str) -> ctypes.Array[ctypes.c_ushort]:
    """A string as PDFium takes it: UTF-16, little-endian, with a zero at the end."""
    data = text.encode("utf-16-le") + b"\0\0"
    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)
