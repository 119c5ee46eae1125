"""Small DOCX files for the tests, part by part: python-docx writes no revisions and no broken packages."""

import hashlib
import io
import zipfile

from analyzer.model import Document
from analyzer.reading.docx import read_docx

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "header1": "header",
    "footer1": "footer",
}


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inner}</w:{root}>'


def p(text: str = "", ppr: str = "", rpr: str = "") -> str:
    """A paragraph with one run."""
    properties = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    return f"<w:p>{properties}{r(text, rpr) if text else ''}</w:p>"


def r(text: str, rpr: str = "") -> str:
    look = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def num(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def lvl(level: int, fmt: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def use(num_id: int, key: int, **starts: int) -> str:
    """A ``w:num``; ``l0=5`` is a startOverride of level 0."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{name[1:]}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for name, start in starts.items()
    )
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{key}"/>{overrides}</w:num>'


def table(*rows: list[str], borders: bool = True) -> str:
    """A table; a cell is its text, or its own XML when it begins with "<"."""
    line = "single" if borders else "nil"
    sides = "".join(f'<w:{side} w:val="{line}"/>' for side in ("insideH", "insideV"))
    xml = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{xml}</w:tbl>"


def cell(content: str, tcpr: str = "") -> str:
    if content.startswith("<w:tc>"):
        return content
    return f"<w:tc><w:tcPr>{tcpr}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def package(body: str, extra: dict[str, str] | None = None, **parts: str) -> dict[str, bytes]:
    """Members of a DOCX: the body, further parts by name (``numbering=…``), other members as they are."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{REL}/{PARTS[name]}" Target="{name}.xml"/>' for name in parts
    )
    main = f"{TYPES}.document.main+xml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="text/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{PARTS[name]}+xml"/>'
            for name in parts
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ),
        **{
            f"word/{name}.xml": part({"header": "hdr", "footer": "ftr"}.get(PARTS[name], PARTS[name]), inner)
            for name, inner in parts.items()
        },
        **(extra or {}),
    }
    return {name: text.encode() if isinstance(text, str) else text for name, text in members.items()}


def pack(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, extra: dict[str, str] | None = None, **parts: str) -> bytes:
    return pack(package(body, extra, **parts))


def read(data: bytes) -> Document:
    return read_docx(data, "акт.docx", hashlib.sha256(data).hexdigest())


def read_body(body: str, extra: dict[str, str] | None = None, **parts: str) -> Document:
    return read(docx(body, extra, **parts))
