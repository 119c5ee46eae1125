"""A page of a PDF or a scan as a picture, with frames around the evidence."""

from __future__ import annotations

import io

import streamlit as st
from PIL import Image, ImageDraw

from analyzer.errors import ReadingError
from analyzer.model import Box
from analyzer.reading.sandbox import draw_isolated

_WIDTH = 1100  # pixels: sharp in a column of half a screen
_FRAME = (194, 65, 12)
_TINT = (251, 191, 36, 56)


@st.cache_data(max_entries=80, ttl="1h", scope="session", show_spinner=False)
def page_picture(
    sha256: str, page: int, turn: int, boxes: tuple[tuple[float, float, float, float], ...], _data: bytes
) -> bytes | None:
    """The page as PNG; None when it cannot be drawn.

    Args:
        sha256: Digest of the file: the key of the cache.
        page: Number of the page, from 1.
        turn: Degrees clockwise that set it upright.
        boxes: Frames in points from the top left corner.
        _data: The file.
    """
    try:
        drawn = draw_isolated(_data, page, turn=turn, width=_WIDTH)
    except ReadingError:
        return None
    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb)
    brush = ImageDraw.Draw(picture, "RGBA")
    for box in boxes:
        x0, y0, x1, y1 = (value * drawn.scale for value in box)
        brush.rounded_rectangle((x0, y0, x1, y1), 4, _TINT, (*_FRAME, 255), 3)
    result = io.BytesIO()
    # The browser is on this computer or next to it: time to pack matters more than size.
    picture.save(result, "PNG", compress_level=1)
    return result.getvalue()


def corners(boxes: tuple[Box, ...]) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes as plain numbers, fit for a key of a cache."""
    return tuple((box.x0, box.y0, box.x1, box.y1) for box in boxes)
