"""Clause trees: paths as a person would cite them, in all the usual schemes."""

import pytest
from made_acts import act, document, tree

from analyzer.model import Line
from analyzer.outline import outline

SCHEMES = {
    "decimal": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        1. Общие положения
        1.1. Положение обязательно.
        1.2. Школа обеспечивает:
        1.2.1. доступ к курсам;
        1.2.2. доступ к библиотеке.
        2. Сроки
        2.1. Срок ответа два дня.
        """,
        ["1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1"],
    ),
    "letters and brackets": (
        """
        ПОРЯДОК применения ДОТ
        1. Школа самостоятельно определяет:
        а) средства обучения;
        б) сервисы:
        1) для уроков;
        2) для заданий;
        в) программы.
        2. Учитель ведёт журнал.
        """,
        ["1", "1.а", "1.б", "1.б.1", "1.б.2", "1.в", "2"],
    ),
    "roman sections with numbers that restart": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        I. Общие положения
        1. Положение обязательно для всех.
        2. Положение публикуется.
        II. Сроки
        1. Срок ответа два дня.
        2. Срок хранения пять лет.
        """,
        ["I", "I.1", "I.2", "II", "II.1", "II.2"],
    ),
    "roman sections with numbers that go on": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        I. Общие положения
        1. Положение обязательно для всех.
        2. Положение публикуется.
        II. Сроки
        3. Срок ответа два дня.
        """,
        ["I", "1", "2", "II", "3"],
    ),
    "chapters": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        Глава 1. Общие положения
        1.1. Положение обязательно.
        Глава 2. Сроки
        2.1. Срок ответа два дня.
        """,
        ["1", "1.1", "2", "2.1"],
    ),
    "list inside a clause": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        2. Порядок
        2.4. Учитель обязан:
        1) провести урок;
        2) проверить работы.
        2.5. Урок длится 30 минут.
        """,
        ["2", "2.4", "2.4.1", "2.4.2", "2.5"],
    ),
    "bullets and plain paragraphs": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        3. Права
        3.1. Ученик имеет право:
        – на помощь;
        • на перерыв.
        Помощь оказывает учитель.
        """,
        ["3", "3.1", "3.1", "3.1", "3.1"],
    ),
    "late number of a heading": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        1. Общие положения
        1.1. Положение обязательно.
        2 Как принимается решение
        2.1. Решение принимает совет.
        """,
        ["1", "1.1", "2", "2.1"],
    ),
    "numbers in a table": (
        """
        ПОЛОЖЕНИЕ о дистанционном обучении
        1. Действия
        | 1.1. | Учитель сообщает о сбое | сразу |
        | 1.2. | Инженер отвечает | за час |
        | № | Кто | Когда |
        """,
        ["1", "1.1", "1.2", "1.2"],
    ),
}


@pytest.mark.parametrize(("text", "paths"), SCHEMES.values(), ids=SCHEMES)
def test_paths(text, paths):
    assert [clause.path for clause in act(strip(text)).clauses] == paths


def strip(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def test_number_is_as_printed_and_text_is_without_it():
    clauses = tree(act("ПОЛОЖЕНИЕ о связи\n1. Общее\n1.1.  Школа   отвечает:\nа) за день;\n- сразу;"))
    assert clauses == [
        ("1", "1.", "Общее"),
        ("1.1", "1.1.", "Школа отвечает:"),
        ("1.1.а", "а)", "за день;"),
        ("1.1.а", None, "сразу;"),
    ]


def test_sections_and_leads_are_passed_down():
    clauses = act("ПОЛОЖЕНИЕ о связи\n1. Сроки ответа\n1.1. Школа отвечает:\nа) за день;\n1.2. Жалобу читает директор.").clauses
    assert [(c.heading, c.section, c.lead) for c in clauses] == [
        (True, "", ""),
        (False, "Сроки ответа", ""),
        (False, "Сроки ответа", "Школа отвечает:"),
        (False, "Сроки ответа", ""),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("1. ОБЩИЕ ПОЛОЖЕНИЯ\n1.1. Акт обязателен.", ["ОБЩИЕ ПОЛОЖЕНИЯ"]),
        ("1. Общие положения\n1.1. Акт обязателен.", ["Общие положения"]),
        ("1. Школа ведёт журнал.\n2. Учитель ставит отметки.", []),
        ("*Общие положения\n1. Школа ведёт журнал.", ["Общие положения"]),
        ("1. Школа обеспечивает:\n1.1. связь;", []),
    ],
)
def test_headings(text, headings):
    clauses = act(f"ПОЛОЖЕНИЕ о связи\n{text}").clauses
    assert [clause.text for clause in clauses if clause.heading] == headings


@pytest.mark.parametrize("text", ["Директор ____________ Иванова И. И.", "Директор школы И. И. Иванова", "М.П."])
def test_signatures_are_no_clauses(text):
    assert tree(act(f"ПОЛОЖЕНИЕ о связи\n1. Школа отвечает за день.\n{text}")) == [("1", "1.", "Школа отвечает за день.")]


def test_table_of_contents_is_no_clause():
    text = "ПОЛОЖЕНИЕ о связи\nСодержание\n1. Сроки .......... 2\n1. Сроки\n1.1. Школа отвечает за день."
    assert [path for path, _, _ in tree(act(text))] == ["1", "1.1"]


@pytest.mark.parametrize("printed", ["а.", "г.", "А."])
def test_automatic_letters_with_a_dot_are_numbers(printed):
    lines = [Line("ПОЛОЖЕНИЕ о связи", 0), Line("Школа отвечает:", 0, marker="1.", marker_level=0)]
    result = outline(document([*lines, Line("за день;", 0, marker=printed, marker_level=1)]))
    assert tree(result)[-1] == (f"1.{printed[0].lower()}", printed, "за день;")


PARTS = """
ПРИКАЗ
14.10.2024 № 212
Об утверждении Положения о связи
В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ и на основании решения педагогического совета
ПРИКАЗЫВАЮ:
1. Утвердить Положение о связи.
2. Контроль оставляю за собой.
Приложение № 1
к приказу от 14.10.2024 № 212
ПОЛОЖЕНИЕ
о связи
1. Общие положения
1.1. Школа отвечает за день.
Приложение № 2
к приказу от 14.10.2024 № 212
| Фамилия | Должность |
"""


def test_order_with_its_annexes():
    result = act(PARTS)
    assert [clause.path for clause in result.clauses] == ["приказ", "приказ", "приказ/1", "приказ/2", "1", "1.1", "прил.2"]
    assert (result.title_block.title, result.title_block.kind) == ("Положение о связи", "положение")
    assert (str(result.title_block.approved_on), result.title_block.approval_number) == ("2024-10-14", "212")


def test_annexes_and_a_second_act_take_prefixes():
    text = """ПОЛОЖЕНИЕ
о связи
1. Сроки
1.1. Школа отвечает за день (приложение 1).
Приложение 1
1. Форма заявления заполняется от руки.
Приложение 2
1. Форма ответа заполняется на бланке.
2. Бланк выдаёт секретарь.
ПОРЯДОК
хранения заявлений
1. Заявления хранятся год.
"""
    assert [clause.path for clause in act(text).clauses] == ["1", "1.1", "прил.1/1", "прил.2/1", "прил.2/2", "акт2/1"]


def test_two_annexes_without_numbers_have_paths_of_their_own():
    text = "ПОЛОЖЕНИЕ\nо связи\n1. Срок ответа один день.\nПриложение\n1. Форма заявления.\nПриложение\n1. Форма ответа."
    assert [clause.path for clause in act(text).clauses] == ["1", "прил.1/1", "прил.2/1"]
