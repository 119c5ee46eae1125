"""Reading order, spaces, type and margins of PDF pages."""

from __future__ import annotations

import pytest
from pdf_builder import Page, pdf

from analyzer.model import Document
from analyzer.reading.pdf import read_pdf


def read(*pages: Page) -> Document:
    return read_pdf(pdf(*pages), "a.pdf", "0")


def texts(*pages: Page) -> list[str]:
    return [line.text for line in read(*pages).lines]


LEFT = ("СОГЛАСОВАНО", "Председатель совета", "протокол № 7")
RIGHT = ("УТВЕРЖДАЮ", "Директор школы", "приказ № 86 от 30.08.2024")


def mixed(x: float, right: float, shift: float = 0) -> Page:
    """Two columns whose lines come by turns, as typists make them with tabs."""
    page = Page()
    for i, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page.text(x, 60 + 15 * i, a).text(right, 60 + 15 * i + shift, b)
    return page.text(200, 150, "ПОЛОЖЕНИЕ", bold=True).text(60, 180, "1.1. Настоящее Положение о приёме.")


@pytest.mark.parametrize("shift", [0, 4, 7])
def test_approval_columns_are_read_one_after_the_other(shift: float) -> None:
    assert texts(mixed(60, 330, shift)) == [*LEFT, *RIGHT, "ПОЛОЖЕНИЕ", "1.1. Настоящее Положение о приёме."]


def test_three_approval_columns() -> None:
    page = Page()
    columns = (
        ("ПРИНЯТО", "советом", "№ 1"),
        ("СОГЛАСОВАНО", "комитетом", "№ 2"),
        ("УТВЕРЖДЕНО", "приказом", "№ 3"),
    )
    for i in range(3):
        for x, column in zip((60, 240, 420), columns, strict=True):
            page.text(x, 60 + 15 * i, column[i])
    assert texts(page) == [*columns[0], *columns[1], *columns[2]]


def test_two_columns_of_prose() -> None:
    page = Page().text(60, 500, "Заголовок над двумя столбцами на всю ширину страницы и дальше, до края")
    left = [f"левый столбец, строка {i} текста" for i in range(6)]
    right = [f"правый столбец, строка {i} слов" for i in range(6)]
    for i in range(6):
        page.text(60, 530 + 15 * i, left[i]).text(320, 530 + 15 * i, right[i])
    assert texts(page)[1:] == [*left, *right]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("1.1.", "1.2.", "1.3."), ("Первый пункт", "Второй пункт", "Третий пункт")),
        (("Общие положения", "Приём", "Перевод"), ("3", "5", "12")),
    ],
    ids=["tabs behind numbers", "table of contents"],
)
def test_tabs_are_no_columns(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    page = Page()
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        page.text(60, 100 + 15 * i, a).text(250, 100 + 15 * i, b)
    assert texts(page) == [f"{a} {b}" for a, b in zip(left, right, strict=True)]


def test_signatures_stay_together() -> None:
    page = (
        Page().lines(60, 700, "Директор школы", "Заместитель").lines(400, 700, "И. И. Иванов", "П. П. Петров")
    )
    assert texts(page) == ["Директор школы И. И. Иванов", "Заместитель П. П. Петров"]


def test_content_out_of_order_is_sorted() -> None:
    page = Page().text(60, 400, "Третья строка").text(60, 200, "Первая строка").text(60, 300, "Вторая строка")
    assert texts(page) == ["Первая строка", "Вторая строка", "Третья строка"]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ((("приказ", 60), ("директора", 100)), "приказ директора"),  # no space, a gap of 4 points
        ((("дистан", 60), ("ционный", 96)), "дистанционный"),  # no gap
        ((("при", 60), ("ём", 78.8)), "приём"),  # kerning
        ((("слово ", 60), ("слитно", 90)), "словослитно"),  # the space is printed over
        ((("1.", 60), ("Пункт", 100)), "1. Пункт"),
    ],
)
def test_spaces_come_from_gaps(parts: tuple[tuple[str, float], ...], wanted: str) -> None:
    page = Page()
    for text, x in parts:
        page.text(x, 300, text)
    assert texts(page) == [wanted]


def test_letter_spacing_is_no_space() -> None:
    assert texts(Page().text(60, 300, "ПОЛОЖЕНИЕ о приёме детей", spacing=4)) == ["ПОЛОЖЕНИЕ о приёме детей"]


def test_spaced_heading_is_glued() -> None:
    page = Page().text(60, 300, "П О Л О Ж Е Н И Е   О   П Р И Ё М Е")
    assert texts(page) == ["ПОЛОЖЕНИЕ О ПРИЁМЕ"]


@pytest.mark.parametrize("dx", [0.0, 0.4, 1.2])
def test_double_printing_to_look_bold(dx: float) -> None:
    lines = [f"Строка {i} общих положений" for i in range(12)]
    page = Page().lines(60, 300, *lines).lines(60 + dx, 300, *lines)
    document = read(page)
    assert [line.text for line in document.lines] == lines
    assert all(line.bold for line in document.lines)


def test_double_letters_stay() -> None:
    assert texts(Page().text(60, 300, "аттестация и рассмотрение в классе")) == [
        "аттестация и рассмотрение в классе"
    ]


def test_same_first_letter_of_two_lines_stays() -> None:
    assert texts(Page().lines(60, 300, "к", "которым")) == ["к", "которым"]


def test_superscript_stays_in_its_line() -> None:
    page = Page().text(60, 300, "по статье 13").text(132, 296, "1", size=7).text(142, 300, "закона")
    assert texts(page) == ["по статье 13¹ закона"]


def test_hyphens_at_line_ends_stay_and_soft_ones_show_as_hyphens() -> None:
    assert texts(Page().lines(60, 300, "дистан-", "ционный")) == ["дистан-", "ционный"]


def test_type() -> None:
    page = Page().lines(60, 300, *["Обычная строка на всю ширину набора, от края до края страницы"] * 6)
    page.text(150, 250, "По середине", size=16, bold=True).text(60, 500, "Смесь").text(
        96, 500, "шрифтов", bold=True
    )
    heading, *_, mixed_line = read(page).lines
    assert (heading.bold, heading.size, heading.centered) == (True, 16.0, False)
    assert (mixed_line.bold, mixed_line.size, mixed_line.text) == (False, 12.0, "Смесь шрифтов")


def test_centred_line() -> None:
    full = "Обычная строка на всю ширину набора, от края до края страницы"
    page = Page().lines(60, 300, *[full] * 6)
    page.text(60 + (len(full) - 9) * 3, 250, "ПОЛОЖЕНИЕ")
    lines = read(page).lines
    assert [line.centered for line in lines] == [True] + [False] * 6


@pytest.mark.parametrize(("rotate", "angle"), [(90, 90), (0, 90), (180, 180), (270, 270), (0, 270)])
def test_turned_pages(rotate: int, angle: int) -> None:
    page = Page(rotate=rotate)
    lines = ["Первая строка повёрнутой страницы", "вторая её строка"]
    for i, line in enumerate(lines):
        x, y = {90: (200 + 15 * i, 700), 180: (500, 200 - 15 * i), 270: (300 - 15 * i, 100)}[angle]
        page.text(x, y, line, angle=angle)
    document = read(page)
    assert [line.text for line in document.lines] == lines


def test_stamp_on_the_edge_goes_to_the_margins() -> None:
    page = Page().lines(60, 100, *["Основной текст документа идёт слева направо"] * 8)
    page.text(580, 700, "Входящий № 12", angle=90)
    document = read(page)
    assert len(document.lines) == 8
    assert [line.text for line in document.margins] == ["Входящий № 12"]


def test_text_beside_the_page_is_not_read() -> None:
    assert texts(Page().text(60, 300, "Видимый текст").text(900, 300, "Невидимый")) == ["Видимый текст"]


def body(page: Page, number: int) -> Page:
    return page.lines(60, 150, f"{number}.1. Пункт страницы {number} о порядке", "и его продолжение")


def test_running_headers_and_page_numbers() -> None:
    pages = [
        body(Page().text(60, 30, "МБОУ «Школа № 5»").text(250, 820, f"стр. {i} из 4"), i) for i in range(1, 5)
    ]
    document = read(*pages)
    assert len(document.lines) == 8
    assert {line.text for line in document.margins} >= {"МБОУ «Школа № 5»", "стр. 2 из 4"}


@pytest.mark.parametrize("number", ["{}", "- {} -", "Страница {}"])
def test_lone_page_numbers(number: str) -> None:
    document = read(*[body(Page().text(290, 810, number.format(i)), i) for i in (1, 2)])
    assert [line.text for line in document.margins] == [number.format(1), number.format(2)]


def test_years_and_clause_numbers_are_no_page_numbers() -> None:
    page = body(Page().text(60, 60, "3.").text(280, 810, "2024"), 1)
    assert texts(page)[0] == "3."
    assert texts(page)[-1] == "2024"


def test_annexes_page_by_page_are_no_header() -> None:
    pages = [body(Page().text(400, 40, f"Приложение № {i}"), i) for i in range(1, 5)]
    assert sum(text.startswith("Приложение") for text in texts(*pages)) == 4


def test_head_of_a_form_that_comes_back_is_no_header() -> None:
    pages = [body(Page(), i) for i in range(1, 10)]
    for i in (0, 4, 8):
        pages[i].text(400, 40, "УТВЕРЖДАЮ")
    assert texts(*pages).count("УТВЕРЖДАЮ") == 3


def test_footnote_under_a_short_rule() -> None:
    page = Page().lines(60, 100, *["Основной текст документа о порядке приёма"] * 8)
    page.rule(60, 740, 200, 740).text(60, 755, "1 Далее — Школа.", size=9)
    lines = read(page).lines
    assert [line.kind for line in lines] == ["text"] * 8 + ["footnote"]


def test_small_type_without_a_rule_is_text() -> None:
    page = Page().lines(60, 100, *["Основной текст документа о порядке приёма"] * 8)
    page.text(60, 755, "Исполнитель: Иванова", size=9)
    assert read(page).lines[-1].kind == "text"


def test_stamp_of_an_electronic_signature() -> None:
    page = Page().lines(60, 100, *["Основной текст документа о порядке приёма"] * 8)
    page.lines(60, 780, "Документ подписан электронной подписью", "Иванова А. А., директор", size=6, step=8)
    document = read(page)
    assert len(document.lines) == 8
    assert len(document.margins) == 2
