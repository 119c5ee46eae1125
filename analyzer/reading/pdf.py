"""PDF → Document: text layer by PDFium, judged page by page, bad pages handed to recognition."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document, Line, ReadingNote
from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.normalize import clean_line
from analyzer.reading.offsets import with_offsets
from analyzer.reading.pdf_chars import PageText, read_page_text
from analyzer.reading.pdf_guard import guard_streams
from analyzer.reading.pdf_layout import Printed
from analyzer.reading.pdf_lines import Body, Item, TableRow, page_items, to_line
from analyzer.reading.pdf_margins import PageLines, part_margins
from analyzer.reading.pdf_tables import Edge, Grid, find_grids, find_rules
from analyzer.reading.text_quality import judge

Recognise = Callable[[int, PdfPage], list[Line]]
"""Recognises one page: its number, counted from 1, and the open page; gives its lines in reading order."""

PDFIUM_LOCK = threading.RLock()
"""PDFium is not thread-safe: hold this around every call of it."""

_FEW_CHARACTERS = 15
_STAMP_CHARACTERS = 500  # over a scan of the whole page: a stamp, not its text
_STAMP_HEIGHT = 0.3
_SCAN_SHARE = 0.5
_PICTURE_SHARE = 0.15
_OUTLINED_PATHS = 300  # letters turned into curves
_BLANK_PROBE = 100
_UNREAD = ("picture", "gibberish", "partial")
_USUAL_INDENT = 0.08
_SAVE_TEXT = "сохраните документ в PDF из исходного файла, а не со сканера"
_TESSERACT = "для сканов нужна программа распознавания Tesseract с русским языком (пакет tesseract-ocr-rus)"


@dataclass(slots=True)
class _Page:
    """What was read of one page before the document as a whole is known."""

    number: int
    height: float
    items: list[Item] = field(default_factory=list)
    recognised: list[Line] = field(default_factory=list)
    turned: tuple[str, ...] = ()
    rules: list[Edge] = field(default_factory=list)
    state: str = "read"  # read, blank, recognised, picture, gibberish, partial (a stamp over a scan)


def read_pdf(
    data: bytes, name: str, sha256: str, *, recognise: Recognise | None = None, limits: Limits = LIMITS
) -> Document:
    """Reads a PDF.

    Args:
        data: The file.
        name: Its name, for the Document.
        sha256: Its digest.
        recognise: Called for pages whose text layer is missing or unreadable.
        limits: Bounds.

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
        count = len(pdf)
        if count > limits.pdf_pages:
            _refuse_pages(pdf, count, limits)
        pages = list(_read_pages(pdf, recognise, limits))
    if not any(page.items or page.recognised for page in pages):
        _refuse_unread(pages)
    body = _body(pages)
    lines, margins = part_margins(_page_lines(pages, body), body.size)
    margins += [Line(clean_line(text), 0, page.number) for page in pages for text in page.turned]
    placed, text = with_offsets(lines)
    if len(text) > limits.text_characters:
        raise LimitError(
            "limit_text", f"в документе больше {limits.text_characters} знаков", "разделите файл на части"
        )
    return Document(name, sha256, "pdf", placed, False, count, tuple(margins), tuple(_notes(pages)), text)


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
            raise ReadingError("broken_pdf", "в файле PDF нет ни одной страницы", _SAVE_TEXT)
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


def _read_pages(pdf: pypdfium2.PdfDocument, recognise: Recognise | None, limits: Limits) -> Iterator[_Page]:
    spent, recognised = 0.0, 0
    for index in range(len(pdf)):
        began = time.monotonic()
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            yield _Page(index + 1, 0.0, state="picture")
            continue
        with closing(page):
            read = _read_page(page, index + 1, limits)
            spent += time.monotonic() - began
            if spent > limits.pdf_seconds:
                raise LimitError(
                    "limit_time",
                    f"чтение PDF заняло больше {limits.pdf_seconds:.0f} с",
                    "разделите файл на части",
                )
            if read.state in _UNREAD and recognise is not None and recognised < limits.ocr_pages:
                recognised += 1
                lines = recognise(index + 1, page)
                if lines:
                    read = _Page(index + 1, read.height, recognised=lines, state="recognised")
        yield read


def _read_page(page: PdfPage, number: int, limits: Limits) -> _Page:
    with closing(page.get_textpage()) as text_page:
        if text_page.count_chars() > limits.pdf_page_characters:
            raise LimitError(
                "limit_page_text",
                f"на странице {number} больше {limits.pdf_page_characters} знаков",
                "проверьте файл: это не похоже на документ",
            )
        text = read_page_text(page, text_page)
    state = _state(page, text)
    read = _Page(number, text.height, turned=text.turned, state=state)
    if state in ("read", "partial"):
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


def _body(pages: Sequence[_Page]) -> Body:
    """Edges and type size that most lines share."""
    sizes: Counter[float] = Counter()
    left, right = [], []
    for page in pages:
        for item in page.items:
            if isinstance(item, Printed):
                for piece in item.pieces:
                    sizes[piece.size] += len(piece.text)
                if not item.column:
                    left.append(item.pieces[0].x0)
                    right.append(item.pieces[-1].x1)
    if not left:
        return Body(0.0, 595.0, sizes.most_common(1)[0][0] if sizes else 12.0)
    edges = Counter(map(round, left))
    indents = frozenset(edge for edge, times in edges.items() if times >= max(4, _USUAL_INDENT * len(left)))
    return Body(
        float(np.percentile(left, 10)), float(np.percentile(right, 90)), sizes.most_common(1)[0][0], indents
    )


def _page_lines(pages: Sequence[_Page], body: Body) -> list[PageLines]:
    """Lines of all pages; a table that goes on behind a page break keeps its ordinal."""
    made = []
    table = 0
    last: TableRow | None = None  # the row that ended the page before
    for page in pages:
        lines = list(page.recognised)
        before: Item | None = None
        for item in page.items:
            if isinstance(item, TableRow):
                continues = last is not None and before is None and last.key == item.key
                new = not isinstance(before, TableRow) or before.grid != item.grid
                table += new and not continues
            lines.append(to_line(item, page.number, body, table))
            before = item
        if page.items:
            last = before if isinstance(before, TableRow) else None
        rules = tuple(rule[1] for rule in page.rules)
        filled = tuple(replace(line, page=page.number) for line in lines if line.text)
        made.append(PageLines(page.number, page.height, filled, rules))
    return made


def _notes(pages: Sequence[_Page]) -> Iterator[ReadingNote]:
    unread = [page.number for page in pages if page.state in _UNREAD]
    if unread:
        verb = "не прочитана" if len(unread) == 1 else "не прочитаны"
        yield ReadingNote(
            "unread_pages",
            f"{verb} {_page_list(unread)} из {len(pages)}: скан или испорченный текстовый слой",
            f"{_TESSERACT}; или {_SAVE_TEXT}",
            tuple(unread),
        )
    recognised = [page.number for page in pages if page.state == "recognised"]
    if recognised:
        verb = "распознана" if len(recognised) == 1 else "распознаны"
        yield ReadingNote(
            "recognised_pages",
            f"{verb} с изображения {_page_list(recognised)} из {len(pages)}: возможны ошибки в знаках",
            "сверьте цитаты и номера пунктов с самим документом",
            tuple(recognised),
        )


def _refuse_unread(pages: Sequence[_Page]) -> None:
    states = {page.state for page in pages}
    if "gibberish" in states:
        raise ReadingError(
            "bad_text_layer",
            "текстовый слой PDF не читается (вместо русских букв посторонние знаки)",
            f"{_TESSERACT}; или {_SAVE_TEXT}",
        )
    if "picture" in states:
        message = "в файле PDF нет текста, только изображения страниц"
        raise ReadingError("no_text", message, f"{_TESSERACT}; или {_SAVE_TEXT}")
    raise ReadingError("no_text", "в файле PDF нет текста: все страницы пустые", "проверьте, тот ли это файл")


def _page_list(pages: Sequence[int]) -> str:
    return f"{'страница' if len(pages) == 1 else 'страницы'} {page_ranges(pages)}"


def page_ranges(pages: Sequence[int]) -> str:
    """Page numbers as a person writes them: ``1, 3–5``."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" if b > a + 1 else f"{a}, {b}" for a, b in ranges)
