"""The pattern language of the checklists, by the table of ``checklists/README.md``."""

from time import process_time

import pytest

from analyzer.errors import DataError
from analyzer.language.patterns import CLASSES, compile_pattern, find_any, prepare

TABLE = [
    # pattern, text, words found (None: no match)
    ("техническая помощь", "Школа оказывает техническую помощь.", "техническую помощь"),
    ("технический помощь", "О технической помощи", "технической помощи"),
    ("учет", "Ведётся учёт работ", "учёт"),
    ("учёт", "Ведется учет работ", "учет"),
    ("консульт*", "Проводит консультации", "консультации"),
    ("консульт*", "Проводит уроки", None),
    ("срок/период", "В тот же период", "период"),
    ("=не", "не ведёт", "не"),
    ("=не", "нет", None),
    ("школа обязана", "Школа в любом случае обязана", "Школа в любом случае обязана"),
    ("школа обязана", "Школа в любом таком случае обязана", None),  # four words between
    ("школа ... обязана", "Школа в любом таком случае всегда обязана", "Школа в любом таком случае всегда обязана"),
    ("школа ... учебный план", "Школа ведёт учебный процесс и составляет свой учебный план", "Школа ведёт учебный процесс и составляет свой учебный план"),
    ("=моя + школа", "Вход через ФГИС «Моя школа»", "Моя школа"),
    ("=моя + школа", "Моя первая школа", None),  # side by side
    ("школа ... свой + план", "Школа ведёт свой учебный план и свой план уроков", "Школа ведёт свой учебный план и свой план"),
    ("обязана школа", "Школа обязана", None),  # order counts
    ("обязан* & школа", "Школа обязана", "обязана"),
    ("школа & обязан*", "Обязана школа", "школа"),
    ("школа & лицей", "Школа обязана", None),
    ("<число> день", "за 3 дня", "3 дня"),
    ("<число>", "50 процентов", "50"),
    ("<число>", "половина", None),
    ("<срок>", "отвечает в течение дня", "в"),
    ("<срок>", "не позднее 1 мая", "не"),
    ("<дата>", "до 1 сентября", "1"),
    ("<дата>", "01.09.2024", "01.09.2024"),
    ("<время>", "в 15:30", "15:30"),
    ("<лицо>", "отвечает директор", "директор"),
    ("<лицо>", "отвечает школа", None),
    ("<сервис>", "уроки в «Сферуме»", "Сферуме"),
    ("<адрес>", "пишите на help@school.ru", "help@school.ru"),
    ("помощь", "", None),
]


@pytest.mark.parametrize(("pattern", "text", "words"), TABLE)
def test_pattern(pattern, text, words):
    span = find_any([pattern], text)
    assert (text[span[0] : span[1]] if span else None) == words


def test_first_pattern_that_is_found_wins():
    text = "Учитель ведёт журнал"
    assert find_any(["лицей", "журнал", "учитель"], text) == (14, 20)
    assert find_any([], text) is None


@pytest.mark.parametrize("pattern", ["", " ", "...", "а & ", "<погода>", "школа/<погода>"])
def test_wrong_pattern_is_told_in_russian(pattern):
    with pytest.raises(DataError) as caught:
        compile_pattern(pattern)
    assert caught.value.code == "bad_pattern"
    assert f"«{pattern}»" in caught.value.message


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_class_of_the_language_compiles(name):
    assert compile_pattern(f"<{name}>").sequences


def test_long_gaps_do_not_explode():
    text = "школа " * 20_000  # a table without rows; some seconds if every way were tried
    start = process_time()
    assert find_any(["школа ... школа ... школа журнал ... лицей"], text) is None
    assert process_time() - start < 3


def test_prepared_text_is_cached():
    assert prepare("Школа ведёт журнал.") is prepare("Школа ведёт журнал.")
