"""Words of the reports, the summary, the JSON of the contract and the text for a terminal."""

import json
import re
from datetime import date

import pytest

from analyzer.audit import Settings, audit_document
from analyzer.errors import LnaError
from analyzer.law.load import checklist
from analyzer.reading import read
from analyzer.reports.jsonout import audit_json, dumps, error_json, outline_json
from analyzer.reports.summary import summary_line
from analyzer.reports.text import audit_text
from analyzer.reports.words import STATUS, STATUS_MARK, confidence_words, long_date, plural, point_label

TEXT = """ПОЛОЖЕНИЕ
о применении дистанционных образовательных технологий
1. Общие положения
1.1. Положение разработано по приказу Минобрнауки России от 23.08.2017 № 816.
1.2. Техническую помощь ученикам и учителям оказывает инженер по телефону в течение двух часов.
1.4. Уроки проводятся в WhatsApp.
"""


@pytest.fixture(scope="module")
def audit():
    return audit_document(read(TEXT.encode(), "act.txt"), Settings(as_of=date(2026, 11, 1)))


@pytest.fixture(scope="module")
def data(audit):
    return json.loads(dumps(audit_json(audit)))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 пунктов"), (1, "1 пункт"), (2, "2 пункта"), (5, "5 пунктов"), (11, "11 пунктов"), (12, "12 пунктов"),
     (21, "21 пункт"), (24, "24 пункта"), (111, "111 пунктов"), (122, "122 пункта")],
)  # fmt: skip
def test_plural(count, words):
    assert plural(count, "пункт", "пункта", "пунктов") == words


@pytest.mark.parametrize("month", range(1, 13))
def test_long_date(month):
    assert re.fullmatch(r"5 [а-я]+[ая] 2026 г\.", long_date(date(2026, month, 5)))


@pytest.mark.parametrize(("confidence", "words"), [(0.95, "почти наверняка"), (0.7, "скорее всего"), (0.5, "возможно, проверьте")])
def test_confidence(confidence, words):
    assert confidence_words(confidence) == words


def test_a_point_that_is_not_certain_is_not_printed_as_one():
    rules = checklist("pp-1678")
    for requirement in rules.requirements:
        label = point_label(rules, requirement)
        assert label.startswith(rules.short)
        assert ("уточняется" in label) is (requirement.point_confidence != "high")
        assert requirement.point is None or requirement.point in label


def test_every_status_has_its_words_and_mark():
    assert STATUS.keys() == STATUS_MARK.keys() == {"covered", "partial", "missing", "contradicted", "not_applicable"}


def test_summary_counts_what_is_there(audit):
    line = summary_line(audit)
    counts = {status: sum(v.status == status for v in audit.verdicts) for status in STATUS}
    assert f"урегулировано {counts['covered']}, частично {counts['partial']}, не найдено {counts['missing']}" in line
    assert plural(sum(f.severity == "error" for f in audit.findings), "ошибка", "ошибки", "ошибок") in line


REQUIREMENT = {"id", "checklist", "title", "status", "confidence", "review", "restated", "missing_aspects", "evidence"}
CITATION = {
    "clause", "page", "quote", "type", "number", "date", "points", "act_id", "act_number", "act_date", "act_title", "status",
    "repealed_on", "replaced_by",
}  # fmt: skip
FINDING = {"rule", "severity", "message", "clause", "page", "quote", "fix", "requirement"}


def test_json_has_the_shape_of_the_contract(data):
    assert data["schema_version"] == "1"
    assert {"name", "sha256", "format", "pages", "ocr"} <= data["file"].keys()
    assert {"title", "kind", "organization", "approved_on", "approval_number", "on_subject", "clauses"} <= data["act"].keys()
    assert all(entry.keys() >= REQUIREMENT for entry in data["requirements"])
    assert all(evidence.keys() >= {"clause", "page", "quote", "score"} for e in data["requirements"] for evidence in e["evidence"])
    assert all(entry.keys() >= CITATION for entry in data["citations"])
    assert all(entry.keys() >= FINDING for entry in data["findings"])
    assert data["as_of"] == "2026-11-01"
    assert data["act"]["clauses"] == 4


def test_json_summary_adds_up(data):
    summary = data["summary"]
    assert sum(summary[status] for status in STATUS) == len(data["requirements"]) == 34
    assert summary["errors"] + summary["warnings"] + summary["notes"] == len(data["findings"])


def test_json_of_a_citation(data):
    [citation] = data["citations"]
    assert (citation["number"], citation["date"], citation["clause"], citation["status"]) == ("816", "2017-08-23", "1.1", "repealed")
    assert citation["quote"] in TEXT
    assert citation["repealed_on"] == "2024-09-01"


def test_json_of_the_outline(audit):
    tree = outline_json(audit.document, audit.act)
    assert [(c["clause"], c["number"], c["heading"]) for c in tree["clauses"]] == [
        ("1", "1.", True), ("1.1", "1.1.", False), ("1.2", "1.2.", False), ("1.4", "1.4.", False),
    ]  # fmt: skip
    for clause in tree["clauses"]:
        assert clause["text"] in audit.document.text[clause["start"] : clause["end"]]


def test_json_of_an_error():
    error = LnaError("empty", "файл пуст", "выберите другой файл")
    assert error_json("a.pdf", error) == {"file": {"name": "a.pdf"}, "error": {"code": "empty", "message": "файл пуст; выберите другой файл"}}


def test_text_is_made_for_reading(audit):
    text = audit_text(audit, ("pp-1678",), colour=False)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100
    heads = ["ОШИБКИ", "ПРЕДУПРЕЖДЕНИЯ", "ЗАМЕЧАНИЯ", "ТРЕБОВАНИЯ", "ССЫЛКИ НА НОРМАТИВНЫЕ АКТЫ"]
    places = [text.index(f"\n{head}") for head in heads]
    assert places == sorted(places)
    whole = " ".join(text.split())
    assert summary_line(audit) in whole
    for finding in audit.findings:
        assert finding.rule in text
    assert checklist("pp-1678").disclaimer.split(".")[0] in whole


def test_colours_change_nothing_but_colours(audit):
    plain, painted = (audit_text(audit, ("pp-1678",), colour=colour) for colour in (False, True))
    assert "\x1b[31m" in painted
    assert re.sub(r"\x1b\[\d+m", "", painted).split() == plain.split()
