"""One model behind all formats: every one of them holds the same findings, requirements and references."""

import io
import json
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document

from analyzer.reports.comments import commented_docx
from analyzer.reports.compose import report
from analyzer.reports.docx import report_docx
from analyzer.reports.html import report_html
from analyzer.reports.jsonout import audit_json, file_json
from analyzer.reports.pdf_notes import annotated_pdf
from analyzer.reports.sarif import report_sarif
from analyzer.reports.text import report_text
from analyzer.reports.xlsx import CELL_LIMIT, fitted, report_xlsx
from tests.reading.pdf_builder import Page, pdf
from tests.reports.made import CHECKLISTS, DAY, LINES, NASTY, audit
from tests.reports.test_pdf_notes import notes

Ids = tuple[list[str], list[str], int]


def content(**more):
    return report(audit(**more), CHECKLISTS, today=DAY)


def of_json() -> Ids:
    data = audit_json(audit())
    groups = {(item["quote"], item["status"], item["resolution"]) for item in data["citations"]}
    return (
        [item["rule"] for item in data["findings"]],
        [item["id"] for item in data["requirements"]],
        len(groups),
    )


def of_text() -> Ids:
    findings, rest = report_text(content(), colour=False).split("ТРЕБОВАНИЯ")
    requirements, references = rest.split("ССЫЛКИ НА НОРМАТИВНЫЕ АКТЫ")
    return (
        re.findall(r"^[✗!·] ([A-Z]{3}\d{3})", findings, re.M),
        re.findall(r"^  \S (\S+)", requirements, re.M),
        len(re.findall(r"^  п\.", references, re.M)),
    )


def of_html() -> Ids:
    page = report_html([content()])
    return (
        re.findall(r'data-rule="(\w+)"', page),
        re.findall(r'class="requirement" data-id="([^"]+)"', page),
        page.count('class="reference"'),
    )


def of_sarif() -> Ids:
    run = report_sarif([content()])["runs"][0]
    bag = run["properties"]["audits"][0]
    return (
        [item["ruleId"] for item in run["results"]],
        [item["id"] for item in bag["requirements"]],
        len(bag["references"]),
    )


def of_xlsx() -> Ids:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(content())))
    rows = {name: list(book[name].iter_rows(min_row=2, values_only=True)) for name in book.sheetnames}
    return [row[2] for row in rows["Замечания"]], [row[0] for row in rows["Требования"]], len(rows["Ссылки"])


def of_docx() -> Ids:
    tables = {
        table.cell(0, 0).text + table.cell(0, 1).text: table
        for table in Document(io.BytesIO(report_docx(content()))).tables
    }
    findings = tables["№Пункт, страница"].rows[1:]
    return (
        [row.cells[2].text.split(".")[0] for row in findings if row.cells[0].text.isdigit()],
        [row.cells[0].text for row in tables["НормаТребование"].rows[1:]],
        len(tables["Пункт, страницаКак написано"].rows) - 1,
    )


@pytest.mark.parametrize("of", [of_text, of_html, of_sarif, of_xlsx, of_docx])
def test_every_format_says_the_same(of):
    expected = of_json()
    assert len(expected[0]) == 6 and len(expected[1]) == 5 and expected[2] == 2
    assert of() == expected


def test_comments_hold_every_finding():
    made = Document(io.BytesIO(commented_docx(content(), audit(), b"")))
    rules = [comment.paragraphs[0].text.split()[1].strip(".") for comment in made.comments]
    assert rules == of_json()[0]


def test_notes_in_a_pdf_hold_every_finding():
    made = audit(form="pdf")
    page = Page()
    for index, line in enumerate(LINES):
        page.text(60, 60 + 20 * index, line)
    found = notes(annotated_pdf(report(made, CHECKLISTS, today=DAY), made, pdf(page)))
    assert sorted(said.split()[1].strip(".") for _, said, _ in found) == sorted(of_json()[0])


def test_what_is_said_again_is_said_once_on_paper():
    """The same law broken in fifty clauses: every finding has its row, the long advice is printed once."""
    advice = "Сошлитесь на действующий акт. " * 10
    rows = tuple(replace(row, fix=advice, norm="") for row in content().findings)
    (table,) = [
        table
        for table in Document(io.BytesIO(report_docx(replace(content(), findings=rows)))).tables
        if table.cell(0, 0).text == "№"
    ]
    cells = [row.cells[3].text.replace("\u00a0", " ") for row in table.rows if row.cells[0].text.isdigit()]
    assert cells == ["Предлагаемая формулировка:\n" * row.is_template + (advice if row.number == 1 else "см. № 1") for row in rows]


@pytest.mark.parametrize("nasty", NASTY)
def test_what_the_act_says_is_never_run(nasty):
    made, source = content(nasty=nasty), audit(nasty=nasty)
    everything = report_text(made, colour=False) + json.dumps(report_sarif([made]), ensure_ascii=False)
    everything += json.dumps(file_json(source.document), ensure_ascii=False)
    page = report_html([made])
    for text in (everything, page):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", text)
    assert "<script" not in page and ("<" not in nasty or "&lt;script" in page)
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(made)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"} and not any(cell.hyperlink for cell in cells)
    for data in (report_docx(made), commented_docx(made, source, b"")):
        assert Document(io.BytesIO(data)).paragraphs
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert not any("vba" in name.lower() or "embeddings" in name for name in package.namelist())
            assert 'TargetMode="External"' not in package.read("word/_rels/document.xml.rels").decode()


def test_page_fetches_and_runs_nothing():
    page = report_html([content()])
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|url\(|https?://", page)


@pytest.mark.parametrize("letter", ["ж", "😀"])
def test_long_cells_are_cut_with_a_mark(letter):
    cut = fitted(letter * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT and "сокращено" in cut
    exact = letter * (CELL_LIMIT // len(letter.encode("utf-16-le")) * 2)
    assert fitted(exact) == exact


def test_workbook_is_easy_to_read():
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(content())))
    assert book.sheetnames == ["Сводка", "Требования", "Замечания", "Ссылки", "Параметры"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
    fills = {
        row[2].value.split(" ", 1)[1]: row[2].fill.fgColor.rgb
        for row in book["Требования"].iter_rows(min_row=2)
    }
    legend = {row[0].value: row[0].fill.fgColor.rgb for row in book["Сводка"].iter_rows(max_col=1)}
    assert fills == {status: legend[status] for status in fills} and fills["не найдено"] != fills["частично"]


def test_certificate_is_an_official_paper():
    made = Document(io.BytesIO(report_docx(content())))
    section = made.sections[0]
    sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides] == [30, 15, 20, 20] and round(section.page_height.mm) == 297
    assert (
        made.styles["Normal"].font.name == "Times New Roman"
        and 12 <= made.styles["Normal"].font.size.pt <= 14
    )
    assert "PAGE" in section.header._element.xml
    for table in made.tables:
        if table.style.name == "Table Grid" and len(table.rows) > 2:
            assert "w:tblHeader" in table.rows[0]._tr.xml
    text = "\n".join(node.text for node in made.element.body.iter() if node.text)
    for part in (
        "СПРАВКА",
        "25 ноября 2026 г.",
        "Школа № 7",
        "30 августа 2024 г.",
        "lna-analyzer",
        "версия",
        "(подпись)",
        "Проверка не полная",
    ):
        assert part in text
