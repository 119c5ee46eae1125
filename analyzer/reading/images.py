"""PNG, JPEG and TIFF → Document: every picture of the file is a page for recognition."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document
from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.ocr import Picture, recognise
from analyzer.reading.pages import PageWords, ReadPage, assemble, recognised_page

_FORMATS = ("PNG", "JPEG", "TIFF")  # of all that Pillow opens: its other parsers have had their holes
_A4_INCHES = 8.27
_LEAST_DPI, _USUAL_DPI = 70, 300
_POINTS = 72
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, UnidentifiedImageError)


def read_image(
    data: bytes,
    name: str,
    sha256: str,
    read: Callable[[Picture], PageWords | None],
    unread_fix: str,
    limits: Limits = LIMITS,
    progress: Callable[[], None] = lambda: None,
) -> Document:
    """Recognises a picture, or all pictures of a TIFF.

    Args:
        data: The file.
        name: Its name, for the Document.
        sha256: Its digest.
        read: Recognises one picture.
        unread_fix: What to do about pages that stay unread.
        limits: Bounds.
        progress: Called after every page.

    Raises:
        ReadingError: ``broken_image``, ``no_text``.
        LimitError: Too many pictures, or one has too many pixels.
    """
    with _opened(data) as image:
        kind = (image.format or "").lower()
        count = getattr(image, "n_frames", 1)
        if count > limits.ocr_pages:
            raise LimitError(
                "limit_pages", f"в файле {count} страниц, предел распознавания — {limits.ocr_pages}",
                "разделите файл на части",
            )  # fmt: skip
        found = recognise(_pictures(image, limits), read, limits, progress)
    pages = [
        recognised_page(number, found[number]) if number in found else ReadPage(number, 0.0, state="picture")
        for number in range(1, count + 1)
    ]
    return assemble(pages, name, sha256, kind, unread_fix, limits)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture; whatever Pillow has against it while it is open becomes the reader's error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large pictures are measured below
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                yield image
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except _DAMAGED as error:
        raise ReadingError(
            "broken_image",
            "картинка повреждена или загружена не полностью",
            "сделайте снимок или скан заново",
        ) from error


def page_image(data: bytes, number: int, limits: Limits = LIMITS) -> tuple[Image.Image, float]:
    """One picture of a file in its colours, and how many points a pixel is: as recognition saw it.

    Args:
        data: The file.
        number: The picture, from 1.
        limits: Bounds.

    Raises:
        ReadingError: ``broken_image``, or there is no such picture.
        LimitError: It has too many pixels.
    """
    with _opened(data) as image:
        image.seek(number - 1)
        return _upright(image, "RGB", limits)


def _pictures(image: Image.Image, limits: Limits) -> Iterator[tuple[int, Picture]]:
    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        grey, points = _upright(frame, "L", limits)
        yield number, Picture(np.asarray(grey), points)


def _upright(frame: Image.Image, mode: str, limits: Limits) -> tuple[Image.Image, float]:
    """The picture as its camera held it, what is transparent is paper; and points per pixel."""
    if frame.width * frame.height > limits.image_pixels:
        raise _too_large(limits)
    image = ImageOps.exif_transpose(frame)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert(mode), _POINTS / _dpi(frame)


def _dpi(image: Image.Image) -> float:
    """The resolution that the file declares; a photo declares none that means anything: a page is A4."""
    declared = float(image.info.get("dpi", (0, 0))[0] or 0)
    if _LEAST_DPI < declared <= 2 * _USUAL_DPI and image.width / declared > _A4_INCHES / 2:
        return declared
    return max(_LEAST_DPI, min(image.width, image.height) / _A4_INCHES)


def _too_large(limits: Limits = LIMITS) -> LimitError:
    return LimitError(
        "limit_pixels",
        f"в картинке больше {limits.image_pixels // 1_000_000} млн точек (предел)",
        "отсканируйте страницу с разрешением 300 точек на дюйм",
    )
