"""The title block: kind, title, organisation, date and number of approval, and where the clauses begin."""

from datetime import date

import pytest
from made_acts import act

from analyzer.outline.kinds import kind_of, unspace

STAMPED = """
^Муниципальное бюджетное общеобразовательное учреждение
^«Заречная средняя школа № 7»
ПРИНЯТО
на заседании педагогического совета
протокол от 28.08.2024 № 1
УТВЕРЖДЕНО
приказом директора школы
от 30.08.2024 № 115-од
^ПОЛОЖЕНИЕ
^о применении дистанционных образовательных технологий
^г. Заречный, 2024
1. Общие положения
1.1. Положение обязательно.
"""


def test_stamps_title_and_school():
    block = act(STAMPED).title_block
    assert block.title == "Положение о применении дистанционных образовательных технологий"
    assert block.kind == "положение"
    assert block.organization == "Муниципальное бюджетное общеобразовательное учреждение «Заречная средняя школа № 7»"
    assert (block.approved_on, block.approval_number) == (date(2024, 8, 30), "115-од")
    assert [clause.path for clause in act(STAMPED).clauses] == ["1", "1.1"]


@pytest.mark.parametrize(
    ("stamp", "day", "number"),
    [
        ("УТВЕРЖДЕНО\nприказом от 30.08.2024 № 115-од", date(2024, 8, 30), "115-од"),
        ("Утверждаю\nДиректор ________ Иванова И. И.\nПриказ № 12 от «02» сентября 2024 г.", date(2024, 9, 2), "12"),
        ("ПРИНЯТО\nпротокол от 28.08.2024 № 1\nУТВЕРЖДЕНО\nприказ от 30.08.2024 № 5", date(2024, 8, 30), "5"),
        ("УТВЕРЖДЕНО\nприказ от 30.08.2024 № 5\nПРИНЯТО\nпротокол от 28.08.2024 № 1", date(2024, 8, 30), "5"),
        ("УТВЕРЖДЕНО приказом директора МБОУ СОШ № 2 от 30.08.2024 № 5", date(2024, 8, 30), "5"),
        ("Принято Утверждаю\nпротокол № 1 приказ № 5\n28.08.2024 30.08.2024", date(2024, 8, 30), "5"),
        ("СОГЛАСОВАНО\nпротокол от 28.08.2024 № 1", None, None),
        ("", None, None),
    ],
)
def test_date_and_number_are_the_orders(stamp, day, number):
    block = act(f"{stamp}\n^ПОЛОЖЕНИЕ\n^о связи\n1. Общие положения\n1.1. Положение обязательно.").title_block
    assert (block.approved_on, block.approval_number) == (day, number)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Согласно приказу Минобрнауки России от 23.08.2017 № 816 вводится обучение.\n1.1. Принято решение.", ["1.1"]),
        ("Школа живёт по приказу управления от 01.09.2024 № 7.\n1.1. Принято решение.", ["1.1"]),
        (
            "1. Общие положения\n1.1. Принят в соответствии с приказом Минобрнауки России от 23.08.2017 № 816.\n1.2. Срок год.",
            ["1", "1.1", "1.2"],
        ),
        ("УТВЕРЖДЁН Порядок приказом Минпросвещения России от 01.02.2024 № 9\n1. Школа ведёт уроки в сети.", ["1"]),
    ],
)
def test_a_cited_order_does_not_approve_an_act_without_a_title(text, paths):
    made = act(text)
    assert (made.title_block.approved_on, made.title_block.approval_number) == (None, None)
    assert [clause.path for clause in made.clauses] == paths


def test_a_school_named_after_a_hero_approves_by_its_own_order():
    head = "УТВЕРЖДЕНО\nприказом школы имени Героя России Орлова от 30.08.2024 № 5\n^ПОЛОЖЕНИЕ\n^о связи\n1. Школа ведёт уроки."
    block = act(head).title_block
    assert (block.approved_on, block.approval_number) == (date(2024, 8, 30), "5")


@pytest.mark.parametrize(
    ("head", "title", "kind"),
    [
        ("ПОЛОЖЕНИЕ\nо связи", "Положение о связи", "положение"),
        ("ПОЛОЖЕНИЕ О СВЯЗИ", "Положение о связи", "положение"),
        ("П О Р Я Д О К\nприменения ДОТ", "Порядок применения ДОТ", "порядок"),
        ("Правила применения сервисов", "Правила применения сервисов", "правила"),
        ("ВРЕМЕННЫЙ ПОРЯДОК\nобучения", "Временный порядок обучения", "порядок"),
        ("РЕГЛАМЕНТ\nсвязи", "Регламент связи", "регламент"),
        ("ИНСТРУКЦИЯ\nпо связи", "Инструкция по связи", "инструкция"),
        ("ПАМЯТКА\nродителям", "Памятка родителям", "иное"),
    ],
)
def test_titles(head, title, kind):
    block = act(f"{head}\n1. Общие положения\n1.1. Акт обязателен для всех.").title_block
    assert (block.title, block.kind) == (title, kind)


def test_act_without_a_title_tells_its_kind_itself():
    block = act("1. Настоящий Порядок обязателен для всех.\n2. Школа отвечает за день.").title_block
    assert (block.title, block.kind) == (None, "порядок")


@pytest.mark.parametrize(
    "text", ["1. Общие положения", "Настоящее Положение устанавливает сроки.", "Общие положения", "I. Общие положения"]
)
def test_first_clause_is_not_swallowed(text):
    clauses = act(f"ПОЛОЖЕНИЕ\nо связи\n{text}\n1.1. Школа отвечает за день.").clauses
    assert clauses[0].text == text.partition(". ")[2] if text[0] in "1I" else text


def test_school_is_taken_from_the_first_clauses_when_the_head_has_none():
    text = "ПОЛОЖЕНИЕ\nо связи\n1. Положение действует в МБОУ «Заречная школа» с 1 сентября."
    assert act(text).title_block.organization == "Муниципальное бюджетное общеобразовательное учреждение «Заречная школа»"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("ПОЛОЖЕНИЕ о связи", "положение"), ("П Р И К А З", "приказ"), ("распоряжение", "приказ"), ("Положения о связи", None), ("", None)],
)
def test_kind_of(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(("text", "plain"), [("П О Р Я Д О К связи", "ПОРЯДОК связи"), ("А Б", "А Б"), ("я и ты", "я и ты")])
def test_unspace(text, plain):
    assert unspace(text) == plain
