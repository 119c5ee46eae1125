"""The act with Word comments: in the file itself where that can be done, else written anew."""

import io
import logging
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from analyzer.audit import Settings, audit_document
from analyzer.reading import read
from analyzer.reports.comments import commented_docx
from analyzer.reports.compose import report
from tests.reports.made import CHECKLISTS, DAY, LINES, audit


def source(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph().add_run(text).italic = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def hung(data: bytes) -> dict[str, list[str]]:
    """Text of the paragraph at which a comment ends → first lines of its comments."""
    document = Document(io.BytesIO(data))
    comments = {comment.comment_id: comment.text for comment in document.comments}
    found: dict[str, list[str]] = {}
    for node in document.element.body.iter(qn("w:p")):
        for mark in node.iter(qn("w:commentReference")):
            text = "".join(part.text or "" for part in node.iter(qn("w:t")))
            found.setdefault(text, []).append(comments[int(mark.get(qn("w:id")))])
    return found


def commented(data: bytes, form: str = "docx") -> bytes:
    made = audit(form=form)
    return commented_docx(report(made, CHECKLISTS, today=DAY), made, data)


def test_comments_hang_in_the_file_itself():
    data = commented(source(*LINES))
    found = hung(data)
    assert {text: len(said) for text, said in found.items()} == {
        LINES[0]: 1,
        LINES[2]: 2,
        LINES[3]: 1,
        LINES[4]: 1,
        LINES[5]: 1,
    }
    assert all(
        run.italic
        for paragraph in Document(io.BytesIO(data)).paragraphs
        for run in paragraph.runs
        if run.text
    )


def test_a_missing_item_hangs_on_the_nearest_section_and_says_so():
    said = hung(commented(source(*LINES)))[LINES[3]][0]
    assert "REQ001" in said and "такого пункта нет" in said and "раздела «Помощь ученикам»" in said


@pytest.mark.parametrize(
    ("paragraphs", "end"),
    [
        (
            (*LINES[:4], "2.1. Консультации ведёт учитель", "Кудряшова Анна Петровна по средам.", LINES[5]),
            "Кудряшова Анна Петровна по средам.",
        ),
        (
            (
                LINES[0],
                LINES[4],
                *LINES[1:4],
                "2.1.  Консультации  ведёт учитель Кудряшова Анна Петровна по средам.",
                LINES[5],
            ),
            "2.1.  Консультации  ведёт учитель Кудряшова Анна Петровна по средам.",
        ),
    ],
)
def test_a_clause_is_found_where_it_stands(paragraphs, end):
    assert "REQ002" in hung(commented(source(*paragraphs)))[end][0]


def test_a_clause_that_is_not_in_the_file_goes_to_the_title():
    found = hung(commented(source(*LINES[:4])))
    assert sum("не найдено; замечание" in said for said in found[LINES[0]]) == 2


@pytest.mark.parametrize(("form", "data"), [("txt", b""), ("pdf", b"%PDF"), ("docx", b"broken")])
def test_other_files_are_written_anew(form, data, caplog):
    caplog.set_level(logging.CRITICAL)
    found = hung(commented(data, form))
    assert sum(map(len, found.values())) == 6
    assert any(text == f"2.1. {LINES[4][5:]}" for text in found)


def test_a_real_audit_finds_its_clauses_again():
    data = source("ПОЛОЖЕНИЕ", "о применении дистанционных образовательных технологий", *LINES[1:])
    made = audit_document(read(data, "a.docx"), Settings(as_of=DAY))
    found = hung(commented_docx(report(made, CHECKLISTS, today=DAY), made, data))
    assert sum(map(len, found.values())) == len(made.findings)
    assert any("REF001" in said for said in found[LINES[2]])


def test_a_part_that_swells_is_not_opened_in_the_programs_own_process(monkeypatch):
    """Reading never looks at the settings; python-docx parses them whole."""
    stream = io.BytesIO(source(*LINES))
    with zipfile.ZipFile(stream) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    nodes = b"<w:a/>" * 2_100_000
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"</w:settings>", nodes + b"</w:settings>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:  # packed not at all: no ratio betrays it
        for name, data in parts.items():
            new.writestr(name, data)
    monkeypatch.setattr("analyzer.reports.comments.Document", lambda _: pytest.fail("opened"))
    made = Document(io.BytesIO(commented(out.getvalue())))
    assert made.paragraphs[0].text.startswith("Текст акта прочитан из файла")
