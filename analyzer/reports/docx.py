"""«Справка о проверке»: the report as an official paper in DOCX."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from analyzer.reports.content import Field, FindingRow, Report
from analyzer.reports.decision import HEAD
from analyzer.reports.palette import TONES
from analyzer.reports.paper import (
    SMALL,
    add_row,
    add_signatures,
    add_table,
    bare_table,
    new_paper,
    shade,
    tint,
    to_bytes,
    write_cell,
)
from analyzer.reports.words import SEVERITY_HEAD, long_date

_WORTH_SAYING_ONCE = 100  # characters
_LONG_ROW = 900  # characters: a row of more may break between pages, else half a page stays empty
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_LEFT = WD_ALIGN_PARAGRAPH.LEFT
_JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
_NOTHING = "—"


def report_docx(content: Report) -> bytes:
    """The report as a DOCX file."""
    document = new_paper("Справка о проверке локального нормативного акта", content.title)
    _head(document, content)
    _summary(document, content)
    _findings(document, content)
    _requirements(document, content)
    _references(document, content)
    _parameters(document, content)
    add_signatures(document, ("Проверку провёл", "Ознакомлен"))
    return to_bytes(document)


def _paragraph(
    document: Any, text: str, *, bold: bool = False, align: Any = _JUSTIFY, indent: bool = True
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
    paragraph.add_run(text).bold = bold
    return paragraph


def _head(document: Any, content: Report) -> None:
    title = _paragraph(document, "СПРАВКА", bold=True, align=_CENTER, indent=False)
    title.runs[0].font.size = Pt(14)
    name = "о проверке локального нормативного акта"
    under = _paragraph(document, name, bold=True, align=_CENTER, indent=False)
    under.paragraph_format.space_after = Pt(10)
    days = (f"Дата проверки: {long_date(content.made_on)}", f"Право на дату: {long_date(content.as_of)}")
    cells = add_row(bare_table(document, (82, 83))).cells
    for cell, text, align in zip(cells, days, (_LEFT, WD_ALIGN_PARAGRAPH.RIGHT), strict=True):
        cell.paragraphs[0].add_run(text)
        cell.paragraphs[0].alignment = align
    document.add_heading("1. Проверенный акт", 1)
    _fields(document, content.requisites)


def _fields(document: Any, fields: tuple[Field, ...], *, size: Any = None) -> None:
    table = bare_table(document, (52, 113))
    for field in fields:
        for cell, text in zip(add_row(table).cells, (f"{field.label}:", field.value), strict=True):
            cell.paragraphs[0].add_run(text).font.size = size
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _summary(document: Any, content: Report) -> None:
    document.add_heading("2. Итог", 1)
    _paragraph(document, content.summary).paragraph_format.space_after = Pt(6)
    tallies = content.statuses
    table = add_table(document, [tally.words.capitalize() for tally in tallies], [33.0] * len(tallies))
    for cell, tally in zip(add_row(table).cells, tallies, strict=True):
        write_cell(cell, str(tally.count), bold=True, align=_CENTER)
        tint(cell, TONES[tally.id])
    note = "«Не найдено» не значит «нарушено»: норма может быть исполнена в другом акте школы. "
    note += "Решение принимает человек."
    _paragraph(document, note).paragraph_format.space_before = Pt(6)
    if content.masked:
        _paragraph(document, "Имена людей в справке скрыты.")


def _findings(document: Any, content: Report) -> None:
    document.add_heading(f"3. Замечания ({len(content.findings)})", 1)
    if not content.findings:
        _paragraph(document, "Замечаний нет.")
        return
    heads = ("№", "Пункт, страница", "Что обнаружено, слова акта, норма", "Рекомендация")
    table = (
        add_table(document, (*heads, HEAD), (10, 20, 56, 53, 26))
        if content.decided
        else add_table(document, heads, (10, 20, 73, 62))
    )
    told = _Told()
    for severity, head in SEVERITY_HEAD.items():
        rows = [finding for finding in content.findings if finding.severity == severity]
        if not rows:
            continue
        cells = add_row(table).cells
        merged = cells[0].merge(cells[-1])
        write_cell(merged, f"{head} ({len(rows)})", bold=True)
        shade(merged, TONES[severity].paper)
        merged.paragraphs[0].paragraph_format.keep_with_next = True
        for finding in rows:
            _finding(table, finding, told, decided=content.decided)


class _Told:
    """Long words that the paper has printed: the same law broken in fifty clauses is set out once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def once(self, text: str, number: int) -> str:
        """The words, or in which row they stand."""
        first = self._numbers.setdefault(text, number)
        return text if first == number or len(text) < _WORTH_SAYING_ONCE else f"см. № {first}"


def _finding(table: Any, finding: FindingRow, told: _Told, *, decided: bool) -> None:
    norm, advice = (told.once(text, finding.number) for text in (finding.norm, finding.fix))
    length = len(finding.message) + len(finding.place.quote) + len(norm)
    cells = add_row(table, keep=length < _LONG_ROW).cells
    number, place, said, fix = cells[:4]
    if decided:
        write_cell(cells[4], finding.decision or _NOTHING)
    write_cell(number, str(finding.number), align=_CENTER)
    write_cell(place, finding.place.words or "акт в целом")
    write_cell(said, f"{finding.rule}. {finding.message}")
    if finding.place.quote:
        write_cell(said, f"В акте: «{finding.place.quote}»", italic=True, more=True)
    if finding.ocr:
        write_cell(said, "Текст распознан с изображения: сверьте с подлинником.", more=True)
    if finding.norm:
        source = f" ({finding.source})" if finding.source else ""
        write_cell(said, f"Норма: {norm}{source}", more=True)
    write_cell(fix, f"{finding.fix_label.capitalize()}:" if finding.is_template else advice)
    if finding.is_template:
        write_cell(fix, advice, more=True)


def _requirements(document: Any, content: Report) -> None:
    document.add_heading(f"4. Требования ({len(content.requirements)})", 1)
    heads = ("Норма", "Требование", "Итог", "Где в акте", "Пояснение")
    table = (
        add_table(document, (*heads, HEAD), (14, 35, 32, 18, 39, 27))
        if content.decided
        else add_table(document, heads, (14, 46, 32, 24, 49))
    )
    for row in content.requirements:
        cells = add_row(table).cells
        name, title, status, places, remark = cells[:5]
        if content.decided:
            write_cell(cells[5], row.decision or _NOTHING)
        write_cell(name, row.id)
        write_cell(title, row.title)
        if row.source:
            write_cell(title, row.source, italic=True, more=True)
        write_cell(status, f"{row.mark} {row.status_words}")
        tint(status, TONES[row.status])
        write_cell(places, row.places or _NOTHING)
        write_cell(remark, row.remark or _NOTHING)


def _references(document: Any, content: Report) -> None:
    document.add_heading(f"5. Ссылки на нормативные акты ({len(content.references)})", 1)
    if not content.references:
        _paragraph(document, "Ссылок на нормативные акты в тексте не найдено.")
        return
    heads = ("Пункт, страница", "Как написано", "Какой это акт", "Состояние", "На что сослаться")
    table = add_table(document, heads, (22, 40, 38, 30, 35))
    for row in content.references:
        place, quote, act, status, successor = add_row(table).cells
        write_cell(place, "; ".join(dict.fromkeys(item.words for item in row.places)) or _NOTHING)
        write_cell(quote, f"«{row.quote}»", italic=True)
        write_cell(act, row.act or _NOTHING)
        write_cell(status, row.status_words)
        tint(status, TONES[row.tone])
        write_cell(successor, row.successor or _NOTHING)


def _parameters(document: Any, content: Report) -> None:
    document.add_heading("6. Как проверено", 1)
    _fields(document, content.parameters, size=SMALL)
    for disclaimer in content.disclaimers:
        paragraph = _paragraph(document, disclaimer)
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True  # signatures never stand alone on a page
        paragraph.runs[0].font.size = SMALL
