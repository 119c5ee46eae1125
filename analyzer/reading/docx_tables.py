"""Tables as grids: merged cells once, and whether a table holds data or only arranges paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.reading.docx_inline import ALTERNATE, THROUGH
from analyzer.reading.docx_package import WORD, Element
from analyzer.reading.docx_styles import Styles, inner_borders, integer, toggle, value, visible

_MAX_SPAN = 63  # columns that Word allows; a larger number would only blow up the row
_CLAUSE_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6})[.)]?|[а-яё][.)]")
# Words that head an approval block, in full or cut to their stem.
_STAMP = re.compile(r"\b(?:утвержд|принят|согласован|рассмотрен)", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
    """A cell in its place.

    Attributes:
        node: The ``w:tc``.
        column: Grid column where it begins, from 0.
        span: Columns that it covers.
        text: Its text in one line, filled by the reader.
    """

    node: Element
    column: int
    span: int
    text: str = ""


@dataclass(slots=True)
class Grid:
    """Rows of cells; what a merged cell covers is left out.

    Attributes:
        rows: Cells row by row.
        width: Number of grid columns.
        bordered: Lines are drawn between the cells.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    width: int = 0
    bordered: bool = False


def read_grid(table: Element, styles: Styles) -> Grid:
    """Reads the frame of a ``w:tbl``; rows that are hidden or deleted by a tracked change are left out."""
    grid = Grid()
    for row in _parts(table, "tr"):
        properties = row.find(WORD + "trPr")
        if properties is not None:
            if properties.find(WORD + "del") is not None or toggle(properties, "hidden"):
                continue
            column = _span(value(properties.find(WORD + "gridBefore")), 0)
        else:
            column = 0
        cells = []
        for node in _parts(row, "tc"):
            own = node.find(WORD + "tcPr")
            span = _span(value(own.find(WORD + "gridSpan")), 1) if own is not None else 1
            if not _swallowed(own):
                cells.append(Cell(node, column, span))
            column += span
        grid.rows.append(cells)
        grid.width = max(grid.width, column)
    grid.bordered = _bordered(table, grid, styles)
    return grid


def is_layout(grid: Grid, early: bool) -> bool:
    """Tells a table that only arranges paragraphs from one that holds data.

    Args:
        grid: The table, texts of the cells filled in.
        early: No clause has been met yet, so that an approval block is to be expected.

    Returns:
        True for a frame round text, a block without lines, the approval block at the beginning. A table whose
        rows begin with numbers of clauses is never one: taken apart, texts would lose their numbers.
    """
    filled = [row for row in grid.rows if any(cell.text for cell in row)]
    columns = len({cell.column for row in filled for cell in row if cell.text})
    if columns <= 1:
        return True
    numbered = sum(bool(row) and bool(_CLAUSE_NUMBER.fullmatch(row[0].text)) for row in filled)
    if numbered and 2 * numbered >= len(filled) - 1:
        return False
    if early and any(_STAMP.match(cell.text) for row in filled[:2] for cell in row):
        return True
    if len(filled) == 1:
        return early or columns <= 2 or not grid.bordered
    return not grid.bordered and (early or columns <= 2 or len(filled) <= 2)


def by_columns(grid: Grid) -> Iterator[Cell]:
    """Cells of a layout table in reading order: column by column, anew behind a cell as wide as the table."""
    band: list[Cell] = []
    for row in grid.rows:
        if len(row) == 1 and row[0].span >= grid.width > 1:
            yield from _columns(band)
            yield row[0]
            band = []
        else:
            band += row
    yield from _columns(band)


def row_cells(row: list[Cell], width: int) -> tuple[str, ...]:
    """Texts of a row, one a grid column: a merged cell once, empty strings where it goes on.

    Args:
        row: Cells of the row.
        width: Columns of the grid.
    """
    texts = [""] * min(width, _MAX_SPAN)
    for cell in row:
        if cell.column < len(texts):
            texts[cell.column] = cell.text
        else:
            texts.append(cell.text)
    return tuple(texts)


def _columns(cells: list[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda cell: cell.column)  # stable: rows keep their order inside a column


def _parts(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, content controls and other wrappers opened."""
    for node in parent:
        if node.tag == WORD + name:
            yield node
        elif node.tag in THROUGH:
            yield from _parts(node, name)
        elif node.tag == ALTERNATE and len(node):
            yield from _parts(node[0], name)


def _span(text: str | None, default: int) -> int:
    return min(max(integer(text, default), default), _MAX_SPAN)


def _swallowed(properties: Element | None) -> bool:
    """Cells covered by a merge, or deleted by a tracked change."""
    if properties is None:
        return False
    for name in ("vMerge", "hMerge"):
        merge = properties.find(WORD + name)
        if merge is not None and value(merge) in (None, "continue"):
            return True
    return properties.find(WORD + "cellDel") is not None


def _bordered(table: Element, grid: Grid, styles: Styles) -> bool:
    """Most cells have lines, their own or the table's."""
    properties = table.find(WORD + "tblPr")
    whole = inner_borders(properties)
    if whole is None:
        style_id = value(properties.find(WORD + "tblStyle")) if properties is not None else None
        whole = styles.look(style_id, "table").bordered
    own = [_cell_lines(cell.node) for row in grid.rows for cell in row]
    lined = sum(whole if lines is None else lines for lines in own)
    return 2 * lined >= len(own) > 0


def _cell_lines(cell: Element) -> bool | None:
    """Whether a cell draws lines; None where it leaves them to the table. A single one is a place to sign."""
    borders = cell.find(f"{WORD}tcPr/{WORD}tcBorders")
    if borders is None or not len(borders):
        return None
    drawn = {side.tag[len(WORD) :]: visible(side) for side in borders}
    upright = any(drawn.get(side) for side in ("left", "start", "right", "end"))
    if upright or (drawn.get("top") and drawn.get("bottom")):
        return True
    return None if any(drawn.values()) or len(drawn) < 4 else False
