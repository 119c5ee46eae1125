"""The cases of ``rules.yaml``: a little act, read as a text file, through the check of the rule's family."""

from datetime import date

import pytest

from analyzer.audit import Settings, audit_document
from analyzer.law.load import rules
from analyzer.reading import read

# READ001 and IGN001 speak of files, REQ002–REQ004 have their cases in the checklists, by requirement.
WITHOUT_CASES = {"IGN001", "READ001", "REQ002", "REQ003", "REQ004"}
CASES = [
    pytest.param(rule, case, id=f"{rule.id}-{'finds' if case.finds else 'passes'}-{index}")
    for rule in rules().rules
    for index, case in enumerate(rule.cases)
]


def found(rule_id: str, text: str, day: date):
    document = read(text.encode(), "case.txt")
    findings = audit_document(document, Settings(as_of=day)).findings
    return [finding for finding in findings if finding.rule == rule_id]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule, case):
    findings = found(rule.id, case.text, case.as_of)
    assert bool(findings) is case.finds
    if case.clause is not None:
        assert case.clause in {finding.clause for finding in findings}
    assert {finding.severity for finding in findings} <= {rule.severity}


def test_every_rule_has_a_case_that_it_finds():
    assert {rule.id for rule in rules().rules if not any(case.finds for case in rule.cases)} == WITHOUT_CASES
