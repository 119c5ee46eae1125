"""What holds for any document: no crash, offsets inside the text, no invented words, unique places, linear time."""

import re
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_acts import act, document, printed

from analyzer.errors import LnaError
from analyzer.model import Box, Line
from analyzer.outline import outline
from analyzer.reading import read

PIECES = st.sampled_from(
    [
        "ПОЛОЖЕНИЕ", "ПРИКАЗ", "ПРИКАЗЫВАЮ:", "о порядке применения ДОТ", "1. Общие положения", "1.1. Школа обеспечивает:", "1.", "1.2",
        "а) доступ;", "б)", "1) урок;", "2) журнал.", "– связь;", "•", "I. Права", "IV.", "Глава 2. Сроки", "Раздел", "Приложение № 1",
        "Приложение", "к приказу от 01.09.2024 № 5", "УТВЕРЖДЕНО приказом от 01.09.2024 № 5", "Протокол № 1 от 28.08.2024", "п. 2 ч. 3 ст. 16",
        "02.09.2024", "10 рабочих дней", "Директор ______ Иванов И. И.", "г. Заречный", "дистан-", "ционный урок", "МБОУ «Школа № 2»",
        "Учитель проводит урок и ставит отметку в журнал, который ведётся в электронной форме.", "Содержание", "1. Сроки ...... 4", " ", "№", "«»",
    ]
)  # fmt: skip
TEXTS = st.one_of(PIECES, st.text(max_size=30).map(lambda text: " ".join(text.split())))
KINDS = st.sampled_from(["text", "text", "text", "row", "footnote", "textbox"])


@st.composite
def lines(draw, *, boxes: bool):
    result, y = [], 50.0
    for text in draw(st.lists(TEXTS, min_size=1, max_size=25)):
        kind = draw(KINDS)
        y += draw(st.sampled_from([14.0, 14.0, 30.0, -200.0]))
        x = draw(st.sampled_from([60.0, 60.0, 85.0, 300.0]))
        cells = tuple(text.split(", ")) if kind == "row" else ()
        text = " | ".join(cell for cell in cells if cell) if kind == "row" else text
        marker = draw(st.sampled_from(["", "", "", "1.", "2.3.", "а)", "г.", "•", "IV.", "?"])) if not boxes else ""
        result.append(
            Line(
                text, 0, page=draw(st.sampled_from([None, 1, 2])), box=Box(x, y, x + 6.0 * len(text), y + 12.0) if boxes else None,
                marker=marker, kind=kind, cells=cells, bold=draw(st.booleans()),
                centered=draw(st.booleans()), heading=draw(st.sampled_from([None, None, 1])), size=draw(st.sampled_from([None, 12.0, 16.0])),
            )
        )  # fmt: skip
    return result


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def check(source):
    result = outline(source)
    for clause in result.clauses:
        assert 0 <= clause.start <= clause.end <= len(source.text)
        assert clause.level >= 1
        assert clause.path.startswith(clause.part)
        assert not clause.path.endswith("/")
        # The number may be computed and a break hyphen may go; letters and digits are the document's own, in their order.
        assert letters(clause.text) in letters(source.text[clause.start : clause.end])
    starts = [clause.start for clause in result.clauses]
    assert starts == sorted(starts)
    return result


@given(lines(boxes=False))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_paragraphs(made):
    check(document(made))


@given(lines(boxes=True))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_lines_of_print(made):
    check(document(made, whole=False))


@given(st.lists(TEXTS, min_size=1, max_size=20).map("\n".join))
@settings(max_examples=100, deadline=None)
def test_any_text_file_is_read_or_refused_in_russian(text):
    try:
        source = read(text.encode(), "act.txt")
    except LnaError as error:
        assert re.search("[а-я]", error.message)
        return
    check(source)


@pytest.mark.parametrize("text", ["", " ", "1.", "а)", "Приложение", "ПРИКАЗЫВАЮ", "УТВЕРЖДЕНО", "Директор ______", "|||"])
def test_smallest_documents(text):
    check(document([Line(text, 0)]))


UNIT = "{0}. Раздел номер {0}\n{0}.1. Школа обеспечивает доступ к журналу и урокам:\nа) ученикам;\nб) родителям.\n"
SHAPES = {
    "paragraphs": lambda count: document([Line(line, 0) for line in body(count).splitlines()]),
    "print": lambda count: printed(body(count)),
    "nested": lambda count: document([Line(f"{'1.' * min(6, 1 + index % 7)} Пункт", 0) for index in range(4 * count)]),
    "orders": lambda count: document([Line(line, 0) for line in ["ПРИКАЗ", "ПРИКАЗЫВАЮ:", "1. Утвердить акт."] * count]),
    "annexes": lambda count: document([Line(line, 0) for line in ["Приложение № 1", "1. Форма заявления."] * 2 * count]),
    "one long line": lambda count: document([Line("1.1. Школа обеспечивает доступ. " * 4 * count, 0)]),
}


def body(count: int) -> str:
    return "ПОЛОЖЕНИЕ\nо связи\n" + "".join(UNIT.format(1 + index % 150) for index in range(count))


def seconds(source) -> float:
    best = 10.0
    for _ in range(3):
        begin = process_time()
        outline(source)
        best = min(best, process_time() - begin)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape):
    small, large = SHAPES[shape](250), SHAPES[shape](2000)
    # Eight times the work; a quadratic step would take 64 times as long.
    assert seconds(large) < 24 * max(seconds(small), 0.01)


def test_every_numbered_paragraph_becomes_a_clause():
    result = act(body(100))
    assert len(result.clauses) == 400
    assert len({(clause.path, clause.start) for clause in result.clauses}) == 400
