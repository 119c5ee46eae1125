"""Characters of a PDF page into words: PDFium's raw calls in bulk, geometry with numpy.

Coordinates are turned so that the page's main text stands upright, origin at the top left corner, points.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c

from analyzer.reading.normalize import clean

Floats = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

_SPACES = (0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x202F)
_BREAKS = (0x0A, 0x0D)
# PDFium writes 2 (FFFE in older builds) for a hyphen at the end of a line.
_LINE_END_HYPHENS = (0x02, 0xFFFE)
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|полужирн", re.IGNORECASE)
_FILL_AND_STROKE = 2
_TURN_SAMPLES = 40
_LETTER_GAP = 0.16  # of the height: wider is a space
FALSE_SPACE = 0.03  # a space character narrower than this is none


@dataclass(slots=True)
class Word:
    """Characters without a space between them, on one baseline, in one piece of the page's content.

    Attributes:
        text: Cleaned characters.
        x0: Left edge.
        x1: Right edge.
        baseline: Where the letters stand, from the top.
        size: Size of the type in points.
        bold: Drawn in a bold font, or with an outline that fakes one.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page in the order of its content.

    Attributes:
        words: Upright words.
        turned: Text that stands at another angle than the page's main text, line by line.
        width: Width of the page as read.
        height: Its height.
        turn: Quarter turns in degrees that make the main text upright.
        box: Visible box of the page in PDF coordinates: left, bottom, right, top.
        characters: Number of visible characters, turned ones too.
    """

    words: tuple[Word, ...]
    turned: tuple[str, ...]
    width: float
    height: float
    turn: int
    box: tuple[float, float, float, float]
    characters: int


def turn_boxes(boxes: Floats, box: tuple[float, float, float, float], turn: int) -> Floats:
    """Turns rectangles from PDF's (left, bottom, right, top) to reading coordinates (x0, y0, x1, y1).

    Args:
        boxes: One rectangle a row.
        box: The page's own, in PDF's coordinates.
        turn: Degrees clockwise from how the page lies to how it is read.
    """
    left, bottom, right, top = box
    x0, y0, x1, y1 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    if turn == 90:
        return np.stack([y0 - bottom, x0 - left, y1 - bottom, x1 - left], axis=1)
    if turn == 180:
        return np.stack([right - x1, y0 - bottom, right - x0, y1 - bottom], axis=1)
    if turn == 270:
        return np.stack([top - y1, right - x1, top - y0, right - x0], axis=1)
    return np.stack([x0 - left, top - y1, x1 - left, top - y0], axis=1)


def read_page_text(page: Any, text_page: Any) -> PageText:
    """Reads the characters of one page.

    Args:
        page: A ``pypdfium2.PdfPage``.
        text_page: Its ``PdfTextPage``.

    Returns:
        Words with places, and what stands at another angle.
    """
    raw = text_page.raw
    count = text_page.count_chars()
    box = page.get_bbox()
    if not count:
        return PageText((), (), box[2] - box[0], box[3] - box[1], 0, box, 0)
    # map over C functions: two calls a character are most of what a page costs.
    codes = np.fromiter(map(pdfium_c.FPDFText_GetUnicode, repeat(raw), range(count)), np.int64, count)
    places = (pdfium_c.FS_RECTF * count)()
    deque(map(pdfium_c.FPDFText_GetLooseCharBox, repeat(raw), range(count), places), maxlen=0)
    # FS_RECTF is left, top, right, bottom.
    rects = np.frombuffer(places, dtype=np.float32).reshape(-1, 4).astype(np.float64)[:, [0, 3, 2, 1]]
    turns, main = _turns(raw, codes)
    upright = turns == main
    turned = () if upright.all() else _turned_lines(codes, upright)
    placed = turn_boxes(rects, box, main)
    width, height = (box[2] - box[0], box[3] - box[1])
    if main in (90, 270):
        width, height = height, width
    middle_x, middle_y = (placed[:, 0] + placed[:, 2]) / 2, (placed[:, 1] + placed[:, 3]) / 2
    visible = (middle_x > -2) & (middle_x < width + 2) & (middle_y > -2) & (middle_y < height + 2)
    keep = np.flatnonzero(upright & visible)
    words = _Words(raw, codes, placed, keep, main, box).build()
    printed = int((visible & ~np.isin(codes, (*_SPACES, *_BREAKS))).sum())
    return PageText(tuple(words), turned, width, height, main, box, printed)


def _turns(raw: Any, codes: Codes) -> tuple[Codes, int]:
    """The angle of every character in degrees, a space takes its neighbour's; and the main quarter turn."""
    count = len(codes)
    step = max(1, count // _TURN_SAMPLES)
    letters = [i for i in range(0, count, step) if codes[i] not in _SPACES and codes[i] not in _BREAKS]
    sample = {_angle(raw, i) for i in letters}
    if len(sample) <= 1:
        angle = next(iter(sample), 0)
        if angle % 90 == 0:
            return np.full(count, angle, dtype=np.int64), angle
    angles = np.array([_angle(raw, i) for i in range(count)])
    blank = np.isin(codes, (*_SPACES, *_BREAKS))
    for i in np.flatnonzero(blank):
        angles[i] = angles[i - 1] if i else angles[min(1, count - 1)]
    # A scan's text layer leans by a degree or two: that is upright still.
    leaning = np.abs((angles + 45) % 90 - 45) <= 3
    angles = np.where(leaning, np.round(angles / 90) * 90 % 360, angles).astype(np.int64)
    quarters = [int(((angles == turn) & ~blank).sum()) for turn in (0, 90, 180, 270)]
    return angles, (0, 90, 180, 270)[int(np.argmax(quarters))]


def _angle(raw: Any, index: int) -> int:
    """Degrees counter-clockwise; PDFium counts clockwise."""
    return round(-math.degrees(pdfium_c.FPDFText_GetCharAngle(raw, index))) % 360


def _turned_lines(codes: Codes, upright: Any) -> tuple[str, ...]:
    """What is not upright, in the order of content, cut where PDFium or the upright text cuts it."""
    pairs = zip(codes.tolist(), upright.tolist(), strict=True)
    text = "".join("\n" if up else chr(code) for code, up in pairs)
    lines = (" ".join(clean(line).split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


@dataclass(slots=True)
class _Words:
    """Cuts the characters of a page into words."""

    raw: Any
    codes: Codes
    places: Floats
    keep: Codes
    turn: int
    box: tuple[float, float, float, float]
    bold_fonts: dict[int, bool] = field(default_factory=dict)

    def build(self) -> list[Word]:
        codes = self.codes[self.keep]
        letters = np.flatnonzero(~np.isin(codes, (*_SPACES, *_BREAKS)))
        if not len(letters):
            return []
        printed = codes[letters]
        places = self.places[self.keep][letters]
        breaks, spaces = _before(codes, letters, _BREAKS), _before(codes, letters, _SPACES)
        sizes = self._sizes(self.keep[letters], breaks)
        least = np.minimum(sizes[1:], sizes[:-1])
        gap = places[1:, 0] - places[:-1, 2]
        new_line = breaks | (np.abs(places[1:, 3] - places[:-1, 3]) > 0.9 * least) | (gap < -0.6 * least)
        usual = _spread(gap / least, new_line)
        cut = (
            new_line
            | (spaces & (gap > FALSE_SPACE * least))
            | (gap > (usual + _LETTER_GAP) * least)
            | (np.abs(np.diff(sizes)) > 0.1 * least)
        )
        starts = np.flatnonzero(np.concatenate([[True], cut]))
        ends = np.append(starts[1:], len(letters))
        left = np.minimum.reduceat(places[:, 0], starts)
        right = np.maximum.reduceat(places[:, 2], starts)
        chars = list(map(chr, printed.tolist()))
        found = []
        for start, end, x0, x1 in zip(
            *(array.tolist() for array in (starts, ends, left, right)), strict=True
        ):
            text = _regular("".join(chars[start:end]))
            if text:
                index = int(self.keep[letters[start]])
                size = round(float(sizes[start]), 1)
                found.append(Word(text, x0, x1, self._baseline(index), size, self._is_bold(index)))
        return found

    def _sizes(self, indices: Codes, breaks: Any) -> Floats:
        """Sizes of letters on paper; the scale of the text's matrix is looked up once a line."""
        sizes = map(pdfium_c.FPDFText_GetFontSize, repeat(self.raw), indices.tolist())
        nominal = np.fromiter(sizes, np.float64, len(indices))
        starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
        matrix = pdfium_c.FS_MATRIX()
        scales = []
        for start in starts.tolist():
            pdfium_c.FPDFText_GetMatrix(self.raw, int(indices[start]), matrix)
            scales.append(math.hypot(matrix.c, matrix.d) or 1.0)
        scale = np.repeat(scales, np.diff(np.append(starts, len(indices))))
        sized: Floats = np.maximum(nominal * scale, 0.5)
        return sized

    def _baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.raw, index, x, y)
        left, bottom, right, top = self.box
        return {0: top - y.value, 90: x.value - left, 180: y.value - bottom, 270: right - x.value}[self.turn]

    def _is_bold(self, index: int) -> bool:
        """Bold by the font's name, by its weight, or faked by an outline."""
        drawn = pdfium_c.FPDFText_GetTextObject(self.raw, index)
        if not drawn:
            return False
        if pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) == _FILL_AND_STROKE:
            return True
        font = pdfium_c.FPDFTextObj_GetFont(drawn)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self.bold_fonts:
            name = ctypes.create_string_buffer(128)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 128)
            named = _BOLD_NAME.search(name.value.decode("utf-8", "replace"))
            self.bold_fonts[key] = bool(named) or pdfium_c.FPDFFont_GetWeight(font) >= 700
        return self.bold_fonts[key]


def _before(codes: Codes, letters: Codes, kinds: tuple[int, ...]) -> Any:
    """For each letter but the first: is a character of these kinds between it and the letter before it."""
    seen = np.concatenate([[0], np.cumsum(np.isin(codes, kinds))])
    return np.diff(seen[letters]) > 0


def _regular(text: str) -> str:
    for code in _LINE_END_HYPHENS:
        text = text.replace(chr(code), "-")
    return clean(text)


def _spread(gaps: Floats, new_line: Any) -> Floats:
    """For each gap the usual one of its line when letters there are set apart by spacing, else 0."""
    usual = np.zeros(len(gaps))
    edges = np.concatenate([[0], np.flatnonzero(new_line) + 1, [len(gaps) + 1]])
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        inside = gaps[start : end - 1]
        if len(inside) >= 4:
            middle = float(np.median(inside))
            if middle > 0.06:
                usual[start : end - 1] = middle
    return usual
