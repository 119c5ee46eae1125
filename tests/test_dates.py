"""Dates in the writings of acts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.dates import in_words, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29.12.2012", date(2012, 12, 29)),
        ("от 1.1.2020", date(2020, 1, 1)),
        ("28.08.20", date(2020, 8, 28)),
        ("10.07.92", date(1992, 7, 10)),
        ("29 декабря 2012 г.", date(2012, 12, 29)),
        ("«09» января 2023 г.", date(2023, 1, 9)),
        ("« 5 » мая 2024", date(2024, 5, 5)),
        ("23 мая 2024года", date(2024, 5, 23)),
        ("8 май 2020", date(2020, 5, 8)),
        ("17 мар. 2020", date(2020, 3, 17)),
        ("3 июля 13 г.", date(2013, 7, 3)),
        ("«02» 09 2024", date(2024, 9, 2)),
        ("30/08/2024", date(2024, 8, 30)),
        ("29.12.20l2", date(2012, 12, 29)),
        ("1О.О7.2О13", date(2013, 7, 10)),
        ("01.09.2024 и 5 мая 2025", date(2024, 9, 1)),
        ("31.02.2024", None),
        ("пункт 2.3.1", None),
        ("5, 10, 15", None),
        ("СанПиН 2.4.2.2821-10", None),
        ("«___» ________ 20__ г.", None),
        ("", None),
    ],
)
def test_parse_date(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


@given(st.dates(min_value=date(1951, 1, 1), max_value=date(2050, 12, 31)))
def test_every_writing_is_read_back(day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", f"{day.day}.{day.month}.{day.year}", in_words(day)):
        assert parse_date(f"от {text} № 5") == day
