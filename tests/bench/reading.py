"""Figures of the readers: ``uv run python tests/bench/reading.py``.

Prints the time of an 8-page PDF against pdfplumber's bare extraction of the same file, of a DOCX of 50
paragraphs against python-docx's bare reading, of a recognised page, what isolation costs, growth from 5 to 500 pages, and peak memory.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
from docx import Document as Docx

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "reading"))

from pdf_builder import Page, pdf  # noqa: E402
from scans import packed, scan  # noqa: E402

from analyzer.reading import read  # noqa: E402
from analyzer.reading.ocr import engine  # noqa: E402
from analyzer.reading.sandbox import Sandbox  # noqa: E402

SENTENCE = "Школа применяет электронное обучение и дистанционные технологии по решению совета"


def seconds(
    work: Callable[[], object], times: int = 7, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Least time of a warm call: what disturbs is not ours."""
    work()
    taken = []
    for _ in range(times):
        began = clock()
        work()
        taken.append(clock() - began)
    return min(taken)


def eight_pages() -> bytes:
    """Eight pages of the sample acts in one file."""
    whole = pypdfium2.PdfDocument.new()
    for path in sorted((ROOT / "corpus" / "acts").glob("*.pdf")):
        source = pypdfium2.PdfDocument(path)
        if wanted := min(len(source), 8 - len(whole)):
            whole.import_pages(source, list(range(wanted)))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def pages(count: int) -> bytes:
    """A PDF of so many pages of print, every line another."""
    return pdf(*(
        Page().lines(60, 60, *(f"{page}.{line}. {SENTENCE} № {page * line}" for line in range(1, 46)), size=6)
        for page in range(1, count + 1)
    ))  # fmt: skip


def paragraphs(count: int) -> bytes:
    """A DOCX of so many paragraphs."""
    document = Docx()
    for number in range(1, count + 1):
        document.add_paragraph(f"{number}. {SENTENCE} и извещает об этом родителей. " * 2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bare(data: bytes) -> None:
    """pdfplumber's own extraction of text."""
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            page.extract_text()


def bare_docx(data: bytes) -> str:
    """python-docx's own reading of the paragraphs: no numbers of lists, no tables, no notes."""
    return "\n".join(paragraph.text for paragraph in Docx(io.BytesIO(data)).paragraphs)


def main() -> None:
    """Prints all figures."""
    data = eight_pages()
    ours, theirs = seconds(lambda: read(data, "a.pdf")), seconds(lambda: bare(data), 3)
    print(
        f"8-page PDF: {ours * 1e3:.0f} ms, pdfplumber alone {theirs * 1e3:.0f} ms: {ours / theirs:.3f} of it"
    )
    docx = paragraphs(50)
    ours, theirs = seconds(lambda: read(docx, "a.docx")), seconds(lambda: bare_docx(docx))
    print(
        f"DOCX of 50 paragraphs: {ours * 1e3:.1f} ms, python-docx alone {theirs * 1e3:.1f} ms: {ours / theirs:.2f} of it"
    )
    sandbox = Sandbox()
    began = time.perf_counter()
    sandbox.read(docx, "a.docx")
    print(f"first document through a new worker: {(time.perf_counter() - began) * 1e3:.0f} ms")
    ours = seconds(lambda: read(data, "a.pdf"))
    warm = seconds(lambda: sandbox.read(data, "a.pdf"))
    print(f"8-page PDF through a warm worker: {warm * 1e3:.0f} ms ({(warm - ours) * 1e3:+.0f} ms)")
    times = {}
    for count in (5, 50, 500):
        made = pages(count)
        times[count] = seconds(lambda made=made: read(made, "a.pdf"), 3, time.process_time)  # type: ignore[misc]
        print(f"{count} pages: {times[count]:.3f} s of processor, {count / times[count]:.0f} pages/s")
    print(f"growth from 5 to 500 pages: {times[500] / (100 * times[5]):.2f} of linear")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB here, "
          f"{_worker_memory(sandbox):.0f} MB in the worker")  # fmt: skip
    if engine() is not None:
        image = packed(scan(*[f"{line}.1. {SENTENCE[:52]}" for line in range(1, 36)]), "PDF")
        print(f"a page recognised: {seconds(lambda: read(image, 'a.pdf'), 3):.2f} s")


def _worker_memory(sandbox: Sandbox) -> float:
    """Peak of a worker that has read 500 pages."""
    sandbox.read(pages(500), "a.pdf")
    sandbox.close()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
