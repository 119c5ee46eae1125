"""The PDF reader as a whole: pages, quality, recognition, refusals."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from pdf_builder import Page, pdf

from analyzer.errors import LimitError, ReadingError
from analyzer.reading.limits import Limits
from analyzer.reading.pages import PageWords, page_ranges
from analyzer.reading.pdf import read_pdf
from analyzer.reading.pdf_chars import Word

PROSE = (
    "1.1. Школа применяет электронное обучение при реализации",
    "образовательных программ и извещает об этом родителей",
    "на официальном сайте не позднее 1 мая текущего года.",
)


def prose() -> Page:
    return Page().lines(60, 200, *PROSE)


def test_lines_in_order_with_offsets() -> None:
    document = read_pdf(pdf(prose(), Page().text(60, 300, "1.2. Второй пункт на странице")), "act.pdf", "ff")
    assert [line.text for line in document.lines] == [*PROSE, "1.2. Второй пункт на странице"]
    assert [line.page for line in document.lines] == [1, 1, 1, 2]
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)
    assert (document.name, document.sha256, document.format) == ("act.pdf", "ff", "pdf")
    assert (document.pages, document.whole_paragraphs, document.notes) == (2, False, ())


def test_box_has_its_origin_at_the_top() -> None:
    box = read_pdf(pdf(prose()), "a", "0").lines[0].box
    assert box is not None
    assert (box.x0, box.x1) == (60, pytest.approx(60 + 6 * len(PROSE[0]), abs=1))
    assert box.y0 < 200 < box.y1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 and nothing more", "broken_pdf"),
        (pdf(prose())[:400], "broken_pdf"),
        (pdf(Page(), Page()), "no_text"),
        (pdf(Page().scan()), "no_text"),
        (pdf(prose(), map_shift=-0x3C0), "bad_text_layer"),
        (
            pdf(
                prose(),
                extra=f"<</Filter/Standard/V 1/R 2/P -4/O({'o' * 32})/U({'u' * 32})>>".encode(),
                trailer="/Encrypt {extra} 0 R/ID[<00><00>]",
            ),
            "encrypted",
        ),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_pdf(data, "a.pdf", "0")
    assert caught.value.code == code


def test_limits_are_named() -> None:
    many = pdf(*[prose() for _ in range(6)])
    with pytest.raises(LimitError, match="предел — 5"):
        read_pdf(many, "a", "0", limits=Limits(pdf_pages=5))
    with pytest.raises(LimitError, match="больше 50 знаков"):
        read_pdf(many, "a", "0", limits=Limits(pdf_page_characters=50))
    with pytest.raises(LimitError, match="больше 300 знаков"):
        read_pdf(many, "a", "0", limits=Limits(text_characters=300))


@pytest.mark.parametrize("disguise", [b"", b"/Subtype/Image"])
def test_bomb_is_refused_before_pdfium_sees_it(disguise: bytes) -> None:
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * 400_000, 9)
    bomb = b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), disguise, packed)
    with pytest.raises(LimitError, match="1 МБ"):
        read_pdf(pdf(prose(), extra=bomb), "a", "0", limits=Limits(pdf_stream_bytes=1024 * 1024))


def test_pictures_may_be_large() -> None:
    packed = zlib.compress(bytes(range(128, 256)) * 40_000, 9)
    picture = b"<</Subtype/Image/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    document = read_pdf(pdf(prose(), extra=picture), "a", "0", limits=Limits(pdf_stream_bytes=1024 * 1024))
    assert len(document.lines) == 3


def test_unread_pages_are_told() -> None:
    (note,) = read_pdf(pdf(Page().scan(), prose(), Page(), Page().scan()), "a", "0").notes
    assert (note.code, note.pages) == ("unread_pages", (1, 4))
    assert "страницы 1, 4 из 4" in note.message
    assert "tesseract-ocr-rus" in note.fix


def words(*texts: str) -> PageWords:
    placed = [Word(text, 60 + 70 * i, 120 + 70 * i, 212, 12, False) for i, text in enumerate(texts)]
    return PageWords(tuple(placed), 842)


def test_recognition_gets_bad_pages_only() -> None:
    seen: list[int] = []

    def recognise(pdf: object, numbers: Sequence[int]) -> dict[int, PageWords]:
        seen.extend(numbers)
        return {1: words("Распознанная", "строка"), 5: words()}

    pages = (Page().scan(), prose(), Page(), Page().scan(), Page().scan())
    document = read_pdf(pdf(*pages), "a", "0", recognise=recognise, unread_fix="сделайте скан заново")
    assert seen == [1, 4, 5]
    assert [line.text for line in document.lines] == ["Распознанная строка", *PROSE]
    assert (document.lines[0].page, document.lines[1].start, document.ocr) == (1, 20, True)
    assert [line.ocr for line in document.lines] == [True] + [False] * len(PROSE)
    assert {note.code: note.pages for note in document.notes} == {
        "unread_pages": (4,),
        "recognised_pages": (1,),
    }
    assert document.notes[0].fix.startswith("сделайте скан заново")


def test_everything_is_recognised_and_what_fails_keeps_its_text() -> None:
    found = {1: words("Распознано"), 2: words()}
    document = read_pdf(
        pdf(prose(), prose(), Page()), "a", "0", recognise=lambda _, numbers: found, everything=True
    )
    assert [line.text for line in document.lines] == ["Распознано", *PROSE]
    assert document.notes[0].pages == (1,)


def test_gibberish_goes_to_recognition() -> None:
    page = Page().lines(60, 60, *PROSE)
    document = read_pdf(
        pdf(page, map_shift=-0x3C0), "a", "0", recognise=lambda _, numbers: {1: words("Текст")}
    )
    assert document.text == "Текст"


def test_stamp_over_a_scan_is_kept_and_the_page_called_unread() -> None:
    page = Page().scan().text(60, 780, "Документ подписан электронной подписью директора школы и проверен")
    document = read_pdf(pdf(page, prose()), "a", "0")
    assert document.notes[0].pages == (1,)
    assert "Документ подписан" in document.text


def test_recognised_layer_over_a_scan_is_text() -> None:
    page = Page().scan().lines(60, 60, *PROSE * 8, step=30)
    document = read_pdf(pdf(page), "a", "0")
    assert (len(document.lines), document.notes) == (24, ())


def test_one_gibberish_page_among_good_ones() -> None:
    gibberish = Page().lines(60, 200, *[line.swapcase()[::-1].replace("о", "ъщ") for line in PROSE * 2])
    document = read_pdf(pdf(prose(), gibberish), "a", "0")
    assert document.notes[0].pages == (2,)
    assert len(document.lines) == 3


def test_threads_take_turns() -> None:
    data = pdf(*[prose() for _ in range(5)])
    with ThreadPoolExecutor(4) as pool:
        texts = {document.text for document in pool.map(lambda _: read_pdf(data, "a", "0"), range(12))}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("pages", "written"), [([1], "1"), ([1, 2], "1, 2"), ([1, 3, 4, 5, 9], "1, 3–5, 9"), ([7, 8], "7, 8")]
)
def test_page_ranges(pages: list[int], written: str) -> None:
    assert page_ranges(pages) == written
