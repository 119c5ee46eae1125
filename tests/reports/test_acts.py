"""The registry for people: found by number, date, words and with slips; its fate on a day."""

from datetime import date

import pytest

from analyzer.errors import LnaError
from analyzer.law.load import registry
from analyzer.reports.act_search import find
from analyzer.reports.acts import fate, find_text, show_text

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("1678", "pp-1678-2023"),
        ("№ 1678", "pp-1678-2023"),
        ("1687", "pp-1678-2023"),
        ("816", "order-816-2017"),
        ("приказ 816", "order-816-2017"),
        ("273", "fz-273-2012"),
        ("273-ФЗ", "fz-273-2012"),
        ("152-фз", "fz-152-2006"),
        ("закон об образовании", "fz-273-2012"),
        ("закон об оброзовании", "fz-273-2012"),
        ("от 29.12.2012", "fz-273-2012"),
        ("29 декабря 2012 года", "fz-273-2012"),
        ("закон об образовании 1992", "law-3266-1-1992"),
        ("персональые данные", "fz-152-2006"),
        ("правила дистанционые технологии 2023", "pp-1678-2023"),
        ("приказ 115 2021", "order-115-2021"),
        ("приказ 115 от 14.02.2014", "order-115-2014"),
        ("СанПиН 2.4.3648-20", "sp-2.4.3648-20"),
        ("моя школа", "pp-1241-2022"),
        ("04-ПГ-МП-24169", "letter-04-pg-mp-24169-2023"),
        ("order-816-2017", "order-816-2017"),
    ],
)
def test_the_first_found_is_the_one_meant(query, first):
    assert find(query)[0].id == first


@pytest.mark.parametrize("act", registry().acts, ids=lambda act: act.id)
def test_every_act_is_found_by_number_and_date(act):
    assert act in find(f"{act.number} от {act.date:%d.%m.%Y}")


@pytest.mark.parametrize("query", ["", "о", "квантовая хромодинамика", "31.12.1999"])
def test_nothing_found_is_said(query):
    assert find(query) == []
    assert "ничего нет" in find_text(query, TODAY)


@pytest.mark.parametrize(
    ("act_id", "day", "expected"),
    [
        ("order-816-2017", date(2024, 8, 31), "действует; утрачивает силу 1 сентября 2024 г."),
        ("order-816-2017", date(2024, 9, 1), "не действует с 1 сентября 2024 г."),
        ("order-816-2017", date(2017, 1, 1), "ещё не действует, вступает в силу 23 августа 2017 г."),
        ("pp-1678-2023", date(2024, 8, 31), "ещё не действует, вступает в силу 1 сентября 2024 г."),
        ("pp-1678-2023", TODAY, "действует"),
        ("order-396-2021", TODAY, "заменён по существу, формальная отмена не проверена"),
        ("letter-gd-39-04-2020", TODAY, "формально не отменён, но написан под прежнее право: проверьте"),
    ],
)
def test_fate_on_a_day(act_id, day, expected):
    assert fate(registry().get(act_id), day) == expected


def test_the_chain_runs_to_the_act_in_force():
    text = show_text("order-2-2014", TODAY)
    assert text.index("№ 816") < text.index("№ 1678")
    assert "ссылаться теперь на: постановление Правительства РФ от 11 октября 2023 г. № 1678" in text
    assert "ссылаться теперь" not in show_text("order-2-2014", date(2016, 1, 1))


@pytest.mark.parametrize("act", registry().acts, ids=lambda act: act.id)
def test_every_act_can_be_shown(act):
    text = show_text(act.id, TODAY)
    assert f"id: {act.id};" in text
    assert "провер" in text or act.confidence == "high"
    for source in act.sources:
        assert source in text


@pytest.mark.parametrize(
    ("written", "near"),
    [("order-816", "order-816-2017"), ("pp-1678", "pp-1678-2023"), ("приказ 816", "order-816-2017")],
)
def test_an_unknown_id_names_the_nearest(written, near):
    with pytest.raises(LnaError) as caught:
        show_text(written, TODAY)
    assert caught.value.code == "unknown_id"
    assert near in caught.value.advice


def test_many_results_are_cut_and_counted():
    text = find_text("приказ", TODAY)
    assert "показаны первые 10" in text
    assert text.count("  id: ") == 10


def test_what_was_not_verified_is_said():
    noted = next(act for act in registry().acts if len(act.note.split()) > 5)
    assert " ".join(noted.note.split()) in " ".join(show_text(noted.id, TODAY).split())
