"""The shipped checklist: complete, linked, and its patterns hold on its own cases."""

from datetime import date

import pytest

from analyzer.language.patterns import compile_pattern, find_any
from analyzer.law.load import checklist, checklist_names, registry

IDS = [
    "5", "5.а", "5.б", "5.в", "5.г", "5.д", "5.е", "5.ж", "6.а", "6.б", "6.в", "7", "11.1", "11.2", "12.1",
    "12.2", "13.а", "13.б", "13.в", "13.г", "13.д", "13.е", "13.ж", "13.з", "14.а", "14.б", "14.в", "14.г",
    "15.1", "15.2", "15.3", "16", "17.1", "17.2",
]  # fmt: skip
LIST = checklist("pp-1678")
CASES = [
    pytest.param(requirement, case, id=f"{requirement.id}-{case.expect}-{index}")
    for requirement in LIST.requirements
    for index, case in enumerate(requirement.cases)
]


def contradicts(turn, text):
    return find_any(turn.any, text) is not None and find_any(turn.unless, text) is None


def test_requirements_stand_in_the_order_of_the_rules():
    assert [requirement.id for requirement in LIST.requirements] == IDS
    assert "pp-1678" in checklist_names()


def test_governing_act_is_registered_and_both_come_into_force_together():
    act = registry().get(LIST.act)
    assert act is not None
    assert {requirement.effective_from for requirement in LIST.requirements} == {act.effective_from}
    assert not LIST.requirements[0].in_force(date(2024, 8, 31))
    assert LIST.requirements[0].in_force(date(2024, 9, 1))


def test_points_that_nobody_has_verified_are_not_printed():
    unsure = {requirement.id for requirement in LIST.requirements if requirement.point is None}
    assert unsure == {"15.1", "15.2", "15.3", "16", "17.1", "17.2"}
    assert all(entry.point_confidence != "high" for entry in LIST.requirements if entry.point is None)


@pytest.mark.parametrize("requirement", LIST.requirements, ids=IDS)
def test_requirement_is_written_out(requirement):
    kinds = [case.expect for case in requirement.cases]
    assert len(kinds) >= 5
    assert kinds.count("covered") >= 2
    assert "partial" in kinds
    assert "none" in kinds
    assert ("restated" in kinds) == (requirement.duty == "determine")
    if requirement.deadline:
        assert "contradicted" in kinds
    assert any(aspect.required for aspect in requirement.aspects)
    assert "___" in requirement.template


def test_every_pattern_compiles():
    patterns = [*LIST.subject.title, *LIST.subject.vocabulary]
    for requirement in LIST.requirements:
        patterns += [pattern for aspect in requirement.aspects for pattern in aspect.patterns]
        patterns += [pattern for turn in requirement.contradictions for pattern in (*turn.any, *turn.unless)]
        patterns += requirement.elsewhere.patterns if requirement.elsewhere else []
        patterns += requirement.precondition.unmet if requirement.precondition else []
    for pattern in patterns:
        compile_pattern(pattern)
        # Tokens never hold an inner hyphen between words: such a pattern could not match.
        assert not any("-" in word.strip("-*") and word[0].isalpha() for word in pattern.split()), pattern


@pytest.mark.parametrize(("requirement", "case"), CASES)
def test_patterns_hold_on_the_cases(requirement, case):
    lacking = [
        aspect.name
        for aspect in requirement.aspects
        if aspect.required and find_any(aspect.patterns, case.text) is None
    ]
    turned = any(contradicts(turn, case.text) for turn in requirement.contradictions)
    if case.expect == "covered":
        assert lacking == []
    if case.expect in {"partial", "restated"}:
        assert lacking
    told_elsewhere = requirement.deadline or requirement.contradicted_by
    if case.expect != "contradicted":
        assert not turned
    elif not told_elsewhere:
        assert turned


@pytest.mark.parametrize("requirement", [entry for entry in LIST.requirements if entry.duty == "determine"])
def test_words_of_the_norm_alone_decide_nothing(requirement):
    needed = [aspect for aspect in requirement.aspects if aspect.required]
    assert any(find_any(aspect.patterns, requirement.norm) is None for aspect in needed)


@pytest.mark.parametrize(
    ("requirement_id", "text"),
    [
        ("12.1", "Школа не вправе отказать в приёме заявления об отказе от дистанционного обучения."),
        ("12.1", "Отказ от ДОТ не требует объяснения причин и принимается в любой день."),
        ("13.б", "Родители не обязаны приобретать компьютер и программное обеспечение."),
        ("13.б", "Запрещается обязывать родителей приобретать ноутбуки и оплачивать интернет."),
        ("13.б", "Родителям обеспечивается доступ к программному обеспечению школы."),
        ("13.б", "Не покупайте ребёнку ноутбук: на время карантина его выдаст школа."),
        ("12.1", "Отказ в приёме допускается только при отсутствии свободных мест."),
        ("7", "Школа обязана использовать государственные информационные системы."),
        ("12.2", "Директор не вправе единолично принимать решение о переходе на дистанционное обучение."),
        ("13.з", "Санитарные правила соблюдаются и на занятиях с применением ДОТ."),
        ("16", "Применение иностранных мессенджеров не допускается."),
        ("6.в", "Программы основного общего образования исключительно с применением ДОТ не реализуются."),
        ("15.1", "Родители не обязаны регистрироваться в мессенджере MAX."),
    ],
)
def test_compliant_wording_does_not_contradict(requirement_id, text):
    requirement = LIST.requirement(requirement_id)
    assert requirement is not None
    assert requirement.contradictions
    for turn in requirement.contradictions:
        assert not contradicts(turn, text), turn.message
