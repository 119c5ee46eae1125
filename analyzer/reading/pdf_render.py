"""Pages of an open PDF drawn as pictures for recognition, within the limits on pixels."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfDocument, PdfPage

from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.ocr import Picture, recognise
from analyzer.reading.pages import PageWords

_POINTS = 72


def recogniser(
    read: Callable[[Picture], PageWords | None],
    progress: Callable[[], None] = lambda: None,
    limits: Limits = LIMITS,
) -> Callable[[PdfDocument, Sequence[int]], dict[int, PageWords]]:
    """What ``read_pdf`` calls for pages without text: they are drawn and recognised side by side.

    Args:
        read: Recognises one picture.
        progress: Called after every page.
        limits: Bounds.
    """
    return lambda pdf, numbers: recognise(drawn(pdf, numbers, limits), read, limits, progress)


def drawn(pdf: PdfDocument, numbers: Sequence[int], limits: Limits = LIMITS) -> Iterator[tuple[int, Picture]]:
    """Draws pages one after another, on demand; a page that cannot be drawn safely is left out.

    Args:
        pdf: The open file; the caller holds PDFium's lock.
        numbers: Pages, counted from 1.
        limits: Resolution and pixels.
    """
    for number in numbers:
        try:
            with closing(pdf[number - 1]) as page:
                picture = _draw(page, limits)
        except pypdfium2.PdfiumError:
            continue
        if picture is not None:
            yield number, picture


def _draw(page: PdfPage, limits: Limits) -> Picture | None:
    width, height = page.get_size()
    if max(width, height) > limits.pdf_page_side or largest_picture(page) > limits.pdf_picture_pixels:
        return None
    # A large page is drawn coarser rather than refused.
    scale = min(limits.ocr_dpi / _POINTS, math.sqrt(limits.image_pixels / max(width * height, 1.0)))
    bitmap = page.render(scale=scale, grayscale=True, rev_byteorder=False)
    with closing(bitmap):
        pixels = bitmap.to_numpy()
        return Picture(pixels.reshape(pixels.shape[:2]).copy(), 1 / scale)


def largest_picture(page: PdfPage) -> int:
    """Pixels of the largest picture that drawing the page would decode."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    largest = 0
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        if pdfium_c.FPDFImageObj_GetImagePixelSize(item.raw, width, height):
            largest = max(largest, width.value * height.value)
    return largest
