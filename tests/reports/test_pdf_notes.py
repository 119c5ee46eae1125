"""The PDF with notes: every finding an annotation, highlights where the clause stands, turned pages too."""

import ctypes
import subprocess
import sys
from collections import Counter
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from analyzer.audit import Settings, audit_document
from analyzer.errors import LnaError, ReadingError
from analyzer.reading import read, sandbox
from analyzer.reading.limits import Limits
from analyzer.reports.bundle import write_papers
from analyzer.reports.compose import report
from analyzer.reports.pdf_notes import annotated_pdf
from tests.reading.pdf_builder import pdf, turned
from tests.reports.made import CHECKLISTS, DAY

LAW = "1.1. По приказу Минобрнауки России от 23.08.2017 № 816."


def made(angle: int) -> tuple[bytes, object]:
    page = turned(angle, "ПОЛОЖЕНИЕ", "об электронном обучении", "1. Общие положения", LAW)
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


@pytest.mark.parametrize(
    ("trouble", "said"), [("time.sleep(60)", "больше 2 с"), ("ctypes.string_at(0)", "аварийно прервал")]
)
def test_a_pdf_that_kills_pdfium_costs_its_own_paper_alone(tmp_path, monkeypatch, trouble, said):
    stub = tmp_path / "stub.py"
    stub.write_text(
        "import ctypes, sys, time\n"
        "from analyzer.reading.worker import JOBS, serve\n"
        f"serve({{**JOBS, 'mark': lambda *_: {trouble}}}, *map(int, sys.argv[1:5]))\n"
    )
    made_here = sandbox.Sandbox([sys.executable, str(stub)], Limits(draw_seconds=2.0))
    monkeypatch.setattr(sandbox, "_shared", lambda: made_here)
    data, audit = made(0)
    with pytest.raises(LnaError) as refused:
        write_papers(report(audit, CHECKLISTS, today=DAY), audit, data, tmp_path / "out", set())
    line = str(refused.value)
    assert "не удалось вписать замечания" in line and said in line and "DOCX" in line and "\n" not in line
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a_замечания.docx",
        "a_справка.docx",
        "a_таблица.xlsx",
    ]


def test_what_reads_documents_lives_in_the_worker_alone():
    code = (
        "import sys, analyzer.cli, analyzer.audit, analyzer.reports.bundle, analyzer.reports.outline_html; "
        "sys.exit(len({'pypdfium2', 'pdfplumber'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_that_pdfium_cannot_write_is_told():
    _, audit = made(0)
    with pytest.raises(ReadingError, match="PDF"):
        annotated_pdf(report(audit, CHECKLISTS, today=DAY), audit, b"no pdf")
