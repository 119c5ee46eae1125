"""The registry: links, chains, status on a day."""

from datetime import date

import pytest
from pydantic import ValidationError

from analyzer.law.load import registry
from analyzer.law.registry import Registry, fold_number


def entry(act_id, day="2010-01-01", **more):
    return {
        "id": act_id, "type": "order", "issuer": "Ведомство", "date": day, "number": act_id,
        "title": "Об утверждении", "status": "in_force", "topic": "пример", "confidence": "high",
    } | more  # fmt: skip


def made(*entries):
    return Registry.model_validate({"as_of": "2026-02-28", "acts": list(entries)})


CHAIN = made(
    entry("act-a", "2005-05-05", status="repealed", repealed_by="act-b", replaced_by="act-c"),
    entry(
        "act-b",
        "2014-01-09",
        effective_from="2014-04-01",
        status="repealed",
        repealed_on="2017-10-01",
        replaced_by="act-c",
    ),
    entry("act-c", "2023-10-11", effective_from="2024-09-01"),
    entry("act-d", "2020-03-17", status="repealed"),
    entry("act-e", "2010-12-17", replaced_by="act-c", outdated=True),
)


@pytest.mark.parametrize(
    ("act_id", "day", "status"),
    [
        ("act-a", "2005-05-04", "not_yet_in_force"),
        ("act-a", "2014-01-08", "in_force"),
        ("act-a", "2014-01-09", "unknown"),
        ("act-a", "2026-02-27", "unknown"),
        ("act-a", "2026-02-28", "repealed"),
        ("act-b", "2014-03-31", "not_yet_in_force"),
        ("act-b", "2017-09-30", "in_force"),
        ("act-b", "2017-10-01", "repealed"),
        ("act-c", "2024-08-31", "not_yet_in_force"),
        ("act-c", "2024-09-01", "in_force"),
        ("act-d", "2021-01-01", "unknown"),
        ("act-d", "2026-11-01", "repealed"),
        ("act-e", "2026-11-01", "in_force"),
    ],
)
def test_status_on_a_day(act_id, day, status):
    act = CHAIN.get(act_id)
    assert act is not None
    assert CHAIN.status_on(act, date.fromisoformat(day)) == status


def test_chain_and_successor():
    a, c, d = (CHAIN.get(f"act-{name}") for name in "acd")
    assert a and c and d
    assert [act.id for act in CHAIN.chain(a)] == ["act-b", "act-c"]
    assert CHAIN.successor(a) is c
    assert CHAIN.successor(c) is None
    assert CHAIN.successor(d) is None


def test_outdated_and_superseded_are_told_apart():
    assert [act.id for act in CHAIN.acts if act.superseded] == ["act-e"]
    assert [act.id for act in CHAIN.acts if act.outdated] == ["act-e"]
    assert all(not act.superseded for act in registry().acts if act.status == "repealed")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([entry("act-a"), entry("act-a")], "записан дважды"),
        ([entry("act-a", status="repealed", repealed_by="x")], "такого акта в реестре нет"),
        ([entry("act-a", replaced_by="act-b"), entry("act-b", replaced_by="act-a")], "заменяет сам себя"),
        ([entry("act-a", repealed_on="2020-01-01")], "не может иметь repealed_on"),
        ([entry("act-a", effective_from="2009-01-01")], "раньше даты акта"),
        ([entry("act-a", status="repealed", repealed_on="2010-01-01")], "не позже начала действия"),
    ],
)
def test_wrong_registry_is_refused(entries, told):
    with pytest.raises(ValidationError, match=told):
        made(*entries)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("273-ФЗ", "№ 273–фз"),
        ("ТВ-1290/03", "TB-1290/03"),
        ("СП 2.4.3648-20", "CП2.4.3648-20"),
        ("1678", "N 1678"),
    ],
)
def test_spellings_of_a_number(left, right):
    assert fold_number(left) == fold_number(right)


def test_shipped_registry():
    shipped = registry()
    old = shipped.get("order-816-2017")
    assert old is not None
    assert shipped.status_on(old, date(2024, 8, 31)) == "in_force"
    assert shipped.status_on(old, date(2024, 9, 1)) == "repealed"
    new = shipped.successor(old)
    assert new is not None
    assert new.id == "pp-1678-2023"
    assert {act.date.year for act in shipped.by_number("115")} == {2014, 2021}
    assert [act.id for act in shipped.by_number("№ 273-фз")] == ["fz-273-2012"]
    assert shipped.by_number("999999") == ()


@pytest.mark.parametrize(
    ("act_id", "day", "status", "instead"),
    [
        ("minkult-558-2010", "2020-02-17", "in_force", "rosarhiv-236-2019"),
        ("minkult-558-2010", "2020-02-18", "repealed", "rosarhiv-236-2019"),
        ("fz-1-2002", "2013-07-01", "repealed", "fz-63-2011"),
        ("rp-1726-r-2014", "2022-03-30", "in_force", "rp-678-r-2022"),
        ("mintrud-613n-2015", "2026-11-01", "repealed", "mintrud-652n-2021"),
        ("pp-390-2012", "2021-01-01", "repealed", "pp-1479-2020"),
    ],
)
def test_shipped_chains(act_id, day, status, instead):
    act = registry().get(act_id)
    assert act is not None
    assert registry().status_on(act, date.fromisoformat(day)) == status
    successor = registry().successor(act)
    assert successor is not None
    assert successor.id == instead


def test_shipped_entries_without_a_source_do_not_claim_to_be_sure():
    assert [act.id for act in registry().acts if not act.sources and act.confidence == "high"] == []


def test_shipped_notes_are_russian():
    def letters(text, first, last):
        return sum(first <= letter <= last for letter in text.lower())

    assert [a.id for a in registry().acts if letters(a.note, "a", "z") > letters(a.note, "а", "я")] == []


def test_shipped_numbers_of_several_acts_stay_apart_by_date():
    years = {
        number: {act.date.year for act in registry().by_number(number)}
        for number in ("223-ФЗ", "63-ФЗ", "53-ФЗ")
    }
    assert years == {"223-ФЗ": {1995, 2011}, "63-ФЗ": {1996, 2011}, "53-ФЗ": {1998, 2005}}


def test_shipped_chains_go_forward_and_end_in_an_act_that_stands():
    shipped = registry()
    for act in shipped.acts:
        links = (act, *shipped.chain(act))
        assert [link.date for link in links] == sorted(link.date for link in links), act.id
        successor = shipped.successor(act)
        assert successor is None or successor.status == "in_force", act.id
        assert act.date <= shipped.as_of, act.id
        ending = shipped.get(act.repealed_by) if act.repealed_by else None
        assert ending is None or act.repealed_on is None or ending.date <= act.repealed_on, act.id


def test_only_one_act_of_a_number_is_preferred():
    twice = [entry("act-a", number="63-ФЗ", preferred=True), entry("act-b", number="63–фз", preferred=True)]
    with pytest.raises(ValidationError, match="preferred дважды: act-a и act-b"):
        made(*twice)
    assert made(twice[0], twice[1] | {"preferred": False}).acts[0].preferred


def test_preferred_acts_stand_and_have_a_rival():
    preferred = [act for act in registry().acts if act.preferred]
    assert preferred
    assert {act.status for act in preferred} == {"in_force"}
    assert all(len(registry().by_number(act.number)) > 1 for act in preferred)
