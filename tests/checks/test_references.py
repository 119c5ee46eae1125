"""REF001–REF004: who is condemned, how severely, and with what advice."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.checks.references import check_references
from analyzer.citations import find_citations
from analyzer.citations.naming import act_name
from analyzer.law.checklist import Checklist
from analyzer.law.load import checklist, registry
from analyzer.law.registry import RegisteredAct
from analyzer.model import Act, Clause, Finding, TitleBlock

DAY = date(2026, 11, 1)


def findings(
    *texts: str, day: date = DAY, checklists: tuple[Checklist, ...] = (), ocr: bool = False
) -> list[Finding]:
    act = Act(
        TitleBlock(),
        tuple(
            Clause(f"1.{i}", f"1.{i}.", text, 2, False, i, 0, 0, ocr=ocr) for i, text in enumerate(texts, 1)
        ),
    )
    return check_references(act, find_citations(act, day), checklists, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("приказ Минобрнауки России от 23.08.2017 № 816", [("REF001", "error")]),
        ("приказа № 816", [("REF001", "error")]),
        ("СанПиН 2.4.2.2821-10", [("REF001", "error")]),
        ("приказ Минобразования России от 18.12.2002 № 4452", [("REF001", "warning")]),
        ("приказ Минобрнауки России от 06.10.2009 № 373", [("REF001", "warning")]),
        ("приказ Минобрнауки России от 23.08.2018 № 816", [("REF002", "warning"), ("REF001", "warning")]),
        ("приказ Минпросвещения России от 23.08.2017 № 816", [("REF002", "warning"), ("REF001", "warning")]),
        ("постановление Правительства РФ от 11.10.2024 № 1678", [("REF002", "warning")]),
        ("Постановление Правительства РФ от 11.10.2023 № 1687", [("REF002", "warning")]),
        ("приказ Минпросвещения России от 01.02.2024 № 7777", [("REF003", "note")]),
        ("приказ № 115", [("REF003", "note")]),
        ("письмо Минпросвещения России от 12.10.2020 № ГД-1736/03", [("REF003", "warning")]),
        ("постановление Правительства РФ от 11.10.2023 № 1678, ФЗ-273, СП 2.4.3648-20, ТК РФ", []),
        ("приказ Комитета образования города Зареченска от 26.03.2020 № 215", []),
        ("приказ директора школы от 26.03.2020 № 215", []),
        ("приказ Минобрнауки России № 816 утратил силу", []),
        ("взамен приказа Минобрнауки России от 23.08.2018 № 816", []),
        ("ранее действовал приказ Минпросвещения России от 01.02.2024 № 7777", []),
    ],
)
def test_rule_and_severity(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(finding.rule, finding.severity) for finding in findings(text)] == expected


def test_repealed_act_names_the_act_to_cite_instead() -> None:
    (finding,) = findings("Школа применяет приказ Минобрнауки России от 23.08.2017 № 816.", ocr=True)
    assert "1 сентября 2024 г." in finding.message
    assert "постановление Правительства РФ от 11 октября 2023 г. № 1678" in finding.fix
    assert (finding.clause, finding.page, finding.ocr) == ("1.1", 1, True)
    assert finding.quote == "приказ Минобрнауки России от 23.08.2017 № 816"


def test_act_in_force_on_the_day_is_not_condemned() -> None:
    assert findings("приказ Минобрнауки России от 23.08.2017 № 816", day=date(2024, 8, 31)) == []


def test_superseded_act_is_never_called_void() -> None:
    (finding,) = findings("приказ Минобрнауки России от 06.10.2009 № 373")
    assert "не проверена" in finding.message
    assert "утратил" not in finding.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("приказ Минобрнауки России от 23.08.2018 № 816", "дата 23.08.2018 вместо 23.08.2017"),
        ("Постановление Правительства РФ от 11.10.2023 № 1687", "номер 1687 вместо 1678"),
        ("приказ Минпросвещения России от 23.08.2017 № 816", "назван орган Минпросвещения России"),
    ],
)
def test_mismatch_says_what_differs(text: str, words: str) -> None:
    assert words in findings(text)[0].message


def test_ambiguous_reference_names_the_candidates() -> None:
    (finding,) = findings("приказ № 115")
    assert "22 марта 2021 г." in finding.message
    assert "14 февраля 2014 г." in finding.message


def test_unknown_act_is_noted_once_and_repealed_act_each_time() -> None:
    unknown, ended = "приказ Минпросвещения от 01.02.2024 № 7777", "приказ Минобрнауки от 23.08.2017 № 816"
    found = findings(unknown, ended, unknown, ended)
    assert [finding.rule for finding in found] == ["REF003", "REF001", "REF001"]


@pytest.mark.parametrize(
    ("text", "day", "rules"),
    [
        ("Школа применяет ФЗ-273.", DAY, ["REF004"]),
        ("Школа применяет постановление Правительства РФ № 1678.", DAY, []),
        ("Школа применяет постановление Правительства РФ от 11.10.2024 № 1678.", DAY, ["REF002"]),
        ("До 2027 года действовало постановление Правительства РФ № 1678.", DAY, ["REF004"]),
        ("Школа применяет ФЗ-273.", date(2024, 8, 31), []),
    ],
)
def test_governing_act_must_be_cited(text: str, day: date, rules: list[str]) -> None:
    assert [finding.rule for finding in findings(text, day=day, checklists=(checklist("pp-1678"),))] == rules


def test_governing_act_comes_with_words_to_insert() -> None:
    (finding,) = findings(checklists=(checklist("pp-1678"),))
    assert (finding.severity, finding.clause, finding.quote) == ("error", None, None)
    assert (
        "постановлением Правительства РФ от 11 октября 2023 г. № 1678 «Об утверждении Правил" in finding.fix
    )
    assert finding.norm is not None
    assert finding.norm.endswith("при реализации образовательных программ»")


def test_checklist_without_cite_asks_for_nothing() -> None:
    silent = checklist("pp-1678").model_copy(update={"cite": False})
    assert findings("Школа работает.", checklists=(silent,)) == []


@pytest.mark.parametrize("act", [act for act in registry().acts if act.confidence == "low"], ids=lambda act: act.id)
def test_entry_of_low_confidence_is_never_an_error(act: RegisteredAct) -> None:
    found = findings(f"Школа применяет {act_name(act)}.")
    assert "error" not in {finding.severity for finding in found}
    if act.status == "repealed":
        assert "REF001" in {finding.rule for finding in found}


def test_governing_act_of_low_confidence_is_no_error_when_not_cited() -> None:
    doubtful = next(act for act in registry().acts if act.confidence == "low" and act.status == "in_force")
    item = checklist("pp-1678").model_copy(update={"act": doubtful.id})
    assert [(f.rule, f.severity) for f in findings("Текст.", checklists=(item,))] == [("REF004", "warning")]
