"""Lines of print become paragraphs: what the page broke is joined, what it did not is kept apart."""

import pytest
from made_acts import printed, tree

from analyzer.outline import outline
from analyzer.outline.paragraphs import join_text, paragraphs
from analyzer.reading import read


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("дистан-", "ционный урок", "дистанционный урок"),
        ("информационно-", "образовательной", "информационно-образовательной"),
        ("учитель-", "предметник", "учитель-предметник"),
        ("2024-", "2025", "2024-2025"),
        ("и/", "или", "и/или"),
        ("урок –", "это занятие", "урок – это занятие"),
        ("школа", "ведёт", "школа ведёт"),
        ("", "школа", "школа"),
        ("школа", "", "школа"),
    ],
)
def test_join_text(left, right, joined):
    assert join_text(left, right) == joined


BROKEN = """
ПОЛОЖЕНИЕ
о дистанционном обучении

1. Общие положения
1.1. Положение устанавливает порядок применения дистан-
ционных образовательных технологий в школе и обязательно
для всех работников.
1.2. Решение принимается в соответствии с пунктом
3.1. настоящего Положения и публикуется не позднее
1 мая текущего года.
2. Сроки
2.1. Школа отвечает на обращения, касающиеся обучения:
а) за день, если ответ прост;
б) за три дня, если нужно
спросить учителя.
"""


def test_broken_lines_are_joined_and_numbers_inside_sentences_stay_there():
    assert tree(outline(printed(BROKEN))) == [
        ("1", "1.", "Общие положения"),
        (
            "1.1", "1.1.",
            "Положение устанавливает порядок применения дистанционных образовательных технологий в школе и обязательно "
            "для всех работников.",
        ),
        (
            "1.2", "1.2.",
            "Решение принимается в соответствии с пунктом 3.1. настоящего Положения и публикуется не позднее 1 мая "
            "текущего года.",
        ),
        ("2", "2.", "Сроки"),
        ("2.1", "2.1.", "Школа отвечает на обращения, касающиеся обучения:"),
        ("2.1.а", "а)", "за день, если ответ прост;"),
        ("2.1.б", "б)", "за три дня, если нужно спросить учителя."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("Ответственный учитель назначается приказом директора в соответствии с п.", "3.2 Положения и отвечает за связь с родителями.", True),
        ("Срок ответа на обращение родителя по вопросам обучения составляет", "10 рабочих дней со дня обращения.", True),
        ("Учитель проводит уроки, проверяет работы и заполняет электронные журналы", "– каждый день, кроме праздников.", True),
        ("Учитель проводит урок, проверяет работы, ведёт электронный журнал;", "– отвечает на вопросы.", False),
        ("3. Сроки", "3.1. Школа отвечает на обращения родителей в течение двух дней.", False),
        ("об электронном обучении", "1. Общие положения этого акта обязательны для работников", False),
        ("УТВЕРЖДЕНО приказом директора школы от 01.09.2024 № 15, протокол 3", "ПРИНЯТО на заседании совета", False),
    ],
)
def test_what_begins_a_paragraph(first, second, together):
    widest = "Самая длинная строка этого документа показывает правый край текста."
    lines = f"{widest}\n{widest}\n{first}\n{second}"
    count = len(paragraphs(printed(lines)))
    alone = len(paragraphs(printed(f"{widest}\n{widest}\n{first}")))
    assert count == alone + (not together)


def test_a_wide_gap_ends_a_paragraph():
    close = "Школа отвечает на каждое обращение родителей\nЖалобу читает сам директор и отвечает на неё"
    apart = close.replace("\n", "\n\n")
    others = "\n1. Раз.\n2. Два.\n3. Три.\n4. Четыре."
    assert len(paragraphs(printed(apart + others))) == len(paragraphs(printed(close + others))) + 1


SHORT = """ПОЛОЖЕНИЕ
об электронном обучении
1. Общие положения
1.1. Положение обязательно для работников школы.
3. Сроки
3.1. Срок ответа — два дня.
"""


@pytest.mark.parametrize("title", ["об электронном обучении", "о связи с семьями", "о порядке работы в"])
def test_short_text_file_loses_no_heading(title):
    result = outline(read(SHORT.replace("об электронном обучении", title).encode(), "act.txt"))
    assert [path for path, _, _ in tree(result)][-3:] == ["1.1", "3", "3.1"]
    if not title.endswith(" в"):  # an open preposition takes the next line along
        assert [(c.path, c.text) for c in result.clauses if c.heading] == [("1", "Общие положения"), ("3", "Сроки")]
        assert result.title_block.title == f"Положение {title}"
