"""What an inspector decided stands in every report, and becomes labelled clauses."""

import io
import json
import xml.dom.minidom
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as open_docx

from analyzer.matching.corpus import read_labelled
from analyzer.model import Document
from analyzer.reports.comments import commented_docx
from analyzer.reports.compose import report
from analyzer.reports.decided import decided, finding_keys, verdict_key, with_decisions
from analyzer.reports.decision import HEAD, UNDECIDED, Decision
from analyzer.reports.docx import report_docx
from analyzer.reports.html import report_html
from analyzer.reports.jsonout import audit_json
from analyzer.reports.labelled import labelled_lines
from analyzer.reports.pdf_notes import annotated_pdf
from analyzer.reports.sarif import report_sarif
from analyzer.reports.text import report_text
from analyzer.reports.xlsx import report_xlsx
from tests.reading.pdf_builder import Page, pdf
from tests.reports.test_pdf_notes import notes as notes_of
from tests.ui import made

DOCUMENT = Document("акт.txt", "a" * 64, "txt", (), True)
AUDIT = made.audit(DOCUMENT, date(2026, 11, 25))
MISSING, PARTIAL, _, CONTRADICTED, COVERED, _ = AUDIT.verdicts
SECOND = AUDIT.act.clauses[1].start


def on(verdict, choice="rejected", **said):
    return {verdict_key(verdict): Decision(verdict_key(verdict), choice, about=verdict.status, **said)}


@pytest.mark.parametrize(
    ("decision", "status", "words"),
    [
        (Decision("k", "confirmed"), "", "подтверждено"),
        (Decision("k", "rejected", "не так"), "", "отклонено; не так"),
        (Decision("k", comment="спросить"), "", "спросить"),
        (
            Decision("k", "rejected", "", "missing", "covered", "3.4"),
            "missing",
            "отклонено; должно быть «урегулировано», п. 3.4",
        ),
        (Decision("k", "rejected", "", "missing"), "covered", "отклонено о прежнем итоге «не найдено»"),
        (Decision("k"), "", ""),
        (
            Decision("k", "confirmed", made_at="2026-11-25T12:00:00+00:00", author="anna@example.org"),
            "",
            "подтверждено (anna@example.org, 25.11.2026)",
        ),
        (Decision("k", comment="спросить", made_at="2026-11-25T12:00:00+00:00"), "", "спросить (25.11.2026)"),
        (Decision("k", made_at="2026-11-25T12:00:00+00:00"), "", ""),
    ],
)
def test_a_decision_in_words(decision, status, words):
    assert decision.words(status) == words


def test_a_verdict_and_the_finding_that_repeats_it_are_decided_together():
    finding = replace(AUDIT.findings[1], requirement=MISSING.requirement)
    audit = replace(AUDIT, findings=(AUDIT.findings[0], finding, AUDIT.findings[2]))
    assert finding_keys(audit)[1] == verdict_key(MISSING)
    found = decided(audit, on(MISSING))
    assert [decision is not None for decision in found.findings] == [False, True, False]
    content = with_decisions(report(audit, ("pp-1678",)), audit, found)
    assert [row.rejected for row in content.findings] == [False, True, False]
    # The program now says something else: the finding stands again, the decision is told.
    later = replace(audit, verdicts=(replace(MISSING, status="partial"), *audit.verdicts[1:]))
    content = with_decisions(report(later, ("pp-1678",)), later, found)
    assert not content.findings[1].rejected
    assert "о прежнем итоге «не найдено»" in content.findings[1].decision


def test_every_report_shows_it():
    key = finding_keys(AUDIT)[0]
    found = decided(AUDIT, {key: Decision(key, "rejected", "это история"), **on(COVERED, "confirmed")})
    content = with_decisions(report(AUDIT, ("pp-1678",)), AUDIT, found)
    words, agreed = "отклонено; это история", "подтверждено"
    docx = open_docx(io.BytesIO(report_docx(content)))
    heads = [[cell.text for cell in table.rows[0].cells] for table in docx.tables]
    assert sum(HEAD in head for head in heads) == 2
    cells = {cell.text for table in docx.tables for row in table.rows for cell in row.cells}
    assert {words, agreed} <= cells
    book = zipfile.ZipFile(io.BytesIO(report_xlsx(content))).read("xl/sharedStrings.xml").decode()
    page, text = report_html([content]), report_text(content, colour=False)
    comments = open_docx(io.BytesIO(commented_docx(content, AUDIT, b""))).comments
    notes = "\n".join(said for _, said, _ in notes_of(annotated_pdf(content, AUDIT, pdf(Page().text(60, 60, "Акт")))))
    for place in (book, page, text, "\n".join(comment.text for comment in comments), notes):
        assert words in place
    certificate = "\n".join(paragraph.text for paragraph in docx.paragraphs)
    for place in (book, page, " ".join(text.split()), certificate):
        assert "Инспектор отклонил 1 замечание." in place
    assert HEAD in book
    assert HEAD in page
    data = audit_json(AUDIT, found)
    assert data["findings"][0]["decision"]["comment"] == "это история"
    assert "decision" not in data["findings"][1]
    results = report_sarif([content])["runs"][0]["results"]
    assert [len(result["suppressions"]) for result in results] == [1, 0, 0]


def test_without_decisions_nothing_changes():
    content = report(AUDIT, ("pp-1678",))
    assert with_decisions(content, AUDIT, UNDECIDED) == content
    assert not content.decided
    assert HEAD not in report_html([content])
    assert "suppressions" not in report_sarif([content])["runs"][0]["results"][0]
    xml.dom.minidom.parseString(zipfile.ZipFile(io.BytesIO(report_docx(content))).read("word/document.xml"))


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        (on(COVERED, "confirmed"), {COVERED.requirement}),
        (on(COVERED), set()),
        (on(COVERED, status="partial"), {f"{COVERED.requirement}~"}),
        (on(PARTIAL, status="covered"), {PARTIAL.requirement}),
        (on(MISSING, status="covered", clause="2", start=SECOND), {MISSING.requirement}),
        (on(CONTRADICTED, status="missing"), set()),
        (on(MISSING), None),
        (on(MISSING, "confirmed"), None),
        (on(PARTIAL), None),
        (on(COVERED, "", comment="подумать"), None),
    ],
)
def test_a_decision_becomes_a_label(said, labels, tmp_path):
    lines = labelled_lines(AUDIT, decided(AUDIT, said))
    (key,) = said
    name = key.split("/")[1]
    if labels is None:
        assert lines == ""
        return
    (tmp_path / "x.jsonl").write_text(lines, encoding="utf-8")
    (record,) = read_labelled(tmp_path / "x.jsonl")
    assert record.text == AUDIT.act.clauses[1].text
    mine = {label for label in json.loads(lines)["labels"] if label.rstrip("~") == name}
    assert mine == labels
    assert json.loads(lines)["checked"] == [name]
    assert (name in record.contradicts) is False


def test_a_named_clause_takes_the_label_from_the_one_that_was_shown():
    first = AUDIT.act.clauses[0]
    lines = labelled_lines(
        AUDIT, decided(AUDIT, on(COVERED, status="contradicted", clause="1", start=first.start))
    )
    records = {record["text"]: record for record in map(json.loads, lines.splitlines())}
    assert records[first.text]["contradicts"] == [COVERED.requirement]
    assert COVERED.requirement in records[first.text]["labels"]
    assert COVERED.requirement not in records[AUDIT.act.clauses[1].text]["labels"]
