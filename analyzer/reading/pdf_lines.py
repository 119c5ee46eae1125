"""Laid-out words of a page into the model's lines and table rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analyzer.model import Box, Line
from analyzer.reading.normalize import clean_line, glue_spaced
from analyzer.reading.pdf_chars import FALSE_SPACE, PageText, Word
from analyzer.reading.pdf_layout import Piece, Printed, arrange
from analyzer.reading.pdf_tables import Grid
from analyzer.reading.words import join_lines

_ASCENT, _DESCENT = 0.8, 0.22
_LONGEST_CELL = 1_500
_CLAUSE_START = re.compile(r"\d{1,2}\.\d{1,2}\.?\s*\S")
_APPROVAL_START = re.compile(r"\W*(?:принят|согласован|утвержд|рассмотрен)", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a ruled table: text of its cells, place, and where the table's columns begin."""

    cells: tuple[str, ...]
    box: Box
    key: tuple[int, ...]
    grid: int


Item = Printed | TableRow


@dataclass(frozen=True, slots=True)
class Body:
    """What a document's text looks like on the whole.

    Attributes:
        left: Left edge of its lines.
        right: Right edge.
        size: Size of most of its type.
        indents: Rounded left edges that many lines share: a line that begins there is not centred.
    """

    left: float
    right: float
    size: float
    indents: frozenset[int] = frozenset()


def page_items(text: PageText, grids: Sequence[Grid], first_page: bool) -> list[Item]:
    """Lines and table rows of a page in reading order.

    Args:
        text: Words of the page.
        grids: Its ruled tables; those that only frame text are read as text.
        first_page: Approval blocks are expected there.
    """
    items: list[Item] = []
    rest = list(text.words)
    for number, grid in enumerate(grids):
        inside = [word for word in rest if _within(word, grid.box)]
        if grid.columns < 2 or not inside:
            continue
        above = [word for word in rest if not _within(word, grid.box) and _middle(word)[1] < grid.box[1]]
        taken = {id(word) for word in (*inside, *above)}
        rest = [word for word in rest if id(word) not in taken]
        items += arrange(above, first_page, text.height)
        items += _grid_items(inside, grid, number, text.height)
    return items + list(arrange(rest, first_page, text.height))


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, word.baseline - 0.3 * word.size


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = _middle(word)
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _grid_items(words: list[Word], grid: Grid, number: int, height: float) -> list[Item]:
    """Rows of a table; lines, cell after cell, when it only lays out text: approvals, acts in a frame."""
    rows: list[list[list[Printed]]] = []
    loose = {id(word): word for word in words}
    for row in grid.rows:
        cells = []
        for cell in row:
            inside = [word for word in loose.values() if cell and _within(word, cell)]
            for word in inside:
                del loose[id(word)]
            cells.append(arrange(inside, False, height))
        rows.append(cells)
    texts = [[[line_text(line.pieces) for line in cell] for cell in row] for row in rows]
    if _lays_out_text(texts):
        return [line for row in rows for cell in row for line in cell]
    items: list[Item] = []
    for row, row_texts in zip(grid.rows, texts, strict=True):
        cells_text = tuple(join_lines(cell) for cell in row_texts)
        if any(cells_text):
            own = [cell for cell in row if cell]
            box = Box(own[0][0], own[0][1], own[-1][2], max(cell[3] for cell in own))
            items.append(TableRow(cells_text, box, grid.key, number))
    return items + list(arrange(list(loose.values()), False, height))


def _lays_out_text(rows: list[list[list[str]]]) -> bool:
    filled = [cell for row in rows for cell in row if cell]
    if filled and len(rows) <= 4 and any(_APPROVAL_START.match(cell[0]) for cell in filled):
        return True
    for cell in filled:
        clauses = sum(bool(_CLAUSE_START.match(line)) for line in cell)
        if clauses >= 3 or sum(map(len, cell)) > _LONGEST_CELL:
            return True
    return False


def line_text(pieces: Sequence[Piece]) -> str:
    """Text of a printed line: spaces where the page has them, double printing dropped, spaced words glued."""
    words = _once(sorted((word for piece in pieces for word in piece.words), key=lambda word: word.x0))
    size = max(word.size for word in words)
    baseline = next(word.baseline for word in words if word.size == size)
    pairs = list(pairwise(words))
    single = [b.x0 - a.x1 for a, b in pairs if len(a.text) == len(b.text) == 1]
    spaced_out = len(single) >= 4
    between_words = 1.7 * median(single) if spaced_out else 0.0
    text = words[0].text
    for before, word in pairs:
        gap = word.x0 - before.x1
        raised = word.size < 0.8 * size and 0.2 * size < baseline - word.baseline and word.text.isdigit()
        if raised and gap < 0.3 * size:
            text += word.text.translate(_SUPERSCRIPT)
        elif gap <= FALSE_SPACE * min(before.size, word.size):
            text += word.text
        else:
            text += ("  " if spaced_out and gap > between_words else " ") + word.text
    return clean_line(glue_spaced(text) if spaced_out else text)


def _once(words: list[Word]) -> list[Word]:
    """Leaves out words printed twice on nearly the same place to look bold."""
    kept: list[Word] = []
    for word in words:
        near = 0.15 * word.size
        twin = next((w for w in kept[-3:] if w.text == word.text and abs(w.x0 - word.x0) < near), None)
        if twin is None:
            kept.append(word)
        else:
            twin.bold = word.bold = True
    return kept


def to_line(item: Item, page: int, body: Body, table: int) -> Line:
    """Makes the model's line; its offset is set when the document is put together.

    Args:
        item: A printed line or a table row.
        page: Page, counted from 1.
        body: What the document's text looks like, to tell what is centred.
        table: Ordinal of the table for rows.
    """
    if isinstance(item, TableRow):
        text = " | ".join(cell for cell in item.cells if cell)
        return Line(text, 0, page, item.box, kind="row", cells=item.cells, table=table)
    words = [word for piece in item.pieces for word in piece.words]
    text = line_text(item.pieces)
    size = max(word.size for word in words)
    box = Box(
        round(min(word.x0 for word in words), 1),
        round(item.baseline - _ASCENT * size, 1),
        round(max(word.x1 for word in words), 1),
        round(item.baseline + _DESCENT * size, 1),
    )
    left, right = (item.left, item.right) if item.column else (body.left, body.right)
    before, behind = box.x0 - left, right - box.x1
    usual = not item.column and round(box.x0) in body.indents
    centered = not usual and before > size and abs(before - behind) < 0.03 * (right - left) + 3
    bold = all(word.bold for word in words if any(map(str.isalnum, word.text)))
    return Line(text, 0, page, box, bold=bold, centered=centered, size=size)
