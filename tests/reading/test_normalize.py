import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reading.normalize import clean, clean_line, glue_spaced


@pytest.mark.parametrize(
    ("dirty", "wanted"),
    [
        ("приказ № 816", "приказ № 816"),  # NFKC would make «No»
        ("ст. 13² и…", "ст. 13² и…"),
        ("и\u0306 е\u0308", "й ё"),
        ("дистан\u00adционный", "дистанционный"),
        ("а\u200bб\u200cв\u200dг\u200eд\u200fе\ufeffж", "абвгдеж"),
        ("\u202eтекст\u202c\u2066\u2069", "текст"),
        ("а\x00б\x07в\x9f", "абв"),
        ("№\u00a05\u202f000\u2009руб.\tи", "№ 5 000 руб. и"),
        ("2023\u20112024", "2023-2024"),
        ("а – б — в", "а – б — в"),
        ("строка\r\nдругая\rтретья\x0cчетвёртая\u2028пятая", "строка\nдругая\nтретья\nчетвёртая\nпятая"),
        ("plain ascii", "plain ascii"),
        ("", ""),
    ],
)
def test_clean(dirty: str, wanted: str) -> None:
    assert clean(dirty) == wanted


@given(st.text(max_size=60))
def test_clean_is_stable_and_nfc(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in once)


def test_clean_line_squeezes() -> None:
    assert clean_line("  а\u00a0 \t б\nв  ") == "а б в"


@pytest.mark.parametrize(
    ("spaced", "glued"),
    [
        ("П О Л О Ж Е Н И Е", "ПОЛОЖЕНИЕ"),
        ("П О Л О Ж Е Н И Е  о приёме", "ПОЛОЖЕНИЕ  о приёме"),
        ("п р и к а з ы в а ю:", "приказываю:"),
        ("«У С Т А В»", "«УСТАВ»"),
        ("П Р И К А З  № 5", "ПРИКАЗ  № 5"),
        ("классы А Б В", "классы А Б В"),
        ("и в 5 а классе", "и в 5 а классе"),
    ],
)
def test_glue_spaced(spaced: str, glued: str) -> None:
    assert glue_spaced(spaced) == glued


def test_half_of_a_pair_is_replaced_so_that_the_text_can_be_written():
    assert clean("пункт \udc00 и \ud83d") == "пункт \ufffd и \ufffd"
    clean("пункт \udc00").encode()
