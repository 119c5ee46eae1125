"""A page of a PDF as a picture, with frames around the evidence."""

from __future__ import annotations

import io
from contextlib import closing

import pypdfium2
import streamlit as st
from PIL import Image, ImageDraw

from analyzer.model import Box
from analyzer.reading.pdf import PDFIUM_LOCK

_WIDTH = 1100  # pixels: sharp in a column of half a screen
_MOST_PIXELS = 6_000_000  # a very long page is drawn smaller instead of filling the memory
_FRAME = (194, 65, 12)
_TINT = (251, 191, 36, 56)


@st.cache_data(max_entries=80, ttl="1h", scope="session", show_spinner=False)
def page_picture(
    sha256: str, page: int, boxes: tuple[tuple[float, float, float, float], ...], _data: bytes
) -> bytes | None:
    """The page as PNG; None when PDFium cannot draw it.

    Args:
        sha256: Digest of the file: the key of the cache.
        page: Number of the page, from 1.
        boxes: Frames in points from the top left corner.
        _data: The file.
    """
    with PDFIUM_LOCK:
        try:
            with closing(pypdfium2.PdfDocument(_data)) as pdf, closing(pdf[page - 1]) as sheet:
                width, height = sheet.get_size()
                scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
                picture = sheet.render(scale=scale).to_pil().convert("RGBA")
        except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError):
            return None
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    brush = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in boxes:
        brush.rounded_rectangle((x0 * scale, y0 * scale, x1 * scale, y1 * scale), 4, _TINT, (*_FRAME, 255), 3)
    result = io.BytesIO()
    Image.alpha_composite(picture, layer).convert("RGB").save(result, "PNG")
    return result.getvalue()


def corners(boxes: tuple[Box, ...]) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes as plain numbers, fit for a key of a cache."""
    return tuple((box.x0, box.y0, box.x1, box.y1) for box in boxes)
