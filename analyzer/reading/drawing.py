"""A page of a PDF or of a scan → pixels that stand as the page was read, for people to look at.

Who draws is the worker: only plain pixels cross to the page, which frames and packs them itself.
"""

from __future__ import annotations

import math
import struct
from contextlib import closing
from dataclasses import dataclass

import pypdfium2

from analyzer.errors import ReadingError
from analyzer.reading.images import page_image
from analyzer.reading.kinds import kind_of
from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.pdf import PDFIUM_LOCK
from analyzer.reading.pdf_render import largest_picture

_HEAD = struct.Struct(">IId")
_COLOURS = 3
_MOST_PIXELS = 6_000_000  # a very long page is drawn smaller instead of filling the memory


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as pixels.

    Attributes:
        width: Pixels in a row.
        height: Rows.
        scale: Pixels per point: boxes of ``Line`` times this are places on the picture.
        rgb: Rows of red, green and blue bytes.
    """

    width: int
    height: int
    scale: float
    rgb: bytes

    def dump(self) -> bytes:
        """The picture as one piece of bytes."""
        return _HEAD.pack(self.width, self.height, self.scale) + self.rgb

    @classmethod
    def load(cls, payload: bytes) -> Drawn:
        """The picture in such a piece; ValueError when it is none."""
        if len(payload) < _HEAD.size:
            raise ValueError("no picture")
        width, height, scale = _HEAD.unpack_from(payload)
        rgb = payload[_HEAD.size :]
        if (
            not 0 < width * height <= _MOST_PIXELS * 2
            or len(rgb) != width * height * _COLOURS
            or not scale > 0
        ):
            raise ValueError("no picture")
        return cls(width, height, scale, rgb)


def draw_page(data: bytes, page: int, turn: int, width: int, limits: Limits = LIMITS) -> Drawn:
    """Draws a page.

    Args:
        data: The file.
        page: The page, from 1.
        turn: Degrees clockwise from how the file shows the page to how it was read (``Document.turn``).
        width: Width of the picture in pixels, unless that would be too many.
        limits: Sides and pixels of what is drawn.

    Raises:
        ReadingError: ``no_picture``: there is no such page, or it cannot be drawn within the limits.
    """
    try:
        if kind_of(data) == "image":
            return _scan(data, page, turn, width, limits)
        return _sheet(data, page, turn, width, limits)
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise _refused() from error


def _sheet(data: bytes, number: int, turn: int, width: int, limits: Limits) -> Drawn:
    with PDFIUM_LOCK, closing(pypdfium2.PdfDocument(data)) as pdf, closing(pdf[number - 1]) as page:
        across, down = page.get_size()
        if max(across, down) > limits.pdf_page_side or largest_picture(page) > limits.pdf_picture_pixels:
            raise _refused()
        scale = _fitting(down, across, width) if turn % 180 else _fitting(across, down, width)
        with closing(page.render(scale=scale, rotation=turn, rev_byteorder=True)) as bitmap:
            picture = bitmap.to_pil().convert("RGB")
    return Drawn(picture.width, picture.height, scale, picture.tobytes())


def _scan(data: bytes, number: int, turn: int, width: int, limits: Limits) -> Drawn:
    picture, points = page_image(data, number, limits)
    picture = picture.rotate(-turn, expand=True)  # Pillow turns counter-clockwise; quarters without a loss
    share = min(1.0, _fitting(*picture.size, width))
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return Drawn(*size, share / points, picture.resize(size, reducing_gap=2.0).tobytes())


def _fitting(across: float, down: float, width: int) -> float:
    return min(width / across, math.sqrt(_MOST_PIXELS / (across * down)))


def _refused() -> ReadingError:
    return ReadingError(
        "no_picture", "страницу не удалось показать картинкой", "откройте файл в своей программе"
    )
