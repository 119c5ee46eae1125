"""A workbook that is written row by row: formats, sheets, heights; what it says is told elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from analyzer.district.words import SCHOOL_TONES
from analyzer.reports.xlsx import fitted

# Rows go to disk as they are written: a country's matrix does not fit into memory.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LAST_ROW = 1_048_000  # Excel's own limit is a little higher: room for the line that says so
_LINE = "#C3CAD6"
_LINE_HEIGHT, _MOST_LINES = 13.5, 12


@dataclass(frozen=True, slots=True)
class Toned:
    """A cell in the tone of a status or a severity."""

    text: str
    tone: str


Row = Sequence[str | int | float | Toned]
Heads = Sequence[tuple[str, float]]


def _lines(value: str | int | float | Toned, width: float) -> int:
    """Lines of print that a value takes in a column."""
    if isinstance(value, Toned):
        return 1
    return -(-len(value) // max(1, int(width))) if isinstance(value, str) else 1


class Book:
    """A workbook under construction and its formats."""

    def __init__(self, path: Path) -> None:
        """Opens it; nothing is whole before ``close``."""
        self._book: Any = xlsxwriter.Workbook(str(path), _OPTIONS)
        base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        ruled = {**base, "border": 1, "border_color": _LINE, "text_wrap": True}
        head = {**ruled, "bold": True, "bg_color": "#E8EAED", "valign": "vcenter", "align": "center"}
        self.formats = {
            "": self._book.add_format(ruled),
            "free": self._book.add_format(base),
            "wide": self._book.add_format({**base, "text_wrap": True}),
            "title": self._book.add_format({**base, "bold": True, "font_size": 14}),
            "head": self._book.add_format(head),
            "turned": self._book.add_format({**head, "rotation": 90, "bold": False, "valign": "bottom"}),
            "share": self._book.add_format({**ruled, "num_format": "0%"}),
        }
        for name, tone in SCHOOL_TONES.items():
            colours = {"font_color": f"#{tone.ink}", "bg_color": f"#{tone.paper}"}
            self.formats[name] = self._book.add_format({**ruled, **colours, "bold": True, "align": "center"})
        self._book.set_properties({"title": "Проверка локальных актов школ", "author": ""})

    def sheet(self, name: str, widths: Sequence[float], *, title_height: int = 0) -> Sheet:
        """An empty sheet with columns of the given widths.

        Args:
            name: Name on its tab.
            widths: Of the columns, in letters.
            title_height: Points that headings written upwards take.
        """
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&Rс. &P из &N")
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        return Sheet(sheet, self.formats, widths, title_height)

    def table(self, name: str, heads: Heads, rows: Iterable[Row]) -> None:
        """A sheet that is one table with filters.

        Args:
            name: Name on its tab.
            heads: Headings with the width of their columns.
            rows: Taken one by one; those that a sheet cannot hold are told of in its last line.
        """
        sheet = self.sheet(name, [width for _, width in heads])
        sheet.heads(*(head for head, _ in heads))
        sheet.freeze(1, 0)
        count = 0
        for count, row in enumerate(rows, 1):
            if count > _LAST_ROW:
                sheet.line("Остальные строки не вмещает лист Excel: они есть в results.jsonl")
                break
            sheet.cells(*row)
        sheet.filter(max(1, count), len(heads))

    def close(self) -> None:
        """Writes the file."""
        self._book.close()


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(
        self, sheet: Any, formats: dict[str, Any], widths: Sequence[float], title_height: int
    ) -> None:
        """Starts at the top."""
        self._sheet, self._formats, self._widths, self._title_height = sheet, formats, widths, title_height
        self._row = 0

    def line(self, text: str | Toned = "") -> None:
        """A line of free text."""
        self._write(0, text if isinstance(text, Toned) else Toned(text, "free"), "free")
        self._row += 1

    def heads(self, *texts: str, turned: bool = False) -> None:
        """A row of headings."""
        if turned:
            self._sheet.set_row(self._row, self._title_height)
        for index, text in enumerate(texts):
            self._write(index, text, "turned" if turned else "head")
        self._row += 1

    def wide(self, text: str) -> None:
        """A line of free text over all columns, as high as it needs."""
        total, last = int(sum(self._widths)), len(self._widths) - 1
        self._sheet.set_row(self._row, _LINE_HEIGHT * -(-len(text) // total))
        self._sheet.merge_range(self._row, 0, self._row, last, "", self._formats["wide"])
        self._write(0, text, "wide")
        self._row += 1

    def cells(self, *values: str | int | float | Toned) -> None:
        """A row of values; a float is a share."""
        # Not every program makes a row as high as its text when it opens the file.
        needed = max(map(_lines, values, self._widths), default=1)
        if needed > 1:
            self._sheet.set_row(self._row, _LINE_HEIGHT * min(needed, _MOST_LINES))
        for index, value in enumerate(values):
            self._write(index, value, "share" if isinstance(value, float) else "")
        self._row += 1

    def freeze(self, rows: int, columns: int) -> None:
        """Keeps headings in view."""
        self._sheet.freeze_panes(rows, columns)
        self._sheet.repeat_rows(0, rows - 1)

    def filter(self, last: int, columns: int) -> None:
        """Puts filters on the headings."""
        self._sheet.autofilter(0, 0, last, columns - 1)

    def _write(self, column: int, value: str | int | float | Toned, style: str) -> None:
        if isinstance(value, Toned):
            self._write(column, value.text, value.tone)
        elif isinstance(value, str):
            # write_string and never write: whatever an act says stays text.
            self._sheet.write_string(self._row, column, fitted(value), self._formats[style])
        else:
            self._sheet.write_number(self._row, column, value, self._formats[style])
