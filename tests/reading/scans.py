"""Pages as pictures for the tests, drawn with an installed font; the programs that tests need."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from analyzer.reading.ocr import engine

DPI = 200
WIDTH, HEIGHT = 1654, 2339  # A4
FONTS = ("dejavu/DejaVuSans.ttf", "liberation/LiberationSans-Regular.ttf")

needs_tesseract = pytest.mark.skipif(
    engine() is None, reason="Tesseract with Russian is not installed (package tesseract-ocr-rus)"
)
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed (package libreoffice-writer)"
)


def font(size: int = 34) -> ImageFont.FreeTypeFont:
    folder = Path("/usr/share/fonts/truetype")
    found = next((folder / name for name in FONTS if (folder / name).is_file()), None)
    if found is None:
        pytest.skip("no font with Cyrillic letters (package fonts-dejavu-core)", allow_module_level=True)
    return ImageFont.truetype(str(found), size)


def scan(*lines: str, left: int = 160, top: int = 200, step: int = 56) -> Image.Image:
    """A white page with lines of print."""
    image = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((left, top + number * step), line, fill=20, font=font())
    return image


def packed(image: Image.Image, kind: str, *more: Image.Image) -> bytes:
    """The picture as a file; more pictures become further pages of a TIFF or PDF."""
    out = io.BytesIO()
    extra = {"save_all": True, "append_images": list(more)} if more else {}
    place = {"resolution": DPI} if kind == "PDF" else {"dpi": (DPI, DPI)}
    image.save(out, kind, **place, **extra)  # type: ignore[arg-type]
    return out.getvalue()


def joined(*files: bytes) -> bytes:
    """Pages of PDF files one after another in one file."""
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
