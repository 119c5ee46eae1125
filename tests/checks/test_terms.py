"""TERM001: words of former law, and the places where they are right."""

import pytest

from analyzer.checks.terms import check_terms
from analyzer.law.load import terms
from analyzer.model import Act, Clause, TitleBlock

SCHOOL, PUPILS = "образовательное учреждение", "учащиеся"


def act(*texts: str, ocr: bool = False) -> Act:
    return Act(
        TitleBlock(),
        tuple(
            Clause(f"1.{index}", f"1.{index}.", text, 2, False, 3, 0, len(text), ocr=ocr)
            for index, text in enumerate(texts, 1)
        ),
    )


def told(*texts: str) -> list[str]:
    return [finding.message.split("»")[0].lstrip("«") for finding in check_terms(act(*texts))]


@pytest.mark.parametrize("term", terms().terms, ids=lambda term: term.name)
def test_every_writing_of_every_term_is_found(term):
    beside = " ".join(word.replace("*", "ийся") for word in term.beside)
    for phrase in term.phrases:
        assert term.name in told(f"Школа знает, что такое {phrase.replace('*', 'ий')}. {beside}")


@pytest.mark.parametrize(
    "text",
    [
        "Муниципальное бюджетное общеобразовательное учреждение города Энска",
        "Муниципальное автономное дошкольное образовательное учреждение",
        "Частного общеобразовательного учреждения",
        "муниципальное общеобразовательное учреждение «Лицей № 7»",
        "Муниципальное общеобразовательное учреждение города Нижний Энск «Гимназия»",
        "муниципального общеобразовательного учреждения Ивановской основной школы",
        "Государственное общеобразовательное учреждение средняя школа № 12",
        "СанПиН «Требования к условиям обучения в общеобразовательных учреждениях»",
        'Приказ "Об оснащении компьютерных классов общеобразовательных учреждений"',
        "Учреждение ведёт журнал; образовательная программа учреждения открыта",
    ],
)
def test_names_of_schools_and_titles_of_acts_are_left_alone(text):
    assert told(f"1. {text} соблюдает правила.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Образовательное учреждение назначает ответственного.",
        "В образовательных учреждениях района применяются ДОТ.",
        "Образовательное учреждение использует «Сферум».",
        "За счёт бюджетных средств образовательное учреждение закупает технику.",
        "Под «образовательным учреждением» понимается школа.",
    ],
)
def test_generic_use_is_told(text):
    assert told(text) == [SCHOOL]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Учащиеся получают задания.",), []),
        (("Учащиеся получают задания.", "Обучающимся помогает учитель."), [PUPILS]),
        (("Дети учатся дома.", "Обучающимся помогает учитель."), []),
    ],
)
def test_pupils_are_told_only_beside_the_word_of_the_rules(texts, expected):
    assert told(*texts) == expected


def test_federal_standard_is_right_and_the_old_one_is_not():
    assert told("По федеральному государственному образовательному стандарту.") == []
    assert told("По государственному образовательному стандарту.") == [
        "государственный образовательный стандарт"
    ]


def test_one_note_a_term_with_the_first_clause_its_sentence_and_the_count():
    first = "Порядок обязателен. Образовательное учреждение ждёт, другое образовательное учреждение — нет."
    [finding] = check_terms(act("Начало.", first, "Образовательным учреждениям."))
    assert (finding.rule, finding.severity, finding.clause, finding.page) == ("TERM001", "note", "1.2", 3)
    assert finding.quote == first.split(". ")[1]
    assert "упоминаний в акте: 3" in finding.message
    assert "образовательная организация" in finding.fix


def test_recognised_text_is_marked():
    [finding] = check_terms(act("Образовательное учреждение ведёт журнал.", ocr=True))
    assert finding.ocr
