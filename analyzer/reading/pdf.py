"""PDF → Document: text layer by PDFium, judged page by page, bad pages handed to recognition."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document
from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.pages import (
    NO_TESSERACT,
    SAVE_TEXT,
    UNREAD,
    PageWords,
    ReadPage,
    assemble,
    recognised_page,
)
from analyzer.reading.pdf_chars import PageText, read_page_text
from analyzer.reading.pdf_guard import guard_streams
from analyzer.reading.pdf_lines import page_items
from analyzer.reading.pdf_tables import Edge, Grid, find_grids, find_rules
from analyzer.reading.text_quality import judge

Recognise = Callable[[pypdfium2.PdfDocument, Sequence[int]], Mapping[int, PageWords]]
"""Recognises pages of an open PDF, counted from 1; a page that is missing in the answer stays unread."""

PDFIUM_LOCK = threading.RLock()
"""PDFium is not thread-safe: hold this around every call of it."""

_FEW_CHARACTERS = 15
_STAMP_CHARACTERS = 500  # over a scan of the whole page: a stamp, not its text
_STAMP_HEIGHT = 0.3
_SCAN_SHARE = 0.5
_PICTURE_SHARE = 0.15
_OUTLINED_PATHS = 300  # letters turned into curves
_BLANK_PROBE = 100


def read_pdf(
    data: bytes,
    name: str,
    sha256: str,
    *,
    recognise: Recognise | None = None,
    everything: bool = False,
    unread_fix: str = NO_TESSERACT,
    limits: Limits = LIMITS,
    progress: Callable[[], None] = lambda: None,
) -> Document:
    """Reads a PDF.

    Args:
        data: The file.
        name: Its name, for the Document.
        sha256: Its digest.
        recognise: Recognises pages whose text layer is missing or unreadable.
        everything: Have every page recognised, a good text layer is not trusted either.
        unread_fix: What to do about pages that stay unread.
        limits: Bounds.
        progress: Called after every page.

    Returns:
        The document: one ``Line`` a printed line, ``whole_paragraphs`` False.

    Raises:
        ReadingError: ``empty``, ``encrypted``, ``broken_pdf``, ``no_text``, ``bad_text_layer``.
        LimitError: The file is over a limit.
    """
    if not data:
        raise ReadingError("empty", "файл пуст", "выберите другой файл")
    guard_streams(data, limits)
    with PDFIUM_LOCK, _opened(data) as pdf:
        if len(pdf) > limits.pdf_pages:
            _refuse_pages(pdf, len(pdf), limits)
        pages = list(_read_pages(pdf, limits, progress))
        if recognise is not None:
            wanted = [p.number for p in pages if p.state in UNREAD or (everything and p.state != "blank")]
            found = recognise(pdf, wanted) if wanted else {}
            pages = [_recognised(page, found.get(page.number)) for page in pages]
    return assemble(pages, name, sha256, "pdf", unread_fix, limits)


def _recognised(page: ReadPage, found: PageWords | None) -> ReadPage:
    """The page with recognised text in place of its text layer; what was not read again stays as it is."""
    if found is None or (page.items and not found.words):
        return page
    return recognised_page(page.number, found)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise ReadingError(
                "encrypted", "файл PDF защищён паролем", "снимите пароль и сохраните файл заново"
            ) from error
        raise ReadingError(
            "broken_pdf",
            "файл PDF повреждён или это не PDF",
            "откройте его в программе просмотра и сохраните заново",
        ) from error
    with closing(pdf):
        if not len(pdf):
            raise ReadingError("broken_pdf", "в файле PDF нет ни одной страницы", SAVE_TEXT)
        yield pdf


def _refuse_pages(pdf: pypdfium2.PdfDocument, count: int, limits: Limits) -> None:
    """Says «too many pages», or «no text» when there is nothing on them anyway."""
    for index in range(_BLANK_PROBE):
        with closing(pdf[index]) as page:
            if pdfium_c.FPDFPage_CountObjects(page.raw):
                raise LimitError(
                    "limit_pages",
                    f"в файле {count} страниц, предел — {limits.pdf_pages}",
                    "разделите файл на части",
                )
    raise ReadingError(
        "no_text", f"в файле нет текста: {count} страниц, и первые {_BLANK_PROBE} пустые", "проверьте файл"
    )


def _read_pages(
    pdf: pypdfium2.PdfDocument, limits: Limits, progress: Callable[[], None]
) -> Iterator[ReadPage]:
    end = time.monotonic() + limits.pdf_seconds
    for index in range(len(pdf)):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            yield ReadPage(index + 1, 0.0, state="picture")
            continue
        with closing(page):
            yield _read_page(page, index + 1, limits)
        progress()
        if time.monotonic() > end:
            raise LimitError(
                "limit_time",
                f"чтение PDF заняло больше {limits.pdf_seconds:.0f} с",
                "разделите файл на части",
            )


def _read_page(page: PdfPage, number: int, limits: Limits) -> ReadPage:
    with closing(page.get_textpage()) as text_page:
        if text_page.count_chars() > limits.pdf_page_characters:
            raise LimitError(
                "limit_page_text",
                f"на странице {number} больше {limits.pdf_page_characters} знаков",
                "проверьте файл: это не похоже на документ",
            )
        text = read_page_text(page, text_page)
    state = _state(page, text)
    read = ReadPage(number, text.height, turned=text.turned, state=state)
    if state in ("read", "partial"):
        read.turn = (text.turn - page.get_rotation()) % 360 if text.characters else 0
        read.rules = find_rules(page, text)
        grids = find_grids(read.rules)
        read.items = page_items(text, grids, number == 1)
        read.rules = _foot_rules(read.rules, grids, text)
    return read


def _state(page: PdfPage, text: PageText) -> str:
    if text.characters < _FEW_CHARACTERS:
        paths, picture = _drawn(page)
        if picture >= _PICTURE_SHARE or paths >= _OUTLINED_PATHS:
            return "picture"
        return "read" if text.characters else "blank"
    if not judge(" ".join([word.text for word in text.words])).readable:
        return "gibberish"
    if text.characters < _STAMP_CHARACTERS and text.words:
        standing = [word.baseline for word in text.words]
        if max(standing) - min(standing) < _STAMP_HEIGHT * text.height and _drawn(page)[1] >= _SCAN_SHARE:
            return "partial"
    return "read"


def _drawn(page: PdfPage) -> tuple[int, float]:
    """Number of paths, and the share of the page that its largest picture covers."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    paths, share = 0, 0.0
    for item in page.get_objects(max_depth=3):
        if item.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths >= _OUTLINED_PATHS:
                break
        elif item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = item.get_bounds()
            share = max(share, (x1 - x0) * (y1 - y0) / area)
    return paths, share


def _foot_rules(rules: Sequence[Edge], grids: Sequence[Grid], text: PageText) -> list[Edge]:
    """Short level rules in the lower part of a page, outside tables."""
    return [
        rule
        for rule in rules
        if rule[1] > 0.35 * text.height
        and 50 < rule[2] - rule[0] < 0.5 * text.width
        and rule[2] - rule[0] > rule[3] - rule[1]
        and not any(grid.box[1] - 3 <= rule[1] <= grid.box[3] + 3 for grid in grids)
    ]
