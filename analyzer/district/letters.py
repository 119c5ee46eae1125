"""A certificate and a letter for every school, in DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from analyzer.district.html import percent
from analyzer.district.model import Cell, Column, Remark, School, SchoolStatus, Summary
from analyzer.district.words import SCHOOL_MARK, SCHOOL_STATUS, SCHOOL_TONES, STATE
from analyzer.reports.paper import (
    SMALL,
    add_row,
    add_signatures,
    add_table,
    new_paper,
    tied,
    tint,
    to_bytes,
    write_cell,
)
from analyzer.reports.words import SEVERITY, long_date, plural

_CENTER, _RIGHT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_GAPS: tuple[SchoolStatus, ...] = ("contradicted", "missing", "partial")
_SAID: tuple[SchoolStatus, ...] = ("covered", *_GAPS)
_TASKS = {"contradicted": "Привести в соответствие с нормой", "missing": "Дополнить", "partial": "Уточнить"}
_MOST_REMARKS = 200  # rows: behind that the certificate sends its reader to the workbook
_MOST_PLACES = 5
_TERM = timedelta(days=30)
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the papers of one school are made of.

    Attributes:
        stem: How their names begin.
        school: The school.
        remarks: Findings in its acts.
    """

    stem: str
    school: School
    remarks: Sequence[Remark]


def envelopes(
    schools: Sequence[School], remarks: Mapping[tuple[str, str], Sequence[Remark]]
) -> Iterator[Envelope]:
    """One for every school.

    Args:
        schools: The schools.
        remarks: Findings by municipality and school.
    """
    width = len(str(len(schools)))
    for number, school in enumerate(schools, 1):
        stem = _UNFIT.sub("_", school.name).strip("._-")[:_LONGEST] or "школа"
        found = remarks.get((school.municipality, school.name), ())
        # The number keeps apart schools whose names differ only in signs that a disk does not take.
        yield Envelope(f"{number:0{width}d}_{stem}", school, found)


def school_papers(summary: Summary, envelope: Envelope) -> dict[str, bytes]:
    """Name and bytes of the papers of a school.

    Args:
        summary: Of the run; its schools and files are not looked at.
        envelope: The school.
    """
    return {
        f"{envelope.stem}_справка.docx": certificate(summary, envelope.school, envelope.remarks),
        f"{envelope.stem}_письмо.docx": letter(summary, envelope.school, envelope.remarks),
    }


def certificate(summary: Summary, school: School, remarks: Sequence[Remark]) -> bytes:
    """«Справка» about all acts of a school.

    Args:
        summary: Of the run: dates, requirements, parameters; its other schools are not looked at.
        school: The school.
        remarks: Findings in its acts that belong to no requirement.

    Returns:
        A DOCX file.
    """
    document = new_paper("Справка о проверке локальных нормативных актов", school.name)
    _line(document, "СПРАВКА", bold=True, align=_CENTER)
    _line(document, "о проверке локальных нормативных актов", bold=True, align=_CENTER)
    _line(document, _full_name(school), align=_CENTER)
    _text(document, f"Право на дату: {long_date(summary.as_of)} Проверка: {long_date(summary.made_on)}")
    document.add_heading("1. Представленные акты", 1)
    table = add_table(document, ("Акт", "Реквизиты", "По теме", "Файл, состояние"), (62, 34, 22, 47))
    for act in school.acts:
        title, approval, subject, file = add_row(table).cells
        write_cell(title, act.title)
        write_cell(approval, act.approval or "—")
        write_cell(subject, "да" if act.on_subject else "нет")
        write_cell(file, f"{_inside(school, act.path)}: {STATE[act.state]}")
        if act.reason:
            write_cell(file, act.reason, italic=True, more=True)
    document.add_heading("2. Итог", 1)
    _text(document, _outcome(school))
    document.add_heading(f"3. Требования ({len(summary.columns)})", 1)
    _requirements(document, summary.columns, school)
    document.add_heading(f"4. Прочие замечания ({len(remarks)})", 1)
    _remarks(document, school, remarks)
    document.add_heading("5. Как проверено", 1)
    for item in summary.parameters:
        _text(document, f"{item.label}: {item.value}", size=SMALL)
    add_signatures(document, ("Проверку провёл",))
    return to_bytes(document)


def letter(summary: Summary, school: School, remarks: Sequence[Remark]) -> bytes:
    """A letter to the school: what must be mended and by when.

    Args:
        summary: Of the run, as for ``certificate``.
        school: The school.
        remarks: Findings in its acts that belong to no requirement.

    Returns:
        A DOCX file.
    """
    document = new_paper("Письмо об итогах проверки локальных актов", school.name)
    _line(document, "Руководителю", align=_RIGHT)
    _line(document, _full_name(school), align=_RIGHT)
    _line(document, "О результатах проверки локальных нормативных актов", bold=True)
    _text(
        document,
        f"Проведена проверка локальных нормативных актов, представленных школой "
        f"({plural(len(school.acts), 'файл', 'файла', 'файлов')}), на соответствие требованиям, "
        f"действующим на {long_date(summary.as_of)} {_outcome(school)}",
    )
    for head, lines in _tasks(summary, school, remarks):
        _text(document, f"{head}:", keep=True)
        for number, text in enumerate(lines, 1):
            _text(document, f"{number}) {text}")
    day = long_date(_deadline(summary.made_on))
    _text(
        document,
        f"Просим до {day} внести изменения в акты, разместить их на официальном сайте и сообщить об этом. "
        "Подробности — в справке (прилагается). Пункты с пометкой «решает человек» сверьте сами: "
        "программа в них не уверена."
        if school.count(*_GAPS) or remarks or not school.on_subject
        else "Замечаний, требующих исправления, нет.",
    )
    add_signatures(document, ("",))
    return to_bytes(document)


def _tasks(
    summary: Summary, school: School, remarks: Sequence[Remark]
) -> Iterator[tuple[str, Iterable[str]]]:
    if not school.on_subject:
        yield "Принять или представить", ["акт о применении ЭО и ДОТ: среди файлов его нет"]
    for status, head in _TASKS.items():
        lines = [
            _task(school, column, cell)
            for column in summary.columns
            if (cell := school.cells[column.key]).status == status
        ]
        if lines:
            yield head, lines
    errors: dict[str, list[str]] = {}
    for item in remarks:
        if item.severity == "error":
            place = f"{_inside(school, item.act)}, {item.place}".strip(", ")
            errors.setdefault(item.message, []).append(place)
    if errors:
        yield "Исправить ошибки", [f"{message} ({_places(found)})" for message, found in errors.items()]
    unread = [f"{_inside(school, act.path)}: {act.reason}" for act in school.acts if act.state == "failed"]
    if unread:
        yield "Представить заново файлы, которые не читаются", unread


def _places(found: Sequence[str]) -> str:
    more = f" и ещё {len(found) - _MOST_PLACES}" if len(found) > _MOST_PLACES else ""
    return "; ".join(found[:_MOST_PLACES]) + more


def _inside(school: School, path: str) -> str:
    """A path as the school itself knows it: without the folders that stand for the school."""
    for folder in (school.municipality, school.name):
        path = path.removeprefix(f"{folder}/") if folder else path
    return path


def _task(school: School, column: Column, cell: Cell) -> str:
    where = f" ({_inside(school, cell.act)}, {cell.place})" if cell.place else ""
    remark = f": {cell.remark}" if cell.remark else ""
    return f"{column.title} — {column.source}{where}{remark}{'; решает человек' if cell.review else ''}"


def _deadline(day: date) -> date:
    """Thirty days on, moved to Monday from a weekend."""
    end = day + _TERM
    return end + timedelta(days=max(0, 7 - end.isoweekday()) + 1) if end.isoweekday() > 5 else end


def _outcome(school: School) -> str:
    if not school.on_subject and not school.count(*_GAPS, "covered"):
        return "Акта об электронном обучении и дистанционных образовательных технологиях среди файлов нет."
    parts = (f"{SCHOOL_STATUS[status]} {school.count(status)}" for status in _SAID)
    return (
        f"Из требований, обязательных для школы, урегулировано {percent(school.share)} ({', '.join(parts)}). "
        f"Прочих ошибок в актах {school.errors or 'нет'}."
    )


def _requirements(document: Any, columns: Sequence[Column], school: School) -> None:
    table = add_table(document, ("Норма", "Требование", "Итог", "Где", "Пояснение"), (14, 44, 33, 31, 43))
    for column in columns:
        cell = school.cells[column.key]
        name, title, status, place, remark = add_row(table).cells
        write_cell(name, column.id)
        write_cell(title, column.title)
        write_cell(status, f"{SCHOOL_MARK[cell.status]} {SCHOOL_STATUS[cell.status]}")
        tint(status, SCHOOL_TONES[cell.status])
        write_cell(place, f"{_inside(school, cell.act)}, {cell.place}".strip(", ") or "—")
        write_cell(remark, "; ".join(filter(None, (cell.remark, "решает человек" if cell.review else ""))))


def _remarks(document: Any, school: School, remarks: Sequence[Remark]) -> None:
    if not remarks:
        _text(document, "Нет.")
        return
    heads = ("Тяжесть", "Акт, место", "Что обнаружено", "Как исправить")
    table = add_table(document, heads, (26, 37, 56, 46))
    for item in remarks[:_MOST_REMARKS]:
        severity, place, said, fix = add_row(table).cells
        write_cell(severity, SEVERITY[item.severity])
        tint(severity, SCHOOL_TONES[item.severity])
        write_cell(place, f"{_inside(school, item.act)}, {item.place}".strip(", "))
        write_cell(said, f"{item.rule}. {item.message}")
        if item.quote:
            write_cell(said, f"«{item.quote}»", italic=True, more=True)
        write_cell(fix, item.fix)
    if len(remarks) > _MOST_REMARKS:
        _text(document, f"Показаны первые {_MOST_REMARKS}; все — в summary.xlsx.", size=SMALL)


def _full_name(school: School) -> str:
    return ", ".join(filter(None, (school.name, school.municipality)))


def _line(document: Any, text: str, *, bold: bool = False, align: Any = None) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run(text).bold = bold


def _text(document: Any, text: str, *, size: Any = None, keep: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = _JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.5)
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run(tied(text)).font.size = size
