"""The checklists beside pp-1678: pure data, apart from it, and never louder than a warning."""

import pytest

from analyzer.checks.validate import problems
from analyzer.law import USUAL
from analyzer.law.load import checklist, checklist_names, data_dir, indicators, registry

NAMES = tuple(name for name in checklist_names() if name != "pp-1678")
REQUIREMENTS = [
    pytest.param(requirement, id=requirement.id)
    for name in NAMES
    for requirement in checklist(name).requirements
]


def test_shipped_and_valid():
    assert {"digital-environment", "local-act", "pp-1678"} <= set(checklist_names())
    assert [problems(data_dir() / f"{name}.yaml") for name in checklist_names()] == [()] * len(checklist_names())


def test_ids_never_meet():
    ids = [requirement.id for name in checklist_names() for requirement in checklist(name).requirements]
    assert len(ids) == len(set(ids))


def test_when_they_apply():
    applies = {name: checklist(name).applies for name in checklist_names()}
    assert {name for name, when in applies.items() if when == "always"} == set(USUAL)
    assert applies | {"pp-1678": "always", "digital-environment": "asked", "local-act": "asked"} == applies


@pytest.mark.parametrize("name", NAMES)
def test_named_act_is_registered(name):
    assert registry().get(checklist(name).act) is not None
    assert not checklist(name).cite


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_requirement_is_written_out(requirement):
    kinds = [case.expect for case in requirement.cases]
    assert kinds.count("covered") >= 2
    assert kinds.count("none") >= 2
    assert "partial" in kinds or sum(aspect.required for aspect in requirement.aspects) < 3
    assert ("contradicted" in kinds) == bool(requirement.contradictions or requirement.contradicted_by)
    # The first aspect is what the requirement is about: without it nothing counts.
    assert requirement.aspects[0].required
    assert requirement.severity != "error"
    assert "___" in requirement.template


def test_digital_environment_names_the_indicators_that_an_act_can_show():
    points = " ".join(requirement.point or "" for requirement in checklist("digital-environment").requirements)
    shown = {indicator.id for indicator in indicators().indicators if indicator.id in points}
    assert shown >= {"Е4.03", "Е4.04", "Е4.05", "Е4.08", "Е4.01.05"}
