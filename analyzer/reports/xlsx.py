"""The report as a workbook: summary, requirements, findings, references, parameters."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from analyzer.reports.content import Field, Report
from analyzer.reports.decision import HEAD
from analyzer.reports.palette import TONES
from analyzer.reports.words import RESOLUTION, long_date

CELL_LIMIT = 32_767
"""Characters that a cell can hold: Excel's own limit."""

_CUT_MARK = " … [сокращено: ячейка Excel вмещает 32 767 знаков]"
_LINE, _TALLEST = 13.0, 330.0  # points; Excel takes 409 at most, and so tall a row can no longer be scrolled
_FILL = 1.1  # words do not fill their lines
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: int


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    tone: str = ""


_Row = Sequence["str | int | float | _Cell"]
_REQUIREMENTS = (
    _Column("Норма", 8),
    _Column("Требование", 28),
    _Column("Итог", 17),
    _Column(HEAD, 16),
    _Column("Пояснение", 30),
    _Column("Где в акте", 14),
    _Column("Слова акта", 52),
    _Column("Вероятность итога", 13),
    _Column("Уверенность", 18),
    _Column("Решает человек", 11),
    _Column("Повтор нормы", 10),
    _Column("Чек-лист", 12),
    _Column("Источник нормы", 28),
    _Column("Текст нормы", 120),
)
_FINDINGS = (
    _Column("№", 5),
    _Column("Тяжесть", 17),
    _Column("Правило", 10),
    _Column("Пункт", 9),
    _Column("Стр.", 6),
    _Column("Что обнаружено", 28),
    _Column("Слова акта", 28),
    _Column("Норма", 38),
    _Column("Рекомендация", 34),
    _Column(HEAD, 16),
    _Column("Источник нормы", 26),
    _Column("Требование", 13),
    _Column("С изображения", 14),
    _Column("Отпечаток", 36),
)
_REFERENCES = (
    _Column("Где в акте", 22),
    _Column("Как написано", 50),
    _Column("Какой это акт", 44),
    _Column("Состояние", 34),
    _Column("На что сослаться", 44),
    _Column("Назван как прежний", 12),
    _Column("Запись реестра", 22),
)


def report_xlsx(content: Report) -> bytes:
    """The report as an XLSX file."""
    stream = io.BytesIO()
    book = _Book(xlsxwriter.Workbook(stream, _OPTIONS))
    book.properties(content)
    book.summary(content)
    book.table("Требования", _REQUIREMENTS, _requirements(content), printed=7)
    book.table("Замечания", _FINDINGS, _findings(content), printed=10)
    book.table("Ссылки", _REFERENCES, _references(content), printed=5)
    disclaimers = (Field("Оговорка", text) for text in content.disclaimers)
    book.fields("Параметры", [*content.parameters, *disclaimers])
    book.close()
    return stream.getvalue()


def fitted(text: str) -> str:
    """Text that a cell can hold; what is cut is said to be cut."""
    if len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return text
    room = (CELL_LIMIT - len(_CUT_MARK)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT_MARK


def _height(cells: Iterable[tuple[object, _Column]]) -> float:
    """Points that a row of wrapped text needs: LibreOffice does not fit rows on its own."""
    lines = [
        sum(math.ceil(len(line) * _FILL / column.width) or 1 for line in text.split("\n"))
        for value, column in cells
        if (text := value.text if isinstance(value, _Cell) else str(value))
    ]
    return min(max(lines, default=1) * _LINE + 3, _TALLEST)


def _yes(value: bool) -> str:
    return "да" if value else ""


def _requirements(content: Report) -> Iterable[_Row]:
    for row in content.requirements:
        quotes = "\n\n".join(f"{place.words}: {place.quote}" for place in row.evidence)
        yield (
            row.id,
            row.title,
            _Cell(f"{row.mark} {row.status_words}", row.status),
            row.decision,
            row.remark,
            row.places,
            quotes,
            row.confidence,
            row.confidence_words,
            _yes(row.review),
            _yes(row.restated),
            row.checklist,
            row.source,
            row.norm,
        )


def _findings(content: Report) -> Iterable[_Row]:
    for row in content.findings:
        yield (
            row.number,
            _Cell(row.severity_words, row.severity),
            row.rule,
            row.place.clause,
            row.place.page or "",
            row.message,
            row.place.quote,
            row.norm,
            row.fix,
            row.decision,
            row.source,
            row.requirement,
            _yes(row.ocr),
            row.fingerprint,
        )


def _references(content: Report) -> Iterable[_Row]:
    for row in content.references:
        places = "; ".join(dict.fromkeys(place.words for place in row.places))
        act = row.act or RESOLUTION["unknown"]
        yield (
            places,
            row.quote,
            act,
            _Cell(row.status_words, row.tone),
            row.successor,
            _yes(row.historical),
            row.act_id,
        )


class _Book:
    """A workbook under construction and its formats."""

    def __init__(self, book: Any) -> None:
        self._book = book
        base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        self._plain = book.add_format(base)
        self._bold = book.add_format({**base, "bold": True})
        self._title = book.add_format({**base, "bold": True, "font_size": 14})
        self._text = book.add_format({**base, "border": 1, "border_color": "#C3CAD6"})
        self._share = book.add_format({**base, "border": 1, "border_color": "#C3CAD6", "num_format": "0%"})
        self._head = book.add_format(
            {**base, "bold": True, "border": 1, "bg_color": "#E8EAED", "valign": "vcenter", "align": "center"}
        )
        self._tones = {
            name: book.add_format(
                {
                    **base,
                    "border": 1,
                    "border_color": "#C3CAD6",
                    "bold": True,
                    "font_color": f"#{tone.ink}",
                    "bg_color": f"#{tone.paper}",
                }
            )
            for name, tone in TONES.items()
        }

    def properties(self, content: Report) -> None:
        self._book.set_properties(
            {"title": content.title[:250], "subject": "Проверка локального нормативного акта", "author": ""}
        )

    def summary(self, content: Report) -> None:
        sheet = self._sheet("Сводка", landscape=False)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, 1, 74)
        sheet.merge_range(0, 0, 0, 1, "", self._title)
        self._write(sheet, 0, 0, "Проверка локального нормативного акта", self._title)
        law = Field("Право на дату", long_date(content.as_of))
        lines = [*content.requisites, law, Field("Итог", content.summary)]
        for row, field in enumerate(lines, 2):
            self._write(sheet, row, 0, field.label, self._bold)
            self._write(sheet, row, 1, field.value, self._plain)
            sheet.set_row(row, _height([(field.value, _Column("", 74))]))
        row = len(lines) + 3
        legend = {
            "Требования": (content.statuses, _STATUS_LEGEND),
            "Замечания": (content.severities, _SEVERITY_LEGEND),
        }
        for head, (tallies, meaning) in legend.items():
            self._write(sheet, row, 0, f"{head}: цвет и слово", self._head)
            self._write(sheet, row, 1, "Сколько и что это значит", self._head)
            for row, tally in enumerate(tallies, row + 1):  # noqa: B020  (each block goes on below the last)
                self._write(sheet, row, 0, tally.words, self._tones[tally.id])
                self._write(sheet, row, 1, f"{tally.count} — {meaning[tally.id]}", self._text)
            row += 2

    def table(self, name: str, columns: Sequence[_Column], rows: Iterable[_Row], *, printed: int) -> None:
        """A sheet with a table; ``printed`` columns go on paper, the others are for filters only."""
        sheet = self._sheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            self._write(sheet, 0, index, column.head, self._head)
        last = 0
        for last, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                self._write(sheet, last, index, value, self._text)
            sheet.set_row(last, _height(zip(row[:printed], columns[:printed], strict=True)))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last, printed - 1)

    def fields(self, name: str, fields: Sequence[Field]) -> None:
        sheet = self._sheet(name, landscape=False)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, 1, 90)
        for index, head in enumerate(("Параметр", "Значение")):
            self._write(sheet, 0, index, head, self._head)
        for row, field in enumerate(fields, 1):
            self._write(sheet, row, 0, field.label, self._text)
            self._write(sheet, row, 1, field.value, self._text)
            sheet.set_row(row, _height([(field.value, _Column("", 90))]))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(fields), 1)

    def close(self) -> None:
        self._book.close()

    def _sheet(self, name: str, *, landscape: bool = True) -> Any:
        sheet = self._book.add_worksheet(name)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&L&A&Rс. &P из &N")
        return sheet

    def _write(self, sheet: Any, row: int, column: int, value: str | int | float | _Cell, style: Any) -> None:
        if isinstance(value, _Cell):
            style, value = self._tones.get(value.tone, style), value.text
        if isinstance(value, str):
            # write_string and never write: whatever the act says stays text.
            sheet.write_string(row, column, fitted(value), style)
        else:
            sheet.write_number(row, column, value, self._share if isinstance(value, float) else style)


_STATUS_LEGEND = {
    "covered": "пункт есть, обязательные части названы",
    "partial": "пункт есть, но в нём не хватает обязательной части или повторён только текст нормы",
    "missing": "ни один пункт акта не говорит об этом; норма может быть в другом акте школы",
    "contradicted": "пункт есть, но расходится с нормой",
    "not_applicable": "условие нормы к этой школе или к этому акту не относится",
}
_SEVERITY_LEGEND = {
    "error": "исправить обязательно",
    "warning": "исправить или проверить",
    "note": "обратить внимание",
}
