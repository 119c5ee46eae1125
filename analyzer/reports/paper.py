"""What python-docx leaves to be done for a Russian official paper: A4, fonts, page numbers, table headers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analyzer.reports.palette import Tone

FONT = "Times New Roman"
BODY, SMALL = Pt(12), Pt(10)
_LOOSE = re.compile(r"(?<=\d) (?=г\.)|(?<=№) (?=\d)|(?<=\bп\.) (?=\d)|(?<=подп\.) ")


def new_paper(title: str, subject: str) -> Any:
    """An empty A4 document, margins 30/15/20/20 mm, the number on top of every page but the first."""
    document = Document(io.BytesIO(_blank()))
    properties = document.core_properties
    properties.title, properties.subject, properties.author = title[:250], subject[:250], ""
    properties.comments, properties.keywords, properties.language = "", "", "ru-RU"
    properties.created = properties.modified = datetime.now()
    return document


@cache
def _blank() -> bytes:
    """What all papers begin with; made once, for the letters of a region are tens of thousands."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _fonts(document)
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number, "PAGE")
    return to_bytes(document)


def to_bytes(document: Any) -> bytes:
    """The document as a file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fonts(document: Any) -> None:
    """One typeface everywhere, black headings, Russian as the language of the speller."""
    for style in document.styles:
        if getattr(style, "font", None) is None:
            continue
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]  # theme fonts would win over the named one
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.font.color.rgb = RGBColor(0, 0, 0)
    normal = document.styles["Normal"]
    normal.font.size = BODY
    normal.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.get_or_add_rPr().append(language)
    heading = document.styles["Heading 1"]
    heading.font.size, heading.font.bold = Pt(13), True
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(6)
    heading.paragraph_format.keep_with_next = True


def _field(paragraph: Any, code: str) -> None:
    """A field that Word computes, like the number of the page."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)


def add_table(document: Any, heads: Sequence[str], widths: Sequence[float]) -> Any:
    """A ruled table with a header that every page repeats.

    Args:
        document: Where it goes.
        heads: Words of the header.
        widths: Widths of the columns in millimetres.
    """
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _padding(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
        cell.width = Mm(width)
        write_cell(cell, head, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
        shade(cell, "E8EAED")
    _row_flag(table.rows[0], "w:tblHeader")
    _row_flag(table.rows[0], "w:cantSplit")
    return table


def bare_table(document: Any, widths: Sequence[float]) -> Any:
    """A table without rules and rows: columns of the given widths in millimetres."""
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _padding(table: Any) -> None:
    """A little air above and below the words of every cell."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "85"), ("bottom", "40"), ("right", "85")):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), width)
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def add_row(table: Any, *, keep: bool = True) -> Any:
    """A row with the widths of the table's columns; short rows are kept on one page."""
    row = table.add_row()
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    if keep:
        _row_flag(row, "w:cantSplit")
    return row


def tied(text: str) -> str:
    """Text in which no line ends between a number and the sign that belongs to it: «2024 г.», «№ 816»."""
    return _LOOSE.sub("\u00a0", text)


def write_cell(
    cell: Any, text: str, *, bold: bool = False, italic: bool = False, align: Any = None, more: bool = False
) -> None:
    """Puts a paragraph of small type into a cell.

    Args:
        cell: The cell.
        text: Its words.
        bold: In bold.
        italic: In italic.
        align: Alignment.
        more: Behind what the cell holds already.
    """
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    if more:
        paragraph.paragraph_format.space_before = Pt(3)
    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run(tied(text))
    run.bold, run.italic, run.font.size = bold or None, italic or None, SMALL


def shade(cell: Any, colour: str) -> None:
    """Fills the cell with a colour."""
    properties = cell._tc.get_or_add_tcPr()
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{name}"), value)
    properties.append(fill)


def tint(cell: Any, tone: Tone) -> None:
    """Gives the cell the tone of a status; its word stands in the cell already."""
    shade(cell, tone.paper)
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(tone.ink)


def add_signatures(document: Any, roles: Sequence[str]) -> None:
    """Lines for post, signature and name, a pair a role, and one for the date; never torn by a page's end."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = bare_table(document, (46, 41, 34, 44))
    for role in roles:
        line = ("", "_" * 16, "_" * 13, "_" * 17)
        for texts in (line, ("", "(должность)", "(подпись)", "(инициалы, фамилия)")):
            for cell, text in zip(add_row(table).cells, texts, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.add_run(text).font.size = Pt(9) if text.startswith("(") else None
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = Pt(10) if text.startswith("(") else Pt(0)
        head = table.rows[-2].cells[0].paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.LEFT
        head.add_run(role)
    document.add_paragraph("«___» ____________ 20___ г.")


def _row_flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
