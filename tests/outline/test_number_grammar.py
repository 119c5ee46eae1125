"""The grammar of clause numbers: what is one, what only looks like one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.outline.numbering import LETTERS, letter_value, parse_marker, roman, to_roman

NUMBERS = [
    # text, kind, values, label, printed
    ("1. Общие положения", "decimal", (1,), "1", "1."),
    ("1.1. Положение обязательно", "decimal", (1, 1), "1", "1.1."),
    ("3.1.3.1. При зачислении", "decimal", (3, 1, 3, 1), "1", "3.1.3.1."),
    ("2.4 Учитель ведёт журнал", "decimal", (2, 4), "4", "2.4"),
    ("4. 2. Учитель ведёт журнал", "decimal", (4, 2), "2", "4. 2."),
    ("10.Заключительные положения", "decimal", (10,), "10", "10."),
    ("1) проводит уроки;", "paren", (1,), "1", "1)"),
    ("12 ) проводит уроки;", "paren", (12,), "12", "12 )"),
    ("2.1) проводит уроки;", "decimal", (2, 1), "1", "2.1)"),
    ("а) учебный план;", "letter", (1,), "а", "а)"),
    ("я) прочее;", "letter", (29,), "я", "я)"),
    ("ё) прочее;", "letter", (6,), "ё", "ё)"),
    ("b) прочее;", "letter", (2,), "b", "b)"),
    ("б. учебный план", "letter", (2,), "б", "б."),
    ("IV. Права сторон", "roman", (4,), "IV", "IV."),
    ("ІІІ. Права сторон", "roman", (3,), "III", "ІІІ."),
    ("Х. Заключение", "roman", (10,), "X", "Х."),
    ("II Права сторон", "roman", (2,), "II", "II"),
    ("Раздел 2. Права", "section", (2,), "2", "Раздел 2."),
    ("ГЛАВА IX Права", "section", (9,), "IX", "ГЛАВА IX"),
    ("Статья 5. Права", "section", (5,), "5", "Статья 5."),
    ("– расписание;", "bullet", (), "", "–"),
    ("• расписание;", "bullet", (), "", "•"),
    ("Приложение № 2", "annex", (2,), "2", "Приложение № 2"),
    ("Приложение", "annex", (1,), "1", "Приложение"),
    ("Приложение 3 к приказу от 01.09.2024 № 5", "annex", (3,), "3", "Приложение 3"),
]
WORDS = [
    "02.09.2024 утверждён порядок",
    "02.09.24 утверждён порядок",
    "01.09 г. начинается год",
    "2024 год объявлен годом семьи",
    "10 рабочих дней со дня обращения",
    "5 минут длится перерыв",
    "1.5 часа в день",
    "15.30 до 16.00 идут консультации",
    "273-ФЗ устанавливает права",
    "2.4.3648-20 действует с 2021 года",
    "50% уроков проводится очно",
    "0. Нулевой пункт",
    "200.1. Слишком большой номер",
    "12",
    "г. Москва, ул. Садовая",
    "с. Ивановка",
    "А. Иванов ведёт журнал",
    "и. о. директора",
    "С 1 сентября вводится порядок",
    "В школе ведётся журнал",
    "Часть 3 статьи 28 закона обязывает школу",
    "Глава семьи подписывает заявление",
    "Приложение «Сферум» ставит родитель",
    "-5 градусов на улице",
    "",
]
TRUSTED = [("1", "decimal"), ("12", "decimal"), ("г.", "letter"), ("Б.", "letter"), ("-", None), ("200.", "decimal")]


@pytest.mark.parametrize(("text", "kind", "values", "label", "printed"), NUMBERS)
def test_number_is_parsed(text, kind, values, label, printed):
    marker = parse_marker(text)
    assert marker is not None
    assert (marker.kind, marker.values, marker.label, marker.printed) == (kind, values, label, printed)
    assert text[: marker.length].strip() == printed


@pytest.mark.parametrize("text", WORDS)
def test_plain_words_have_no_number(text):
    assert parse_marker(text) is None


@pytest.mark.parametrize(("text", "kind"), TRUSTED)
def test_automatic_numbers_are_believed(text, kind):
    marker = parse_marker(text, trusted=True)
    assert (marker.kind if marker else None) == kind


@pytest.mark.parametrize(
    ("text", "value"), [("IV", 4), ("ХI", 11), ("СС", 200), ("xl", 40), ("IIX", None), ("IIII", None), ("Ж", None), ("", None)]
)
def test_roman(text, value):
    assert roman(text) == value


@given(st.integers(1, 399))
def test_roman_round_trip(value):
    assert roman(to_roman(value)) == value


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_count_from_one(letter):
    assert letter_value(letter) == letter_value(letter.upper()) == LETTERS.index(letter) + 1


HEADS = st.sampled_from(
    ["1.", "1.2.", "3.4.5", "а)", "1)", "IV.", "–", "•", "Глава 2", "Раздел", "Приложение", "№", "02.09.2024", "0", "999", ".", ")", "("]
)


@given(st.lists(st.one_of(HEADS, st.text(max_size=8)), max_size=5).map(" ".join), st.booleans())
def test_any_text_gives_a_marker_inside_it_or_none(text, trusted):
    marker = parse_marker(text, trusted=trusted)
    if marker is not None:
        assert 0 < marker.length <= len(text)
        assert marker.printed in " ".join(text.split()) or marker.printed in text
        assert all(value >= 0 for value in marker.values)
        assert bool(marker.values) is (marker.kind != "bullet")


@given(st.lists(st.integers(1, 28), min_size=2, max_size=5), st.sampled_from(["Учитель", "Школа ведёт журнал"]))
def test_any_dotted_number_before_words_is_one(values, words):
    # Two numbers with a third above 19 may be a date with a two-digit year.
    number = ".".join(map(str, values)) + "."
    marker = parse_marker(f"{number} {words}")
    if len(values) == 3 and values[2] >= 20 and values[1] <= 12:
        assert marker is None
    else:
        assert marker is not None
        assert marker.values == tuple(values)


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1990, 2030), st.text(max_size=20))
def test_no_date_is_a_number(day, month, year, rest):
    assert parse_marker(f"{day:02}.{month:02}.{year} {rest}") is None


@pytest.mark.parametrize("text", ["1." * 20_000, "1. " * 20_000, "а) " * 20_000, "IVX" * 20_000, "Приложение" + " " * 40_000 + "x"])
def test_long_text_is_no_trap(text):
    marker = parse_marker(text)
    assert marker is None or re.match(r"\S+", marker.printed)
