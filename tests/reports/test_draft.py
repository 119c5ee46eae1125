"""«Проект изменений»: what is to be added, in whose name, where."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as open_docx

from analyzer.law.load import checklist
from analyzer.model import Document, Finding
from analyzer.reports.compose import report
from analyzer.reports.draft import draft, draft_docx, filled, instruction, short_name
from tests.ui import made

SCHOOL = "МБОУ «Луговская СОШ»"
REQUIREMENT = checklist("pp-1678").requirements[0]


def drafted(*findings, school=SCHOOL):
    audit = replace(made.audit(Document("а.txt", "a" * 64, "txt", (), True), date(2026, 11, 25)), findings=findings)
    return draft(report(audit, ("pp-1678",)), audit, school)


def lacking(rule, clause=None):
    return Finding(
        rule, "error", "не так", REQUIREMENT.template.strip(), clause, None, None, REQUIREMENT.id, REQUIREMENT.norm
    )


@pytest.mark.parametrize(
    ("template", "school", "clause"),
    [
        ("Школа обеспечивает ___.", SCHOOL, f"{SCHOOL} обеспечивает ___."),
        ("На сайте школы ___. Школа ___.", SCHOOL, f"На сайте {SCHOOL} ___. Школа ___."),
        ("В школе ___.", "Гимназия № 4", "В школе ___."),
        ("Школа ___.", "Гимназия № 4", "Гимназия № 4 ___."),
        ("Школьники и школьный сайт", SCHOOL, "Школьники и школьный сайт"),
        ("Школа ___.", "", "Школа ___."),
        ("Школа ___.", r"МОУ «\1 \g<0>»", r"МОУ «\1 \g<0>» ___."),
    ],
)
def test_a_clause_names_the_school_once(template, school, clause):
    assert filled(template, school) == clause


@pytest.mark.parametrize(
    ("organization", "name"),
    [
        (
            "Муниципальное бюджетное общеобразовательное учреждение «Луговская средняя общеобразовательная школа»",
            SCHOOL,
        ),
        (
            "ЧАСТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ «ЛУГОВСКАЯ ОСНОВНАЯ ОБЩЕОБРАЗОВАТЕЛЬНАЯ ШКОЛА»",
            "ЧОУ «Луговская ООШ»",
        ),
        (SCHOOL, SCHOOL),
        ("Гимназия № 4", "Гимназия № 4"),
        ("Филиал при заводе «Луч»", "Филиал при заводе «Луч»"),
        ("", ""),
    ],
)
def test_a_name_is_shortened_as_documents_do_it(organization, name):
    assert short_name(organization) == name


@pytest.mark.parametrize(
    ("finding", "kind", "words"),
    [
        (lacking("REQ001"), "add", "дополнить пунктом следующего содержания:"),
        (lacking("REQ002", "1"), "complete", "Пункт 1 дополнить; образец полного пункта:"),
        (lacking("REQ003", "1"), "rewrite", "Пункт 1 изложить в следующей редакции:"),
        (lacking("REQ004"), "add", "дополнить пунктом следующего содержания:"),
        (Finding("REF001", "error", "отменён", "Сошлитесь на X", "2"), "references", "Пункт 2: сошлитесь на X"),
        (Finding("ACT001", "warning", "нет даты", "укажите дату"), "other", "Акт: укажите дату"),
    ],
)
def test_what_a_finding_asks_for(finding, kind, words):
    (change,) = drafted(finding).changes
    assert change.kind == kind
    assert instruction(change).endswith(words)
    assert change.wording.startswith(SCHOOL) is (kind in {"add", "complete", "rewrite"})


def test_a_clause_is_rewritten_once_and_notes_ask_for_nothing():
    changes = drafted(
        lacking("REQ003", "1"), lacking("REQ004", "1"), Finding("TERM001", "note", "слово", "замените")
    ).changes
    assert [change.kind for change in changes] == ["rewrite", "complete"]


def test_the_paper_holds_every_change():
    made_up = drafted(lacking("REQ001"), Finding("REF001", "error", "отменён", "Сошлитесь на X", "2"))
    text = ("\n".join(paragraph.text for paragraph in open_docx(io.BytesIO(draft_docx(made_up))).paragraphs)).replace("\u00a0", " ")
    assert text.startswith("ПРОЕКТ ИЗМЕНЕНИЙ")
    assert f"«{made_up.changes[0].wording}»" in text
    assert "2. Пункт 2: сошлитесь на X" in text
    assert f"Основание: {made_up.changes[0].basis}." in text
    assert "25 ноября 2026 г. Вместо" in text


def test_a_full_draft_says_so():
    text = "\n".join(p.text for p in open_docx(io.BytesIO(draft_docx(drafted()))).paragraphs)
    assert "Изменений не требуется" in text
