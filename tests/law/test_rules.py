"""The catalogue of rules and the list of terms: complete, linked, and their mistakes are told."""

import re

import pytest
from pydantic import ValidationError

from analyzer.law.load import checklist, checklist_names, data_dir, rules, terms
from analyzer.law.rules import Rule, RuleCase
from analyzer.law.terms import Terms

# Of the contract, and what came later (ACT005, ACT006, IGN001: notes); severities of ACT003 and ACT004 are milder, since a charter may not ask for a council.
CONTRACT = {
    "REQ001": "error", "REQ002": "warning", "REQ003": "error", "REQ004": "warning", "SUB001": "warning",
    "REF001": "error", "REF002": "warning", "REF003": "note", "REF004": "error",
    "NUM001": "warning", "NUM002": "warning", "NUM003": "warning", "NUM004": "warning", "DATE001": "error",
    "SRV001": "error", "SRV002": "warning", "ACT001": "warning", "ACT002": "warning", "ACT003": "note",
    "ACT004": "note", "ACT005": "note", "ACT006": "note", "IGN001": "note", "TERM001": "note", "TXT001": "note",
    "READ001": "warning",
}  # fmt: skip
RULE = {
    "id": "ABC001", "severity": "note", "title": "Пример", "finds": "примеры", "why": "пример",
    "limits": "всё остальное", "fix": "исправьте", "example_good": "хорошо", "example_bad": "плохо",
}  # fmt: skip


def test_catalogue_is_the_contract():
    assert {rule.id: rule.severity for rule in rules().rules} == CONTRACT


def test_code_raises_no_rule_outside_the_catalogue():
    source = data_dir().parent / "analyzer"
    code = "\n".join(path.read_text("utf-8") for path in (source / "checks").glob("*.py"))
    assert set(re.findall(r"\"([A-Z]{3,5}\d{3})\"", code)) <= set(CONTRACT)


def test_checklists_name_only_known_rules():
    named = {
        rule.partition("/")[0]
        for name in checklist_names()
        for requirement in checklist(name).requirements
        for rule in requirement.contradicted_by
    }
    assert named <= set(CONTRACT)


@pytest.mark.parametrize("change", [{"id": "abc1"}, {"severity": "fatal"}, {"extra": 1}, {"why": ""}])
def test_wrong_rule_is_refused(change):
    assert Rule.model_validate(RULE).id == "ABC001"
    with pytest.raises(ValidationError):
        Rule.model_validate(RULE | change)


def test_clause_of_a_case_that_finds_nothing_is_refused():
    with pytest.raises(ValidationError, match="finds"):
        RuleCase.model_validate({"text": "1. Пункт.", "finds": False, "clause": "1"})


def test_a_term_written_twice_is_refused():
    data = terms().model_dump()
    data["terms"] = [data["terms"][0], data["terms"][0]]
    with pytest.raises(ValidationError, match="дважды"):
        Terms.model_validate(data)
