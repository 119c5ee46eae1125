"""Recognition with the real Tesseract: scans, pictures, turned and blank pages, limits."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scans import HEIGHT, WIDTH, joined, needs_tesseract, packed, scan

from analyzer.errors import LimitError, ReadingError
from analyzer.reading import files, ocr, read
from analyzer.reading.limits import Limits
from analyzer.reading.ocr import Engine, Picture, engine, recognise
from analyzer.reading.ocr_words import Found, good_lines, parse_tsv, place
from analyzer.reading.pages import PageWords

CLAUSES = (
    "1.1. Школа применяет электронное обучение",
    "и дистанционные образовательные технологии.",
    "1.2. Родители извещаются не позднее 1 мая",
    "текущего года на официальном сайте школы.",
    "1.3. Занятия проводятся в системе Moodle.",
)
BLANK = Image.new("L", (WIDTH, HEIGHT), 250)


def texts(data: bytes, ocr: files.Ocr = "auto") -> list[str]:
    return [line.text for line in read(data, "скан", ocr=ocr).lines]


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_scan_in_every_wrapping(kind: str) -> None:
    document = read(packed(scan(*CLAUSES), kind), "скан")
    assert [line.text for line in document.lines] == list(CLAUSES)
    assert (document.format, document.pages, document.ocr) == (kind.lower(), 1, True)
    assert [(note.code, note.pages) for note in document.notes] == [("recognised_pages", (1,))]
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)


@needs_tesseract
def test_boxes_are_in_points_from_the_top_left() -> None:
    line = read(packed(scan(*CLAUSES), "PDF"), "скан").lines[0]
    assert line.box is not None
    assert line.page == 1
    assert line.box.x0 == pytest.approx(160 * 72 / 200, abs=3)
    assert line.box.y0 < 220 * 72 / 200 < line.box.y1
    assert line.size == pytest.approx(34 * 72 / 200, rel=0.2)


@needs_tesseract
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_scan_is_set_upright(angle: int) -> None:
    document = read(packed(scan(*CLAUSES * 3).rotate(angle, expand=True), "PNG"), "скан")
    assert [line.text for line in document.lines] == list(CLAUSES * 3)
    assert document.lines[0].box is not None
    assert document.lines[0].box.x0 == pytest.approx(160 * 72 / 200, abs=4)


@needs_tesseract
def test_columns_of_approvals_stay_apart() -> None:
    image = scan("ПРИНЯТО", "педагогическим советом", "протокол от 30.08.2024 № 1")
    image.paste(
        scan("УТВЕРЖДЕНО", "приказом директора", "от 30.08.2024 № 86").crop((150, 0, 760, 600)), (900, 0)
    )
    image.paste(scan(*CLAUSES, top=100).crop((0, 0, WIDTH, 800)), (0, 700))
    assert texts(packed(image, "PNG"))[:6] == [
        "ПРИНЯТО", "педагогическим советом", "протокол от 30.08.2024 № 1",
        "УТВЕРЖДЕНО", "приказом директора", "от 30.08.2024 № 86",
    ]  # fmt: skip


@needs_tesseract
def test_pages_are_text_or_recognised_or_unread() -> None:
    noise = Image.fromarray(
        np.random.default_rng(7).integers(0, 256, (HEIGHT // 8, WIDTH // 8), dtype=np.uint8)
    )
    pages = [scan(CLAUSES[0]), BLANK, noise.resize((WIDTH, HEIGHT)), scan(CLAUSES[2])]
    document = read(joined(*(packed(page, "PDF") for page in pages)), "скан")
    assert [line.page for line in document.lines] == [1, 4]
    assert {note.code: note.pages for note in document.notes} == {
        "unread_pages": (3,),
        "recognised_pages": (1, 4),
    }
    assert "плохо видна" in document.notes[0].fix


@needs_tesseract
def test_never_and_always() -> None:
    data = packed(scan(*CLAUSES), "PDF")
    with pytest.raises(ReadingError, match="--ocr auto") as refused:
        read(data, "скан", ocr="never")
    assert refused.value.code == "no_text"
    assert texts(data, "always") == list(CLAUSES)


def test_blank_pages_are_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "_run", lambda *_: pytest.fail("a blank page was given to Tesseract"))
    blank = Picture(np.full((2_000, 1_400), 240, dtype=np.uint8), 0.36)
    speck = blank.grey.copy()
    speck[1_000:1_004, 700:704] = 0
    engine = Engine("tesseract", "rus")
    assert engine.read(blank) == engine.read(Picture(speck, 0.36)) == PageWords((), 720)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_without_tesseract_the_package_is_named(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: None)
    with pytest.raises(ReadingError, match="tesseract-ocr-rus"):
        read(packed(scan(*CLAUSES), kind), "скан")


def test_pages_over_the_limits_are_left_out() -> None:
    drawn: list[int] = []

    def pages() -> Iterator[tuple[int, Picture]]:
        for number in range(1, 100):
            drawn.append(number)
            yield number, Picture(np.zeros((4, 4), dtype=np.uint8), 1.0)

    words = PageWords((), 1.0)
    assert sorted(recognise(pages(), lambda _: words, Limits(ocr_pages=5))) == [1, 2, 3, 4, 5]
    assert drawn == [1, 2, 3, 4, 5]
    assert list(recognise(pages(), lambda _: words, Limits(ocr_seconds=0.0))) == [1]


def test_hung_recognition_ends_and_leaves_the_page_unread(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    reader = Engine(str(program), "rus", Limits(ocr_page_seconds=0.3))
    picture = Picture(np.asarray(scan(*CLAUSES)), 0.36)
    assert recognise(iter([(1, picture)]), reader.read) == {}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(scan("Текст"), "PNG")[:900], "broken_image"),
        (packed(scan("Текст"), "JPEG")[:3_000], "broken_image"),
        (packed(scan("Текст"), "TIFF")[:5_000], "broken_image"),
        (b"\x89PNG\r\n\x1a\n", "broken_image"),
        (packed(BLANK, "PNG"), "no_text"),
        (packed(Image.new("1", (9_000, 9_000)), "PNG"), "limit_pixels"),
        (packed(Image.new("1", (20_000, 20_000)), "PNG"), "limit_pixels"),
        (packed(Image.new("1", (8, 8)), "TIFF", *[Image.new("1", (8, 8))] * 60), "limit_pages"),
    ],
)
def test_bad_pictures_are_refused(monkeypatch: pytest.MonkeyPatch, data: bytes, code: str) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: Engine("tesseract", "rus"))
    monkeypatch.setattr(Engine, "_run", lambda *_: "")
    with pytest.raises(ReadingError) as refused:
        read(data, "скан")
    assert refused.value.code == code
    assert isinstance(refused.value, LimitError) == code.startswith("limit")


def found(text: str, confidence: float, left: int, line: str = "1", height: int = 20) -> Found:
    return Found(("1", "1", line), text, confidence, left, 100, 12 * len(text), height)


def test_unsure_lines_and_specks_are_dropped() -> None:
    line = [found("Директор", 95, 0), found("~|", 20, 110), found("района", 34, 150)]
    assert good_lines([*line, found("fa;", 40, 0, "2"), found("||", 96, 0, "3")]) == [[line[0], line[2]]]


def test_words_of_a_line_stay_words() -> None:
    words = place([[found("в", 96, 0), found("целях", 96, 13)]], 0.36)
    assert words[1].x0 - words[0].x1 > 0.05 * words[0].size
    assert words[0].baseline == words[1].baseline


def test_table_of_words_is_read_and_damage_left_out() -> None:
    row = "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tслово"
    table = "\n".join(
        ["level\tpage_num", row, row.replace("слово", " "), "5\t1", row.replace("5\t1", "4\t1", 1)]
    )
    assert parse_tsv(table) == [Found(("1", "1", "1"), "слово", 96.5, 10, 20, 30, 40)]


@needs_tesseract
def test_languages() -> None:
    installed = engine()
    assert installed is not None
    assert installed.languages.startswith("rus")
