"""Names of persons leave no report when they are to be hidden; names of schools and services stay."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from analyzer.model import Act, Clause
from analyzer.reports.bundle import papers
from analyzer.reports.comments import commented_docx
from analyzer.reports.compose import report
from analyzer.reports.mask import MASK, mask_names
from analyzer.reports.render import render
from tests.reports.made import CHECKLISTS, DAY, audit

HIDDEN = ("Кудряшова", "Сомов", "Лосева")


def masked_text(text: str) -> str:
    made = replace(
        audit(), act=Act(audit().act.title_block, (Clause("1", "1.", text, 1, False, 1, 0, len(text)),))
    )
    return mask_names(made).act.clauses[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Помощь оказывает инженер Петров И. И. по телефону.",
            f"Помощь оказывает инженер {MASK} по телефону.",
        ),
        ("Утверждено директором И.В. Сидоровой.", f"Утверждено директором {MASK}."),
        ("Заявление подают Кузнецовой Марии Ильиничне.", f"Заявление подают {MASK}."),
        ("Кузнецов А.А. | лаборант | учётные записи", f"{MASK} | лаборант | учётные записи"),
        (
            "Школа имени Г. М. Зорина работает по ул. Гагарина.",
            "Школа имени Г. М. Зорина работает по ул. Гагарина.",
        ),
        (
            "Гимназия имени академика Н.Г. Зимина, школа им. дважды Героя Советского Союза П. П. Хромова.",
            "Гимназия имени академика Н.Г. Зимина, школа им. дважды Героя Советского Союза П. П. Хромова.",
        ),
        (
            "МБОУ «Школа имени Г.М. Зорина», директор Г.М. Зорин; распоряжение Зорина Г. М. подписано.",
            f"МБОУ «Школа имени Г.М. Зорина», директор {MASK}; распоряжение {MASK} подписано.",
        ),
        ("Приказ от имени директора Лосевой И. И. подписан.", f"Приказ от имени директора {MASK} подписан."),
        ("УТВЕРЖДАЮ ЛОЖКИН ПЁТР ИВАНОВИЧ", f"УТВЕРЖДАЮ {MASK}"),
        ("Классный руководитель 5 «А» Н. Птицына", f"Классный руководитель 5 «А» {MASK}"),
        ("И.И. Иванова замещает Иванову И. И.", f"{MASK} замещает {MASK}"),
        ("ПОЛОЖЕНИЕ О ДИСТАНЦИОННОМ ОБУЧЕНИИ", "ПОЛОЖЕНИЕ О ДИСТАНЦИОННОМ ОБУЧЕНИИ"),
        ("Занятия идут в «Сферуме» и в Среде школы.", "Занятия идут в «Сферуме» и в Среде школы."),
        (
            "Ст. 16 Закона № 273-ФЗ, п. 5, г. Казань, 1 А. Класс",
            "Ст. 16 Закона № 273-ФЗ, п. 5, г. Казань, 1 А. Класс",
        ),
    ],
)
def test_only_persons_are_hidden(text, expected):
    assert masked_text(text) == expected


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_no_format_lets_a_name_out(form):
    plain = render(form, [("a.txt", audit())], CHECKLISTS, alone=True)
    hidden = render(form, [("a.txt", mask_names(audit()))], CHECKLISTS, alone=True, masked=True)
    assert "Кудряшова" in plain and "Кудряшова" not in hidden and "Сомов" not in hidden and MASK in hidden


def test_papers_are_written_anew_without_names():
    made = mask_names(audit(form="pdf"))
    content = report(made, CHECKLISTS, today=DAY, masked=True)
    assert [name for name, _ in papers(content, made, b"")] == [
        "справка.docx",
        "таблица.xlsx",
        "замечания.docx",
    ]
    act = Document(io.BytesIO(commented_docx(content, made, b"")))
    everything = ["\n".join([act.element.xml, *(comment.text for comment in act.comments)])]
    for name, make in papers(content, made, b""):
        with zipfile.ZipFile(io.BytesIO(make())) as package:
            parts = [package.read(part).decode() for part in package.namelist() if part.endswith(".xml")]
        assert MASK in "".join(parts), name
        everything += parts
    assert not any(name in text for name in HIDDEN for text in everything)


def test_findings_stay_as_they_are_counted():
    plain, hidden = audit(), mask_names(audit())
    assert [item.rule for item in hidden.findings] == [item.rule for item in plain.findings]
    assert [item.status for item in hidden.verdicts] == [item.status for item in plain.verdicts]
