"""A page drawn for the eye: the boxes of what was read lie on the ink, however the page was turned."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
from pdf_builder import Page, pdf, turned
from PIL import Image
from scans import DPI, HEIGHT, WIDTH, joined, needs_tesseract, packed, scan

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Box
from analyzer.reading import read
from analyzer.reading.drawing import Drawn, draw_page
from analyzer.reading.limits import Limits

CLAUSES = (
    "1.1. Школа применяет электронное обучение",
    "и дистанционные технологии.",
    "1.2. Родители знают.",
) * 4
EXIF_ORIENTATION = 0x0112


def ink(drawn: Drawn, box: Box) -> tuple[float, float]:
    """Shares of dark pixels inside the box, and of all dark pixels of the page that it holds."""
    grey = np.frombuffer(drawn.rgb, np.uint8).reshape(drawn.height, drawn.width, 3).mean(axis=2)
    dark = grey < 140
    x0, y0, x1, y1 = (
        round(value * drawn.scale) for value in (box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2)
    )
    inside = dark[max(y0, 0) : y1, max(x0, 0) : x1]
    return float(inside.mean()) if inside.size else 0.0, inside.sum() / dark.sum()


def assert_on_the_ink(data: bytes, *, dense: float = 0.04) -> None:
    document = read(data, "акт", ocr="auto")
    held: dict[int, float] = {}
    for line in document.lines:
        assert line.page and line.box
        drawn = draw_page(data, line.page, document.turn(line.page), 1_000)
        share, part = ink(drawn, line.box)
        assert share > dense, (line.text, share)
        held[line.page] = held.get(line.page, 0.0) + part
    assert held
    assert all(part > 0.95 for part in held.values()), held


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_scan_is_drawn_as_it_was_read(kind: str, angle: int) -> None:
    assert_on_the_ink(packed(scan(*CLAUSES).rotate(angle, expand=True), kind))


@needs_tesseract
def test_a_photo_with_an_orientation_in_its_exif() -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    scan(*CLAUSES).rotate(90, expand=True).save(out, "JPEG", exif=exif)  # no resolution: a page is A4
    assert_on_the_ink(out.getvalue())


@needs_tesseract
def test_a_skewed_scan() -> None:
    assert_on_the_ink(packed(scan(*CLAUSES).rotate(0.7, fillcolor=250), "PNG"))


@needs_tesseract
def test_every_page_of_a_tiff_and_a_pdf_is_its_own() -> None:
    second = [f"2.{number}. Учитель проводит занятие." for number in range(1, 13)]
    third = [f"3.{number}. Классный руководитель извещает родителей." for number in range(1, 13)]
    pages = [scan(*CLAUSES[:6]), scan(*second, left=260, top=700).rotate(180), scan(*third, left=200)]
    assert_on_the_ink(packed(pages[0], "TIFF", *pages[1:]))
    assert_on_the_ink(joined(*(packed(page, "PDF") for page in pages)))


@needs_tesseract
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_scan_that_the_pdf_itself_turns(rotation: int) -> None:
    data = packed(scan(*CLAUSES).rotate(rotation, expand=True), "PDF")
    assert_on_the_ink(with_rotation(data, rotation))
    assert_on_the_ink(with_rotation(data, (rotation + 90) % 360))


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_text_page_stands_as_its_text(angle: int, rotation: int) -> None:
    page = turned(angle, *CLAUSES[:3])
    assert_on_the_ink(with_rotation(pdf(page), rotation))


def with_rotation(data: bytes, rotation: int) -> bytes:
    file, out = pypdfium2.PdfDocument(data), io.BytesIO()
    file[0].set_rotation(rotation)
    file.save(out)
    return out.getvalue()


def test_transparent_and_coloured() -> None:
    image = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (100, 100, 300, 300))
    drawn = draw_page(packed(image, "PNG"), 1, 0, 827)
    assert (drawn.width, drawn.height) == (827, round(HEIGHT / 2))
    assert drawn.scale == pytest.approx(DPI / 72 / 2, rel=0.01)
    pixels = np.frombuffer(drawn.rgb, np.uint8).reshape(drawn.height, drawn.width, 3)
    assert pixels[100, 100].tolist() == [200, 0, 0]
    assert pixels[400, 400].tolist() == [255, 255, 255]


@pytest.mark.parametrize(
    ("data", "page", "limits"),
    [
        (b"%PDF-1.4 broken", 1, Limits()),
        (pdf(Page().lines(60, 60, "Текст")), 2, Limits()),
        (pdf(Page().lines(60, 60, "Текст")), 0, Limits()),
        (pdf(Page(width=900, height=900)), 1, Limits(pdf_page_side=800)),
        (packed(scan("Текст"), "PDF"), 1, Limits(pdf_picture_pixels=1_000)),
        (packed(scan("Текст"), "PNG"), 2, Limits()),
        (packed(scan("Текст"), "PNG"), 1, Limits(image_pixels=1_000)),
        (packed(scan("Текст"), "PNG")[:900], 1, Limits()),
    ],
)
def test_what_cannot_be_drawn_is_refused(data: bytes, page: int, limits: Limits) -> None:
    with pytest.raises(ReadingError):
        draw_page(data, page, 0, 1_000, limits)


def test_a_very_long_page_is_drawn_smaller() -> None:
    drawn = draw_page(pdf(Page(width=100, height=14_000)), 1, 0, 1_000)
    assert drawn.width * drawn.height < 6_100_000
    assert drawn.height / drawn.width == pytest.approx(140, rel=0.01)


def test_pixels_cross_the_border_whole_or_not_at_all() -> None:
    drawn = Drawn(2, 1, 1.5, bytes(6))
    assert Drawn.load(drawn.dump()) == drawn
    for payload in (
        b"",
        drawn.dump()[:-1],
        drawn.dump() + b"!",
        Drawn(0, 9, 1.0, b"").dump(),
        Drawn(1, 1, 0.0, b"abc").dump(),
    ):
        with pytest.raises(ValueError, match="no picture"):
            Drawn.load(payload)


def test_a_picture_over_the_limit_names_it() -> None:
    with pytest.raises(LimitError, match="млн точек"):
        draw_page(packed(scan("Текст"), "PNG"), 1, 0, 1_000, Limits(image_pixels=1_000))
