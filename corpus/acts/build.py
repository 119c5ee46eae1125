"""Builds the sample acts: ``NAME.src.txt`` → DOCX, PDF, TXT and ``NAME.gold.json``.

    python corpus/acts/build.py            # everything
    python corpus/acts/build.py NAME ...   # some
    python corpus/acts/build.py --check    # only check the gold against the sources

The marks of a source file are explained in README.md. PDF needs LibreOffice (``soffice``) on the PATH.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
STAMP = datetime(2025, 1, 1, tzinfo=UTC)
IDS = (
    "5 5.а 5.б 5.в 5.г 5.д 5.е 5.ж 6.а 6.б 6.в 7 11.1 11.2 12.1 12.2 13.а 13.б 13.в 13.г 13.д 13.е 13.ж 13.з "
    "14.а 14.б 14.в 14.г 15.1 15.2 15.3 16 17.1 17.2"
).split()
LABELS = re.compile(r"\s*\{([^{}]*)\}\s*$")
NUMBER = re.compile(r"(?P<printed>(?P<num>\d+(?:\.\d+)*)\.(?!\d)|(?P<roman>[IVX]+)\.|(?P<letter>[а-я])\)|(?P<digit>\d+)\))\s*")


@dataclass(slots=True)
class Block:
    """One paragraph, heading, table row or mark of a source.

    Attributes:
        kind: ``heading``, ``item``, ``bullet``, ``plain``, ``row`` or the name of a ``%`` mark.
        text: Text without number and labels; the parts of a mark or the cells of a row are in ``cells``.
        printed: Number as printed, or None.
        path: Full path of the clause.
        lines: The lines of print, where the source keeps them.
    """

    kind: str
    text: str
    printed: str | None = None
    path: str = ""
    section: str = ""
    labels: list[str] = field(default_factory=list)
    contradicts: list[str] = field(default_factory=list)
    restated: bool = False
    cells: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """A source file: its expected verdicts and its blocks."""

    name: str
    meta: dict[str, Any]
    body: str
    blocks: list[Block]

    @property
    def files(self) -> list[str]:
        """Names of the documents that are built from the source."""
        return [f"{self.name}.{suffix}" for suffix in self.meta["formats"]]


class Paths:
    """Gives every block its path, as CONTRACT.md counts paths."""

    def __init__(self, restart: bool) -> None:
        """Starts before the first block; ``restart`` when numbers begin anew in each section."""
        self.restart, self.part, self.roman, self.item, self.current = restart, "", "", "", ""
        self.section = ""

    def enter(self, part: str) -> None:
        """Starts an order or an annex."""
        self.part, self.roman, self.item, self.current, self.section = part, "", "", part, ""

    def place(self, block: Block) -> None:
        """Sets the path and the section of a block."""
        match = NUMBER.match(f"{block.printed} ") if block.printed else None
        if match:
            self.current = self._numbered(match, block.kind == "heading")
        block.path, block.section = self.current, self.section
        if block.kind == "heading":
            self.section = block.section = block.text

    def _numbered(self, match: re.Match[str], heading: bool) -> str:
        if match["roman"]:
            self.roman = match["roman"]
            return self._join(self.roman)
        if match["num"]:
            inside = self.restart and self.roman and not heading
            self.item = self._join(f"{self.roman}.{match['num']}" if inside else match["num"])
            return self.item
        return f"{self.item}.{match['letter'] or match['digit']}"

    def _join(self, path: str) -> str:
        return f"{self.part}/{path}" if self.part else path


def read(path: Path) -> Source:
    """Reads a source file."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = yaml.safe_load(head)
    source = Source(path.name.removesuffix(".src.txt"), meta, body.strip("\n"), [])
    lines = [line for line in body.splitlines() if line.strip()]
    if meta.get("layout") == "letter":
        source.blocks = [Block("letter", line) for line in lines]
        return source
    blocks = _printed_blocks(lines) if meta.get("layout") == "printed" else [_block(line) for line in lines]
    paths, seen = Paths(bool(meta.get("restart_sections"))), dict[str, int]()
    for block in blocks:
        if block.kind in ("annex", "part"):
            paths.enter(block.cells[0])
        elif block.kind in ("heading", "item", "bullet", "plain", "row"):
            paths.place(block)
            seen[block.path] = order = seen.get(block.path, 0) + 1
            _label(block, str(meta.get("labels", {}).get(f"{block.path}#{order}", "")))
    source.blocks = blocks
    return source


def _label(block: Block, words: str) -> None:
    for word in words.split():
        if word == "R":
            block.restated = True
        elif word.startswith("!"):
            block.contradicts.append(word[1:])
        else:
            block.labels.append(word)


def _block(line: str) -> Block:
    if line.startswith("%"):
        kind, _, rest = line[1:].partition(" ")
        cells = [cell.strip() for cell in rest.split(" / ")]
        return Block(kind, rest, cells=cells)
    found = LABELS.search(line)
    text = line[: found.start()] if found else line
    if text.startswith("|"):
        cells = [cell.strip() for cell in text.strip("| ").split("|")]
        block = Block("row", " | ".join(cells), cells=cells)
    elif text.startswith("- "):
        block = Block("bullet", text[2:])
    elif text.startswith("> "):
        block = Block("plain", text[2:])
    else:
        kind = "heading" if text.startswith("# ") else "item"
        block = _numbered(kind, text.removeprefix("# "))
    _label(block, found[1] if found else "")
    return block


def _numbered(kind: str, text: str) -> Block:
    number = NUMBER.match(text)
    if not number:
        return Block(kind, text)
    return Block(kind, text[number.end() :], printed=number["printed"])


def _printed_blocks(lines: list[str]) -> list[Block]:
    """Joins lines of print; a paragraph begins at a number, a bullet or «¶»."""
    blocks: list[Block] = []
    pending_page = False
    for line in lines:
        if line == "%page":
            pending_page = True
            continue
        start = line.startswith(("¶ ", "- ")) or NUMBER.match(line)
        line = line.removeprefix("¶ ")
        if start:
            blocks.append(Block("bullet" if line.startswith("- ") else "plain", "", lines=[]))
        blocks[-1].lines.append(f"\f{line}" if pending_page else line)
        pending_page = False
    for block in blocks:
        text = re.sub(r"(?<=\w-) (?=\w)", "", " ".join(line.lstrip("\f") for line in block.lines))
        numbered = _numbered("item", text)
        block.text = text.removeprefix("- ")
        if numbered.printed:
            block.kind, block.printed, block.text = "item", numbered.printed, numbered.text
    return blocks


# --- gold ---------------------------------------------------------------------------------------------------------


def gold(source: Source) -> dict[str, Any]:
    """The gold record of a source."""
    meta = source.meta
    verdicts = dict(meta.get("requirements") or {})
    default = verdicts.pop("default", None)
    clauses = [_clause(block) for block in source.blocks if block.path or block.kind in ("heading", "plain", "row")]
    record: dict[str, Any] = {"file": source.files, "provenance": meta.get("provenance", "придуман для проекта")}
    for key in ("title", "kind", "organization", "approved_on", "approval_number", "on_subject"):
        record[key] = meta[key]
    record["clauses"] = clauses
    record["requirements"] = {i: verdicts.get(i, default) for i in IDS} if verdicts else {}
    for key in ("also_acceptable", "restated", "citations", "local_references", "expected_findings", "forbidden_findings", "notes"):
        if meta.get(key):
            record[key] = meta[key]
    return record


def _clause(block: Block) -> dict[str, Any]:
    clause: dict[str, Any] = {
        "number": block.path or None,
        "printed": block.printed,
        "heading": block.kind == "heading",
        "section": block.section,
        "text": re.sub(r"\s+", " ", block.text),
        "labels": block.labels,
    }
    if block.kind == "row":
        clause["kind"] = "row"
    if block.restated:
        clause["restated"] = True
    if block.contradicts:
        clause["contradicts"] = block.contradicts
    return clause


def problems(source: Source) -> Iterator[str]:
    """Where verdicts, labels, citations and text of a source disagree."""
    record = gold(source)
    found: dict[str, set[str]] = {}
    for clause in record["clauses"]:
        for label in clause["labels"]:
            plain = label.rstrip("~")
            if plain not in IDS:
                yield f"{clause['number']}: нет требования {label}"
            against = plain in clause.get("contradicts", [])
            decided = "against" if against else "part" if "~" in label else "restated" if "restated" in clause else "full"
            found.setdefault(plain, set()).add(decided)
    for key, status in record["requirements"].items():
        marks = found.get(key, set())
        right = {
            "covered": bool(marks & {"full", "restated"}),
            "partial": bool(marks) and "full" not in marks,
            "contradicted": "against" in marks,
            "missing": not marks,
            "not_applicable": not marks,
        }
        if not right.get(status, False):
            yield f"{key}: {status}, а пометы пунктов {sorted(marks)}"
    paths: dict[str, str] = {}
    for clause in record["clauses"]:
        paths[clause["number"] or ""] = paths.get(clause["number"] or "", "") + " " + clause["text"]
    whole = re.sub(r"\s+", " ", source.body)
    for citation in record.get("citations", []) + record.get("local_references", []):
        text = paths.get(citation["clause"], "") if citation["clause"] else whole
        if citation["quote"] not in text:
            yield f"{citation['clause']}: нет слов «{citation['quote']}»"
    for finding in record.get("expected_findings", []):
        if finding["clause"] is not None and finding["clause"] not in paths:
            yield f"{finding['rule']}: нет пункта {finding['clause']}"


# --- documents ----------------------------------------------------------------------------------------------------


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
        par._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


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
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{xml}</w:abstractNum>'
        )
        root.insert(0, abstract)
        ids[name] = int(root.add_num(number).numId)
    return ids


def _paragraph(doc: Docx, block: Block, numbers: dict[str, int]) -> None:
    """Writes anything that is neither table nor column."""
    if block.kind in ("annex", "part"):
        if block.kind == "annex":
            doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for line in block.cells[1:]:
            doc.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
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
    """The same package with fixed time stamps and without the template's thumbnail-sized waste."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, STAMP.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(item))
    return out.getvalue()


def build_pdf(data: bytes) -> bytes:
    """Prints a DOCX with LibreOffice; dates and identifiers inside are fixed."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "act.docx"
        given.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(given)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pdf = given.with_suffix(".pdf").read_bytes()
    # Same length on both sides, so that the table of offsets stays right.
    pdf = re.sub(rb"/(CreationDate|ModDate)\(D:[^)]*\)", lambda m: _stamp(m[0], m[1]), pdf)
    pdf = re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, pdf)
    return re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, pdf)


def _stamp(whole: bytes, key: bytes) -> bytes:
    inner = len(whole) - len(b"/" + key + b"()")
    return b"/" + key + b"(" + b"D:20250101000000Z00'00'"[:inner].ljust(inner, b"0") + b")"


def build(source: Source) -> None:
    """Writes the documents and the gold of a source."""
    for suffix in source.meta["formats"]:
        target = HERE / f"{source.name}.{suffix}"
        if suffix == "txt":
            target.write_text(source.body + "\n", encoding="utf-8")
            continue
        printed = suffix == "pdf" and source.meta.get("layout") == "printed"
        data = build_docx(source, printed)
        target.write_bytes(build_pdf(data) if suffix == "pdf" else data)
    text = json.dumps(gold(source), ensure_ascii=False, indent=1, default=_iso)
    (HERE / f"{source.name}.gold.json").write_text(text + "\n", encoding="utf-8")


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"не записать в JSON: {value!r}")


def main(arguments: list[str]) -> int:
    """Checks and builds; returns the exit status."""
    names = [a for a in arguments if a != "--check"]
    wanted = [read(path) for path in sorted(HERE.glob("*.src.txt"))]
    wanted = [source for source in wanted if not names or source.name in names]
    bad = [f"{source.name}: {problem}" for source in wanted for problem in problems(source)]
    for line in bad:
        print(line, file=sys.stderr)
    if bad or "--check" in arguments:
        return 1 if bad else 0
    for source in wanted:
        build(source)
        print(", ".join(source.files))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
