"""The PDF with notes: every finding an annotation, highlights where the clause stands, turned pages too."""

import ctypes
from collections import Counter
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from analyzer.audit import Settings, audit_document
from analyzer.errors import ReadingError
from analyzer.reading import read
from analyzer.reports.compose import report
from analyzer.reports.pdf_notes import annotated_pdf
from tests.reading.pdf_builder import Page, pdf
from tests.reports.made import CHECKLISTS, DAY

LAW = "1.1. По приказу Минобрнауки России от 23.08.2017 № 816."


def made(angle: int) -> tuple[bytes, object]:
    page = Page(width=842, height=842)
    x, y, dx, dy = {
        0: (60, 100, 0, 20),
        90: (100, 780, 20, 0),
        180: (780, 700, 0, -20),
        270: (700, 60, -20, 0),
    }[angle]
    for index, text in enumerate(("ПОЛОЖЕНИЕ", "об электронном обучении", "1. Общие положения", LAW)):
        page.text(x + dx * index, y + dy * index, text, angle=angle)
    data = pdf(page)
    return data, audit_document(read(data, "a.pdf", ocr="never"), Settings(as_of=DAY))


def notes(data: bytes):
    """Kind, words and the text under the rectangle of every annotation."""
    with (
        closing(pypdfium2.PdfDocument(data)) as pdf,
        closing(pdf[0]) as page,
        closing(page.get_textpage()) as text,
    ):
        for index in range(pdfium_c.FPDFPage_GetAnnotCount(page.raw)):
            note = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
            rect = pdfium_c.FS_RECTF()
            pdfium_c.FPDFAnnot_GetRect(note, rect)
            under = text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
            yield pdfium_c.FPDFAnnot_GetSubtype(note), value(note, b"Contents"), under
            pdfium_c.FPDFPage_CloseAnnot(note)


def value(note, key: bytes) -> str:
    size = pdfium_c.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium_c.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_every_finding_is_a_note_at_its_clause(angle):
    data, audit = made(angle)
    content = report(audit, CHECKLISTS, today=DAY)
    found = list(notes(annotated_pdf(content, audit, data)))
    rules = Counter(words.split()[1].strip(".") for _, words, _ in found)
    assert rules == Counter(finding.rule for finding in content.findings)
    marked = [
        under for kind, words, under in found if kind == pdfium_c.FPDF_ANNOT_HIGHLIGHT and "REF001" in words
    ]
    assert len(marked) == 1 and "816" in marked[0]


def test_a_file_that_pdfium_cannot_write_is_told():
    _, audit = made(0)
    with pytest.raises(ReadingError, match="PDF"):
        annotated_pdf(report(audit, CHECKLISTS, today=DAY), audit, b"no pdf")
