"""Tables of HTML: data, or the layout of a page?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

Element = Any  # lxml ships no types

_CELLS = ("td", "th")
_LONGEST_CELL = 1_500
_MOST_PARAGRAPHS = 4
_APPROVAL = re.compile(r"\s*\W*(?:принят|согласован|утвержд|рассмотрен)", re.IGNORECASE)


def rows_of(table: Element) -> list[list[Element]]:
    """Cells of a table row by row; those of tables inside it are left to them."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    return [[cell for cell in row if cell.tag in _CELLS] for row in rows]


def is_data(rows: Sequence[Sequence[Element]]) -> bool:
    """True for rows and columns of facts; False for approvals side by side, frames and whole pages."""
    cells = [cell for row in rows for cell in row]
    if max(map(len, rows), default=0) < 2:
        return False
    if len(rows) <= 4 and any(_APPROVAL.match("".join(cell.itertext())) for cell in cells):
        return False
    return not any(
        next(cell.iter("table", "h1", "h2", "h3", "ol"), None) is not None
        or sum(1 for _ in cell.iter("p", "li")) > _MOST_PARAGRAPHS
        or sum(map(len, cell.itertext())) > _LONGEST_CELL
        for cell in cells
    )


def stories(rows: Sequence[Sequence[Element]]) -> list[Element]:
    """Cells of a layout in reading order: column by column where the columns are plain."""
    if len({len(row) for row in rows}) == 1:
        return list(chain.from_iterable(zip(*rows, strict=True)))
    return list(chain.from_iterable(rows))
