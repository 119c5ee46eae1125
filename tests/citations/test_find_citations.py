"""References in many writings: what is found, what it resolves to, and what is no reference."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyzer.citations import find_citations, find_in_text
from analyzer.law.load import registry
from analyzer.model import Act, Citation, Clause, TitleBlock

DAY = date(2026, 11, 1)
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))


def outcome(citation: Citation) -> str:
    result = {
        "exact": citation.act_id,
        "near": f"~{citation.act_id}",
        "ambiguous": "|".join(citation.candidates),
    }.get(citation.resolution, citation.resolution)
    return f"{'-' if citation.historical else ''}{citation.quote} => {result}"


def clauses(*texts: str) -> Act:
    return Act(
        TitleBlock(),
        tuple(Clause(str(i), f"{i}.", text, 1, False, i, 0, len(text)) for i, text in enumerate(texts, 1)),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_writing(case: dict[str, Any]) -> None:
    assert [outcome(citation) for citation in find_in_text(case["text"], DAY)] == case["expect"]


def test_table_is_large_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("text", "number", "day", "kind"),
    [
        ("приказ Минпросвещения России от «22» марта 2021 г. № 115", "115", date(2021, 3, 22), "order"),
        ("Закон РФ от 10.07.92 № 3266–1", "3266-1", date(1992, 7, 10), "law"),
        (
            "постановление Правительства РФ от 1О.О7.2О13 № 582",
            "582",
            date(2013, 7, 10),
            "government_resolution",
        ),
        ("постановление Правительства РФ № 1б78", "1678", None, "government_resolution"),
        ("распоряжение Правительства РФ № 1105 - р", "1105-р", None, "government_order"),
        ("приказ Минтруда России от 18.10.2013 № 544 н", "544н", date(2013, 10, 18), "order"),
        ("Ф3 № 273-Ф3", "273-ФЗ", None, "federal_law"),
    ],
)
def test_requisites(text: str, number: str, day: date | None, kind: str) -> None:
    (citation,) = find_in_text(text, DAY)
    assert (citation.number, citation.date, citation.type) == (number, day, kind)
    assert citation.resolution == "exact"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("часть 3 статьи 16 Федерального закона № 273-ФЗ", [("ч. 3", "ст. 16")]),
        ("частями 10 и 11 статьи 11 ФЗ-273", [("ч. 10 и 11", "ст. 11")]),
        ("Федеральный закон № 273-ФЗ (статьи 13, 15, 16-18)", [("ст. 13, 15, 16-18",)]),
        (
            "подпунктом «д» пункта 4 Положения о системе, утверждённого постановлением № 1241",
            [("подп. «д»", "п. 4")],
        ),
        ("абзац второй п. 3.1. ст. 16 273-ФЗ", [("абз. второй", "п. 3.1", "ст. 16")]),
        ("ст. 16 ФЗ-273, ч. 1 ст. 9 152-ФЗ", [("ст. 16",), ("ч. 1", "ст. 9")]),
        ("ФЗ-273, п. 5 Положения о школе", [()]),
        ("пункт 3 раздела. Закон № 273-ФЗ", [()]),
    ],
)
def test_points(text: str, points: list[tuple[str, ...]]) -> None:
    assert [citation.points for citation in find_in_text(text, DAY)] == points


def test_offsets_survive_broken_lines() -> None:
    text = "Основание:\nприказ Мини-\nстерства просве-\nщения РФ\nот 22.03.2021 №\n115."
    (citation,) = find_in_text(text, DAY)
    assert text[citation.start : citation.end].startswith("приказ Мини-\n")
    assert text[citation.start : citation.end].endswith("115")
    assert citation.quote == "приказ Министерства просвещения РФ от 22.03.2021 № 115"


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2023, 10, 1), "in_force"), (date(2024, 8, 31), "in_force"), (date(2024, 9, 1), "repealed")],
)
def test_status_on_a_day(day: date, status: str) -> None:
    (citation,) = find_in_text("приказ Минобрнауки России от 23.08.2017 № 816", day)
    assert citation.status == status


def test_short_forms_know_the_clauses_before() -> None:
    act = clauses(
        "Приказ Комитета образования города Зареченска от 26.03.2020 № 215 и приказ Минпросвещения № 115.",
        "По приказу № 215 и по приказу № 115 школа отчитывается.",
    )
    found = find_citations(act, DAY)
    assert [(c.clause, c.page, c.resolution, c.act_id) for c in found] == [
        ("1", 1, "local", None),
        ("1", 1, "exact", "order-115-2021"),
        ("2", 2, "local", None),
        ("2", 2, "exact", "order-115-2021"),
    ]


def test_pointing_word_without_an_act_before_it_is_no_reference() -> None:
    assert find_in_text("Указанный приказ размещается на сайте, названное письмо хранится.", DAY) == ()


def test_every_issuer_of_the_registry_is_known_to_the_grammar() -> None:
    for act in registry().acts:
        if act.type in {"federal_law", "law", "code"}:
            continue
        (citation,) = find_in_text(f"письмо {act.issuer.replace(', ', ' и ')} от 01.02.1901 № 77777", DAY)
        assert citation.issuer == act.issuer


@pytest.mark.parametrize(
    "unit",
    [
        "приказ Минобрнауки № 816 утратил силу, приказы от 1.1.2014 № 2 «Об «утв», (в ред. ",
        "закон об образовании и ",
        "Федеральный закон «",
        "п. 1 ст. 2, ",
        "взамен приказа Минобрнауки № 816; ",
        "от 1.1.2014 № 1, ",
        "((((",
        "1.1.",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            find_in_text(text, DAY)
            best = min(best, time.process_time() - start)
        return best

    small, large = unit * (4000 // len(unit)), unit * (32000 // len(unit))
    seconds(small)
    # Eight times the text: quadratic time would be 64 times; the floor keeps the clock's noise out.
    assert seconds(large) < 24 * max(seconds(small), 0.002)


def test_references_of_the_title_block_come_first_and_once() -> None:
    ground = "На основании приказа Минобрнауки России от 23.08.2017 № 816 и Устава школы"
    block = TitleBlock(text=f"ПОЛОЖЕНИЕ\nоб электронном обучении\n{ground}\nПорядок по ФЗ № 273 принят.")
    act = Act(block, clauses("Порядок по ФЗ №  273 принят.", "Ссылка на 152-ФЗ.").clauses)
    assert [(citation.clause, citation.act_id) for citation in find_citations(act, DAY)] == [
        ("", "order-816-2017"),
        ("1", "fz-273-2012"),
        ("2", "fz-152-2006"),
    ]
