"""The cases of every requirement: a clause through matching and judgement, as an act of one clause."""

from datetime import date

import pytest

from analyzer.checks.coverage import judge
from analyzer.checks.services import check_services
from analyzer.law.load import checklist
from analyzer.matching.match import match
from analyzer.matching.model import shipped
from analyzer.model import Act, Clause, TitleBlock

DAY = date(2026, 11, 1)
LIST = checklist("pp-1678")
EVERY_LEVEL = frozenset(level for requirement in LIST.requirements for level in requirement.applies_to)
# What the program does not get right yet: case → what comes out instead. Strict: a case that gets right must leave.
KNOWN = {
    "5-2-partial": "covered",
    "5.а-2-partial": "covered",
    "5.б-2-partial": "covered",
    "5.в-2-partial": "covered",
    "5.д-3-none": "partial",
    "6.б-2-partial": "none",
    "6.в-2-partial": "covered",
    "7-2-partial": "covered",
    "11.1-2-partial": "covered",
    "11.1-4-none": "partial",
    "11.2-5-none": "covered",
    "13.в-2-partial": "none",
    "13.г-2-partial": "none",
    "13.е-2-partial": "none",
    "13.з-2-partial": "none",
    "13.з-5-none": "covered",
    "14.а-2-partial": "none",
    "14.в-5-none": "covered",
    "15.1-4-contradicted": "none",
    "15.3-2-partial": "none",
    "17.1-2-partial": "none",
    "17.2-2-partial": "none",
}
CASES = [
    (f"{requirement.id}-{index}-{case.expect}", requirement.id, case)
    for requirement in LIST.requirements
    for index, case in enumerate(requirement.cases)
]


def outcome(requirement_id: str, text: str, context: str) -> str:
    act = Act(TitleBlock(), (Clause("1.1", "1.1.", text, 2, False, 1, 0, len(text), section=context),))
    model = shipped()
    verdicts = judge(
        act,
        LIST,
        match(act, LIST, model),
        dict(zip(model.ids, map(float, model.thresholds), strict=True)),
        levels=EVERY_LEVEL,
        as_of=DAY,
        on_subject=True,
        findings=check_services(act, DAY),
    )
    [verdict] = [verdict for verdict in verdicts if verdict.requirement == requirement_id]
    if verdict.status == "partial" and verdict.restated:
        return "restated"
    return "none" if verdict.status in {"missing", "not_applicable"} else verdict.status


@pytest.mark.parametrize(
    ("requirement_id", "case"),
    [
        pytest.param(
            requirement_id,
            case,
            id=name,
            marks=[pytest.mark.xfail(strict=True, reason=f"comes out as {KNOWN[name]}")] if name in KNOWN else [],
        )
        for name, requirement_id, case in CASES
    ],
)
def test_case(requirement_id, case):
    assert outcome(requirement_id, case.text, case.context) == case.expect


def test_known_failures_are_few_and_real():
    assert set(KNOWN) <= {name for name, _, _ in CASES}
    assert len(KNOWN) <= 0.12 * len(CASES)
