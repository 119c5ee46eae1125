"""Ruled tables of PDF pages, and frames that are none."""

from __future__ import annotations

from pdf_builder import Page, pdf

from analyzer.model import Document
from analyzer.reading.pdf import read_pdf


def read(*pages: Page) -> Document:
    return read_pdf(pdf(*pages), "a.pdf", "0")


XS, YS = [60.0, 200.0, 400.0, 540.0], [100.0, 130.0, 175.0, 200.0]


def table() -> Page:
    page = Page().text(60, 80, "2. Сроки").grid(XS, YS).text(60, 230, "3. Прочее")
    page.text(65, 118, "Что").text(205, 118, "Кто").text(405, 118, "Срок")
    page.text(65, 145, "Приём заявлений").lines(205, 145, "заместитель дирек-", "тора по работе")
    return page.text(65, 192, "Зачисление").text(405, 192, "5 дней")


def test_rows_and_cells() -> None:
    lines = read(table()).lines
    assert [(line.kind, line.text) for line in lines] == [
        ("text", "2. Сроки"),
        ("row", "Что | Кто | Срок"),
        ("row", "Приём заявлений | заместитель директора по работе"),
        ("row", "Зачисление | 5 дней"),
        ("text", "3. Прочее"),
    ]
    assert lines[2].cells == ("Приём заявлений", "заместитель директора по работе", "")
    assert lines[3].cells == ("Зачисление", "", "5 дней")
    assert [line.table for line in lines] == [0, 1, 1, 1, 0]


def test_merged_cells_are_given_once() -> None:
    page = Page().rule(60, 100, 500, 100).rule(60, 130, 500, 130).rule(60, 160, 500, 160)
    page.rule(60, 100, 60, 160).rule(500, 100, 500, 160).rule(280, 130, 280, 160)
    page.text(65, 118, "Общая шапка").text(65, 148, "левая").text(285, 148, "правая")
    assert [line.cells for line in read(page).lines] == [("Общая шапка", ""), ("левая", "правая")]


def test_a_table_goes_on_behind_a_page_break() -> None:
    first = (
        Page()
        .text(60, 80, "Таблица сроков")
        .grid(XS, [600, 640, 800])
        .text(65, 620, "Что")
        .text(65, 660, "Приём")
    )
    second = Page().grid(XS, [40, 80, 120]).text(65, 60, "Перевод").text(65, 100, "Выпуск")
    second.text(60, 200, "Иной текст").grid(XS, [300, 340, 380]).text(65, 320, "Другая таблица").text(
        65, 360, "Да"
    )
    rows = [(line.text, line.table) for line in read(first, second).lines if line.kind == "row"]
    assert rows == [("Что", 1), ("Приём", 1), ("Перевод", 1), ("Выпуск", 1), ("Другая таблица", 2), ("Да", 2)]


def test_a_frame_does_not_swallow_the_act() -> None:
    clauses = [f"{i}.{k}. Пункт о порядке приёма" for i in (1, 2) for k in (1, 2, 3)]
    framed = Page().grid([40, 560], [40, 800]).lines(60, 100, *clauses)
    in_rows = Page().grid([40, 560], [40, 120, 800]).lines(60, 60, *clauses, step=30)
    two_cells = (
        Page().grid([40, 300, 560], [40, 800]).lines(60, 100, *clauses[:3]).lines(320, 100, *clauses[3:])
    )
    for page in (framed, in_rows, two_cells):
        lines = read(page).lines
        assert [line.text for line in lines] == clauses
        assert {line.kind for line in lines} == {"text"}


def test_approval_in_a_bordered_table_is_lines() -> None:
    page = Page().grid([60, 300, 540], [50, 120])
    for i, (a, b) in enumerate(
        [("ПРИНЯТО", "УТВЕРЖДЕНО"), ("советом школы", "приказом № 5"), ("№ 3", "от 01.09.2024")]
    ):
        page.text(65, 65 + 15 * i, a).text(305, 65 + 15 * i, b)
    lines = read(page).lines
    assert [line.text for line in lines] == [
        "ПРИНЯТО",
        "советом школы",
        "№ 3",
        "УТВЕРЖДЕНО",
        "приказом № 5",
        "от 01.09.2024",
    ]
    assert {line.kind for line in lines} == {"text"}


def test_underlines_are_no_table() -> None:
    page = (
        Page()
        .lines(60, 100, "Первая строка", "Вторая строка")
        .rule(60, 103, 140, 103)
        .rule(60, 118, 140, 118)
    )
    assert {line.kind for line in read(page).lines} == {"text"}


def test_empty_grid_gives_nothing() -> None:
    page = Page().text(60, 50, "Рисунок без подписей").grid(XS, YS)
    assert [line.text for line in read(page).lines] == ["Рисунок без подписей"]


def test_tables_on_a_turned_page() -> None:
    page = Page()  # landscape table on an upright page: x grows with the text's line, y with its letters
    for y in (700, 500, 300):
        page.rule(100, y, 160, y)
    for x in (100, 130, 160):
        page.rule(x, 300, x, 700)
    page.text(120, 690, "Один", angle=90).text(120, 490, "Два", angle=90)
    page.text(150, 690, "Три пункта", angle=90).text(150, 490, "Ещё строка", angle=90)
    assert [line.cells for line in read(page).lines] == [("Один", "Два"), ("Три пункта", "Ещё строка")]
