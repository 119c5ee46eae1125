"""Draws a source of the sample acts: DOCX through python-docx, PDF through LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from source import Block, Source

STAMP = datetime(2025, 1, 1, tzinfo=UTC)


def build_docx(source: Source, printed: bool = False) -> bytes:
    """The DOCX; ``printed`` keeps every line of print as a paragraph of its own."""
    doc = docx.Document()
    _page(doc, source, printed)
    numbers = _numbering(doc) if source.meta.get("numbering") == "auto" else {}
    blocks = iter(source.blocks)
    rows: list[Block] = []
    for block in blocks:
        if rows and block.kind != "row":
            _table(doc, [r.cells for r in rows])
            rows = []
        if block.kind == "row":
            rows.append(block)
        elif block.kind == "left":
            _columns(doc, block.cells, next(blocks).cells)
        elif printed:
            for line in block.lines:
                par = doc.add_paragraph(line.lstrip("\f"))
                par.paragraph_format.page_break_before = line.startswith("\f")
        else:
            _paragraph(doc, block, numbers)
    if rows:
        _table(doc, [r.cells for r in rows])
    buffer = io.BytesIO()
    doc.save(buffer)
    return _repack(buffer.getvalue())


def _page(doc: Docx, source: Source, printed: bool) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = doc.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12.5 if printed else 12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0 if printed else 3)
    style.paragraph_format.line_spacing = Pt(16) if printed else 1.1
    core = doc.core_properties
    core.author = core.last_modified_by = "corpus/acts"
    core.comments, core.title = "", str(source.meta["title"] or source.name)
    core.created = core.modified = STAMP.replace(tzinfo=None)
    core.revision = 1
    if source.meta.get("footer"):
        par = section.footer.paragraphs[0]
        par.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = "<w:r><w:t>1</w:t></w:r>"
        par._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE">{run}</w:fldSimple>'))


def _numbering(doc: Docx) -> dict[str, int]:
    """Adds Word's own multi-level numbering (1. / 1.1. / а)) and a bullet list; returns their ids."""
    root = doc.part.numbering_part.element
    levels = [("decimal", "%1."), ("decimal", "%1.%2."), ("russianLower", "%3)")]
    lists = [("numbers", 90, levels), ("bullets", 91, [("bullet", "–")])]
    ids: dict[str, int] = {}
    for name, number, spec in lists:
        xml = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" '
            f'w:firstLine="{0 if fmt == "decimal" and i == 0 else 709}"/></w:pPr></w:lvl>'
            for i, (fmt, text) in enumerate(spec)
        )
        kind = "multilevel" if len(spec) > 1 else "singleLevel"
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="{kind}"/>{xml}</w:abstractNum>'
        )
        root.insert(0, abstract)
        ids[name] = int(root.add_num(number).numId)
    return ids


def _paragraph(doc: Docx, block: Block, numbers: dict[str, int]) -> None:
    """Writes anything that is neither table nor column."""
    if block.kind in ("annex", "part"):
        for index, line in enumerate(block.cells[1:]):
            par = doc.add_paragraph(line)
            par.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            par.paragraph_format.page_break_before = index == 0
        return
    if block.kind in ("org", "title", "heading", "caption"):
        automatic = bool(numbers) and block.printed is not None
        text = block.text if automatic or not block.printed else f"{block.printed} {block.text}"
        par = doc.add_paragraph()
        par.add_run(text).bold = block.kind != "caption"
        par.alignment = WD_ALIGN_PARAGRAPH.CENTER
        par.paragraph_format.keep_with_next = True
        par.paragraph_format.space_before = Pt(8 if block.kind == "heading" else 4)
        if automatic:
            _number(par, numbers["numbers"], 0)
        return
    if block.kind in ("meta", "sign"):
        par = doc.add_paragraph("\t".join(block.cells))
        par.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), WD_TAB_ALIGNMENT.RIGHT)
        par.paragraph_format.space_before = Pt(12)
        return
    _body(doc, block, numbers)


def _body(doc: Docx, block: Block, numbers: dict[str, int]) -> None:
    par = doc.add_paragraph()
    if block.kind == "letter":
        par.add_run(block.text)
        return
    par.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if numbers and block.kind == "item" and block.printed:
        _number(par, numbers["numbers"], 2 if block.printed.endswith(")") else block.printed.count(".") - 1)
        par.add_run(block.text)
    elif numbers and block.kind == "bullet":
        _number(par, numbers["bullets"], 0)
        par.add_run(block.text)
    else:
        par.paragraph_format.first_line_indent = Cm(1.25)
        lead = f"{block.printed} " if block.printed else "- " if block.kind == "bullet" else ""
        par.add_run(_as_typed(block) if block.lines else lead + block.text)


def _as_typed(block: Block) -> str:
    text = " ".join(line.lstrip("\f") for line in block.lines)
    return re.sub(r"(?<=\w-) (?=\w)", "", text)


def _number(par: Paragraph, number: int, level: int) -> None:
    properties = par._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _columns(doc: Docx, left: list[str], right: list[str]) -> None:
    table = doc.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    doc.add_paragraph()


def _table(doc: Docx, rows: list[list[str]]) -> None:
    table = doc.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for index, cells in enumerate(rows):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.paragraphs[0].add_run(text).bold = index == 0
    doc.add_paragraph()


def _repack(data: bytes) -> bytes:
    """The same package with fixed time stamps."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compresslevel=9) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, STAMP.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(item))
    return out.getvalue()


def build_pdf(data: bytes) -> bytes:
    """Prints a DOCX with LibreOffice; dates and identifiers inside are fixed."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("PDF рисует LibreOffice: установите libreoffice-writer и fonts-liberation")
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "act.docx"
        given.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(given)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pdf = given.with_suffix(".pdf").read_bytes()
    # Same length on both sides, so that the table of offsets stays right.
    pdf = re.sub(rb"/(CreationDate|ModDate)\(D:[^)]*\)", lambda m: _stamp(m[0], m[1]), pdf)
    pdf = re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, pdf)
    return re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, pdf)


def _stamp(whole: bytes, key: bytes) -> bytes:
    inner = len(whole) - len(b"/" + key + b"()")
    return b"/" + key + b"(" + b"D:20250101000000Z00'00'"[:inner].ljust(inner, b"0") + b")"
