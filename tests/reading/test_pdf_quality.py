"""Judgement of text layers, and joining of printed lines."""

from __future__ import annotations

import pytest

from analyzer.reading.text_quality import judge
from analyzer.reading.words import join_lines

RUSSIAN = (
    "Настоящее Положение определяет порядок применения электронного обучения и дистанционных образовательных "
    "технологий в школе при реализации образовательных программ."
)


@pytest.mark.parametrize(
    ("text", "readable", "reason"),
    [
        (RUSSIAN, True, "ok"),
        ("ПРИКАЗ ДИРЕКТОРА ШКОЛЫ УТВЕРДИТЬ ПОЛОЖЕНИЕ НАЗНАЧИТЬ ОТВЕТСТВЕННОГО РАБОТНИКА СЕГОДНЯ", True, "ok"),
        (
            "The school of the city and the council of parents agree on rules for the use of computers",
            True,
            "foreign",
        ),
        (
            "Мектеп білім беру бағдарламаларын іске асыруда қашықтықтан оқыту технологияларын қолданады",
            True,
            "foreign",
        ),
        ("5 12 0,5 17 33 4", True, "short"),
        ("", True, "short"),
        ("УТВЕРЖДАЮ Директор", True, "short"),
        (
            "x+,O I:!=`)^m<Pu XmQX^QPu XWKsXWfP'X^PtsC`QPu D<XCP_ fulX JsQsQ CstfXQQ XWs QY ts XC",
            False,
            "latin",
        ),
        (RUSSIAN.encode().decode("latin-1"), False, "mojibake"),
        (RUSSIAN.encode("cp1251").decode("latin-1"), False, "mojibake"),
        ("(cid:87)(cid:12)" * 20, False, "broken"),
        (RUSSIAN[:60] + "\ufffd" * 20, False, "broken"),
        (RUSSIAN[:60] + "\ue001" * 20, False, "broken"),
        ("Hacтoящee Пoлoжeниe oпpeдeляeт пopядoк пpимeнeния элeктpoннoгo oбyчeния в шкoлe", False, "mixed"),
        ("ъщгыв лдорпа жэждл ывапр олдж щшгнек уцйук ячсми тьбю фывап", False, "unknown"),
    ],
)
def test_judge(text: str, readable: bool, reason: str) -> None:
    quality = judge(text)
    assert (quality.readable, quality.reason) == (readable, reason)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["дистан-", "ционное обучение"], "дистанционное обучение"),
        (["информационно-", "образовательной среды"], "информационно-образовательной среды"),
        (["приказ №", "5"], "приказ № 5"),
        (["2023-", "2024"], "2023- 2024"),
        ([], ""),
        (["", "слово"], "слово"),
    ],
)
def test_join_lines(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined
