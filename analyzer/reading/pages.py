"""Pages as read → Document: lines, running headers, offsets, and what there is to tell about the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analyzer.errors import ReadingError
from analyzer.model import Document, Line, ReadingNote
from analyzer.reading.limits import LIMITS, Limits, check_text
from analyzer.reading.normalize import clean_line
from analyzer.reading.ocr_text import mend
from analyzer.reading.offsets import with_offsets
from analyzer.reading.pdf_chars import Word
from analyzer.reading.pdf_layout import Printed, arrange
from analyzer.reading.pdf_lines import Body, Item, TableRow, to_line
from analyzer.reading.pdf_margins import PageLines, part_margins
from analyzer.reading.pdf_tables import Edge

UNREAD = ("picture", "gibberish", "partial")
NO_TESSERACT = "для сканов нужна программа распознавания Tesseract с русским языком (пакет tesseract-ocr-rus)"
SAVE_TEXT = "сохраните документ в PDF из исходного файла, а не со сканера"
_USUAL_INDENT = 0.08


@dataclass(slots=True)
class ReadPage:
    """What was read of one page before the document as a whole is known.

    Attributes:
        number: Page, counted from 1.
        height: Height in points.
        items: Lines and table rows in reading order.
        turned: Text at another angle than the page's main text.
        rules: Short level rules that may part footnotes from the text.
        turn: Degrees clockwise that set the page as the file shows it upright.
        state: ``read``, ``blank``, ``recognised``; or what kept it from being read: ``picture``,
            ``gibberish`` (a broken text layer), ``partial`` (a stamp over a scan).
    """

    number: int
    height: float
    items: list[Item] = field(default_factory=list)
    turned: tuple[str, ...] = ()
    rules: list[Edge] = field(default_factory=list)
    turn: int = 0
    state: str = "read"


@dataclass(frozen=True, slots=True)
class PageWords:
    """What was recognised on a page.

    Attributes:
        words: Words in the order of recognition; none when nothing is printed on the page.
        height: Height of the page set upright, in points.
        turn: Degrees clockwise by which the picture was turned to stand upright.
    """

    words: tuple[Word, ...]
    height: float
    turn: int = 0


def recognised_page(number: int, found: PageWords) -> ReadPage:
    """A page made of recognised words; blank when there are none.

    Args:
        number: The page, from 1.
        found: What was recognised on it.
    """
    items: list[Item] = list(arrange(found.words, number == 1, found.height))
    return ReadPage(number, found.height, items, turn=found.turn, state="recognised" if items else "blank")


def assemble(
    pages: Sequence[ReadPage], name: str, sha256: str, kind: str, unread_fix: str, limits: Limits = LIMITS
) -> Document:
    """Makes the document.

    Args:
        pages: All pages of the file.
        name: Name of the file.
        sha256: Its digest.
        kind: Its format.
        unread_fix: What to do about pages that stay unread.
        limits: Bounds.

    Raises:
        ReadingError: ``no_text``, ``bad_text_layer``.
        LimitError: There is too much text.
    """
    if not any(page.items for page in pages):
        _refuse(pages, unread_fix)
    body = _body(pages)
    lines, margins = part_margins(_page_lines(pages, body), body.size)
    margins += [Line(clean_line(text), 0, page.number) for page in pages for text in page.turned]
    placed, text = with_offsets(lines)
    check_text(text, limits)
    notes = tuple(_notes(pages, unread_fix))
    turns = tuple(page.turn for page in pages) if any(page.turn for page in pages) else ()
    return Document(name, sha256, kind, placed, False, len(pages), tuple(margins), notes, text, turns)


def _body(pages: Sequence[ReadPage]) -> Body:
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


def _page_lines(pages: Sequence[ReadPage], body: Body) -> list[PageLines]:
    """Lines of all pages; a table that goes on behind a page break keeps its ordinal."""
    made = []
    table = 0
    last: TableRow | None = None  # the row that ended the page before
    for page in pages:
        # A scan lies on the glass as it lies: its edges are its own.
        edges = _body([page]) if page.state == "recognised" else body
        lines: list[Line] = []
        before: Item | None = None
        for item in page.items:
            if isinstance(item, TableRow):
                continues = last is not None and before is None and last.key == item.key
                new = not isinstance(before, TableRow) or before.grid != item.grid
                table += new and not continues
            lines.append(to_line(item, page.number, edges, table))
            before = item
        if page.items:
            last = before if isinstance(before, TableRow) else None
        rules = tuple(rule[1] for rule in page.rules)
        if page.state == "recognised":
            lines = [replace(line, text=mend(line.text), ocr=True) for line in lines]
        filled = tuple(line for line in lines if line.text)
        made.append(PageLines(page.number, page.height, filled, rules))
    return made


def _notes(pages: Sequence[ReadPage], unread_fix: str) -> Iterator[ReadingNote]:
    unread = [page.number for page in pages if page.state in UNREAD]
    if unread:
        verb = "не прочитана" if len(unread) == 1 else "не прочитаны"
        yield ReadingNote(
            "unread_pages",
            f"{verb} {_page_list(unread)} из {len(pages)}: скан или испорченный текстовый слой",
            f"{unread_fix}; или {SAVE_TEXT}",
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


def _refuse(pages: Sequence[ReadPage], unread_fix: str) -> None:
    states = {page.state for page in pages}
    if "gibberish" in states:
        raise ReadingError(
            "bad_text_layer",
            "текстовый слой PDF не читается (вместо русских букв посторонние знаки)",
            f"{unread_fix}; или {SAVE_TEXT}",
        )
    if "picture" in states:
        message = "в файле нет текста, только изображения страниц"
        raise ReadingError("no_text", message, f"{unread_fix}; или {SAVE_TEXT}")
    raise ReadingError("no_text", "в файле нет текста: все страницы пустые", "проверьте, тот ли это файл")


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
