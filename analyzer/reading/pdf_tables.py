"""Ruled tables of a PDF page: rules from PDFium's paths, cells by pdfplumber's table algorithm."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from analyzer.reading.pdf_chars import PageText, turn_boxes

Edge = tuple[float, float, float, float]
Cell = tuple[float, float, float, float]

_MOST_OBJECTS = 30_000
_MOST_EDGES = 3_000
_MOST_CROSSINGS = 4_000
_THIN = 2.5  # a filled rectangle this thin is a rule
_SHORTEST = 6.0
_SNAP = 3.0
_DEEPEST_FORM = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table.

    Attributes:
        box: Its outline.
        rows: Cells of each row, left to right; None where a cell of a row above or to the left reaches over.
    """

    box: Cell
    rows: tuple[tuple[Cell | None, ...], ...]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.rows[0])

    @property
    def key(self) -> tuple[int, ...]:
        """Where the columns begin: a table that goes on behind a page break has the same."""
        return tuple(sorted({round(cell[0] / 4) for row in self.rows for cell in row if cell}))


def find_rules(page: Any, text: PageText) -> list[Edge]:
    """Horizontal and vertical rules of a page in reading coordinates."""
    if pdfium_c.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return []
    found = list(_page_edges(page.raw))
    if not found:
        return []
    boxes = turn_boxes(np.array(found, dtype=np.float64), text.box, text.turn)
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in boxes.tolist()]


def find_grids(rules: Sequence[Edge]) -> list[Grid]:
    """Tables that the rules make, top to bottom; frames of a single cell are none.

    Args:
        rules: Horizontal and vertical rules.

    Returns:
        Tables of two cells and more.
    """
    if len(rules) > _MOST_EDGES:
        return []
    upright = [rule for rule in rules if rule[3] - rule[1] > rule[2] - rule[0]]
    # A table needs two verticals and two horizontals that are not one thick line.
    if len({round(rule[0] / _SNAP) for rule in upright}) < 2 or len(rules) - len(upright) < 2:
        return []
    from pdfplumber import table  # imports pdfminer: only pages with rules pay for it

    edges = table.merge_edges([_plumber_edge(rule) for rule in rules], _SNAP, _SNAP, _SNAP, _SNAP)
    edges = [edge for edge in edges if max(edge["width"], edge["height"]) >= _SHORTEST]
    crossings = table.edges_to_intersections(edges, _SNAP, _SNAP)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    cells = table.intersections_to_cells(crossings)
    no_page: Any = None  # rows and columns come from the cells alone
    grids = []
    for group in table.cells_to_tables(cells):
        shaped = table.Table(no_page, group)
        rows = tuple(tuple(row.cells) for row in shaped.rows)
        if len(group) > 1:
            grids.append(Grid(tuple(map(float, shaped.bbox)), rows))  # type: ignore[arg-type]
    return sorted(grids, key=lambda grid: grid.box[1])


def _plumber_edge(rule: Edge) -> dict[str, Any]:
    x0, top, x1, bottom = rule
    upright = bottom - top > x1 - x0
    if upright:
        x0 = x1 = (x0 + x1) / 2
    else:
        top = bottom = (top + bottom) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "v" if upright else "h",
    }


def _page_edges(page: Any) -> Iterator[Edge]:
    for i in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _object_edges(pdfium_c.FPDFPage_GetObject(page, i), (1, 0, 0, 1, 0, 0), 0)


def _object_edges(item: Any, matrix: tuple[float, ...], depth: int) -> Iterator[Edge]:
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        for edge in _path_edges(item):
            yield _applied(matrix, edge)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        own = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFPageObj_GetMatrix(item, own)
        inner = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for i in range(min(pdfium_c.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
            yield from _object_edges(pdfium_c.FPDFFormObj_GetObject(item, i), inner, depth + 1)


def _path_edges(path: Any) -> Iterator[Edge]:
    """Rules of one path: its straight sides when it is stroked, itself when it is a thin filled bar."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    box = (left.value, bottom.value, right.value, top.value)
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        yield box
    elif stroke.value:
        yield from _stroked_sides(path)


def _stroked_sides(path: Any) -> Iterator[Edge]:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(path, matrix)
    own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium_c.FPDFPath_CountSegments(path), _MOST_EDGES)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield from _side(own, last, point)
        last = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield from _side(own, last, start)
            last = start


def _side(matrix: tuple[float, ...], a: tuple[float, float], b: tuple[float, float]) -> Iterator[Edge]:
    edge = _applied(matrix, (*a, *b))
    if min(edge[2] - edge[0], edge[3] - edge[1]) <= 1:
        yield edge


def _applied(matrix: tuple[float, ...], edge: Edge) -> Edge:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = edge
    xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e)
    ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
    return min(xs), min(ys), max(xs), max(ys)


def _product(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    """First ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
