"""Words of a page into printed lines in reading order: rows, and columns where there are some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.reading.pdf_chars import Word

WIDE_GAP = 1.3  # in sizes: a wider space splits a row into pieces
_LEAST_GUTTER = 8.0
_MOST_BANDS = 400  # no page of text has more lines: columns are not looked for
_MARKER = re.compile(r"(?:\d{1,2}(?:\.\d{1,3})*[.)]?|[а-яa-z][.)]|[-–—•*▪●]|[IVX]+\.?|№)$", re.IGNORECASE)
_NUMBER = re.compile(r"[\d\s.,…_–—-]+$")
_CLAUSE = re.compile(r"(?:\d{1,2}|[IVX]{1,4})\.")
_APPROVAL = re.compile(r"принят|согласован|утвержд|рассмотрен|введен", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """Words of one row without a wide space between them."""

    words: list[Word]
    x0: float
    x1: float
    baseline: float
    size: float

    @property
    def text(self) -> str:
        """Words joined with spaces, to look at."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line: pieces from left to right, and the column that holds them."""

    pieces: tuple[Piece, ...]
    left: float
    right: float
    column: bool = False

    @property
    def baseline(self) -> float:
        """Baseline of its largest type."""
        return max(self.pieces, key=lambda piece: piece.size).baseline


Row = list[Piece]
Band = list[Row]
Gap = tuple[float, float]


def arrange(words: Sequence[Word], first_page: bool, height: float) -> list[Printed]:
    """Puts the words of a page, or of a part of it, into reading order.

    Args:
        words: Words in the order of the page's content.
        first_page: Approval blocks stand there: columns near the top are taken for such.
        height: Height of the page.

    Returns:
        Printed lines: top to bottom, columns one after another.
    """
    if not words:
        return []
    rows = _rows(_pieces(words))
    left = min(piece.x0 for row in rows for piece in row)
    right = max(piece.x1 for row in rows for piece in row)
    if all(len(row) == 1 for row in rows) and not _staggered(rows):
        return [Printed(tuple(row), left, right) for row in rows]
    lines: list[Printed] = []
    bands = _bands(rows)
    if len(bands) > _MOST_BANDS:
        return [Printed(tuple(row), left, right) for row in rows]
    at = floor = 0
    while at < len(bands):
        zone = _zone(bands, at, floor, first_page, height, (left, right))
        if zone is None:
            lines += [Printed(tuple(row), left, right) for row in bands[at]]
            at += 1
            continue
        start, end, gutters = zone
        for _ in range(at - start):  # rows above that belong to a column were given out already
            del lines[-len(bands[at - 1]) :]
            at -= 1
        lines += _columns(bands[start:end], gutters, (left, right))
        at = floor = end
    return lines


def _pieces(words: Sequence[Word]) -> list[Piece]:
    pieces: list[Piece] = []
    for word in words:
        if pieces:
            last = pieces[-1]
            size = max(last.size, word.size)
            gap = word.x0 - last.x1
            if -0.5 * size <= gap <= WIDE_GAP * size and abs(word.baseline - last.baseline) <= 0.2 * size:
                last.words.append(word)
                last.x1 = max(last.x1, word.x1)
                last.size = size
                continue
        pieces.append(Piece([word], word.x0, word.x1, word.baseline, word.size))
    return pieces


def _rows(pieces: list[Piece]) -> list[Row]:
    """Pieces that stand on one baseline, left to right; raised small type joins its row."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if rows and abs(piece.baseline - rows[-1][0].baseline) <= 0.3 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    merged: list[Row] = []
    for row in rows:
        if merged and _raised(merged[-1], row):
            row = row + merged.pop()
        merged.append(row)
    for row in merged:
        row.sort(key=lambda piece: piece.x0)
    return merged


def _raised(small: Row, row: Row) -> bool:
    """Is ``small`` nothing but superscripts of ``row``."""
    size = max(piece.size for piece in row)
    return all(
        piece.size < 0.8 * size
        and 0 < row[0].baseline - piece.baseline < 0.6 * size
        and len(piece.text) <= 4
        and any(-size < piece.x0 - other.x1 < size for other in row)
        for piece in small
    )


def _staggered(rows: list[Row]) -> bool:
    return any(_overlap(above, below) for above, below in pairwise(rows))


def _overlap(above: Row, below: Row) -> bool:
    distance = below[0].baseline - above[0].baseline
    return distance < 0.7 * min(above[0].size, below[0].size)


def _bands(rows: list[Row]) -> list[Band]:
    """Rows that overlap in height: columns whose baselines do not agree."""
    bands: list[Band] = []
    for row in rows:
        if bands and _overlap(bands[-1][-1], row):
            bands[-1].append(row)
        else:
            bands.append([row])
    return bands


def _flat(band: Band) -> Row:
    return sorted((piece for row in band for piece in row), key=lambda piece: piece.x0)


def _gutters(pieces: Row) -> list[Gap]:
    """Wide spaces that no piece of a band stands in."""
    found = []
    reach = pieces[0].x1
    for piece in pieces[1:]:
        if piece.x0 - reach >= 0.9 * WIDE_GAP * piece.size:
            found.append((reach, piece.x0))
        reach = max(reach, piece.x1)
    return found


def _narrow(gutter: Gap, pieces: Row) -> Gap | None:
    """What a row leaves of a gutter, None when it stands in it."""
    start, end = gutter
    for piece in pieces:
        if piece.x1 <= start or piece.x0 >= end:
            continue
        # The piece reaches into the gutter: keep the wider side of it.
        start, end = max(((start, piece.x0), (piece.x1, end)), key=lambda side: side[1] - side[0])
    return (start, end) if end - start >= _LEAST_GUTTER else None


def _sides(gutter: Gap, pieces: Row) -> tuple[bool, bool]:
    return any(p.x1 <= gutter[0] + 1 for p in pieces), any(p.x0 >= gutter[1] - 1 for p in pieces)


def _zone(
    bands: list[Band], at: int, floor: int, first_page: bool, height: float, span: Gap
) -> tuple[int, int, list[Gap]] | None:
    """Columns that begin at a band: first band, the band behind the last, gutters; None without columns."""
    gutters = _gutters(_flat(bands[at]))
    best: tuple[int, list[Gap]] | None = None
    for first in gutters:
        end, gutter = _follow(bands, at, first)
        end = _trim(bands, at, end, gutter, span)
        if best is None or end > best[0]:
            best = (end, [gutter])
        elif end == best[0]:
            best[1].append(gutter)
    if best is None or not _is_columns(bands[at : best[0]], best[1], first_page, height, span):
        return None
    start = at
    while start > floor and _belongs_above(bands, start, best[1], span):
        start -= 1
    return start, best[0], best[1]


def _follow(bands: list[Band], at: int, gutter: Gap) -> tuple[int, Gap]:
    end = at + 1
    while end < len(bands):
        pieces = _flat(bands[end])
        narrowed = _narrow(gutter, pieces)
        above, below = bands[end - 1][-1][0], bands[end][0][0]
        if narrowed is None or below.baseline - above.baseline > 6 * max(above.size, below.size):
            break
        gutter = narrowed
        end += 1
    return end, gutter


def _trim(bands: list[Band], at: int, end: int, gutter: Gap, span: Gap) -> int:
    """Takes rows off the end that stand on one side only and do not continue their column."""
    last = max(i for i in range(at, end) if i == at or all(_sides(gutter, _flat(bands[i]))))
    for i in range(last + 1, end):
        above, here = bands[i - 1][-1][0], bands[i][0][0]
        far = here.baseline - above.baseline > 1.7 * max(above.size, here.size)
        if far or _CLAUSE.match(here.text) or _is_central(bands[i], span):
            return i
    return end


def _is_central(band: Band, span: Gap) -> bool:
    pieces = _flat(band)
    middle = (pieces[0].x0 + pieces[-1].x1) / 2
    return abs(middle - sum(span) / 2) < 0.06 * (span[1] - span[0])


def _belongs_above(bands: list[Band], start: int, gutters: list[Gap], span: Gap) -> bool:
    here, above = bands[start][0][0], bands[start - 1][-1][0]
    pieces = _flat(bands[start - 1])
    far = here.baseline - above.baseline > 1.7 * max(here.size, above.size)
    if far or _is_central(bands[start - 1], span):
        return False
    return all(_narrow(gutter, pieces) == gutter for gutter in gutters)


def _is_columns(zone: list[Band], gutters: list[Gap], first_page: bool, height: float, span: Gap) -> bool:
    """Tells columns of text from tabs, tables of contents and lists of names."""
    rows = [_flat(band) for band in zone]
    for gutter in gutters:
        both = [row for row in rows if all(_sides(gutter, row))]
        left = [p.text for row in rows for p in row if p.x1 <= gutter[0] + 1]
        right = [p.text for row in rows for p in row if p.x0 >= gutter[1] - 1]
        if sum(map(bool, map(_MARKER.match, left))) * 2 >= len(left):
            return False
        if sum(map(bool, map(_NUMBER.match, right))) * 2 >= len(right):
            return False
        size = rows[0][0].size
        if len(both) < 2 and len(zone) + len(zone[0]) < 3:
            return False
        narrow = gutter[1] - gutter[0] < 2 * size
        if len(both) == 2 and narrow and not _APPROVAL.search(" ".join(left + right)):
            return False
    if any(_APPROVAL.search(piece.text) for row in rows for piece in row):
        return True
    if first_page and rows[0][0].baseline < 0.45 * height:
        return True
    return len(zone) >= 5 and _is_prose(rows, gutters, span)


def _is_prose(rows: list[Row], gutters: list[Gap], span: Gap) -> bool:
    """Lines that fill their columns."""
    edges = [span[0], *(edge for gutter in gutters for edge in gutter), span[1]]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        inside = [[p for p in row if p.x0 >= left - 1 and p.x1 <= right + 1] for row in rows]
        widths = [max(p.x1 for p in row) - min(p.x0 for p in row) for row in inside if row]
        if len(widths) * 2 < len(rows) or sum(widths) < 0.7 * (right - left) * len(widths):
            return False
    return True


def _columns(zone: list[Band], gutters: list[Gap], span: Gap) -> list[Printed]:
    edges = [span[0] - 1, *(edge for gutter in sorted(gutters) for edge in gutter), span[1] + 1]
    lines = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        for band in zone:
            for row in band:
                inside = tuple(piece for piece in row if left - 1 <= (piece.x0 + piece.x1) / 2 <= right + 1)
                if inside:
                    lines.append(Printed(inside, left, right, column=True))
    return lines
