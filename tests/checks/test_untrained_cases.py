"""The cases of the checklists that no model was trained on: a clause through matching and judgement, alone in its act."""

from datetime import date

import pytest

from analyzer.checks.coverage import judge
from analyzer.checks.services import check_services
from analyzer.law.load import checklist, checklist_names
from analyzer.matching.match import match, thresholds
from analyzer.matching.model import shipped
from analyzer.model import Act, Clause, TitleBlock

DAY = date(2026, 11, 1)
NAMES = tuple(name for name in checklist_names() if name != "pp-1678")
CASES = [
    pytest.param(checklist(name), requirement.id, case, id=f"{requirement.id}-{index}-{case.expect}")
    for name in NAMES
    for requirement in checklist(name).requirements
    for index, case in enumerate(requirement.cases)
]


def outcomes(item, text, context=""):
    act = Act(TitleBlock(), (Clause("1.1", "1.1.", text, 2, False, 1, 0, len(text), section=context),))
    model = shipped()
    verdicts = judge(
        act,
        item,
        match(act, item, model),
        thresholds(item, model),
        levels=frozenset(item.levels),
        as_of=DAY,
        on_subject=True,
        findings=check_services(act, DAY),
    )
    return {
        verdict.requirement: "restated"
        if verdict.status == "partial" and verdict.restated
        else "none"
        if verdict.status in {"missing", "not_applicable"}
        else verdict.status
        for verdict in verdicts
    }


@pytest.mark.parametrize(("item", "requirement_id", "case"), CASES)
def test_case(item, requirement_id, case):
    assert outcomes(item, case.text, case.context)[requirement_id] == case.expect
