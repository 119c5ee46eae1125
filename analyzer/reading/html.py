"""HTML → Document: paragraphs, headings, numbered lists and tables; nothing is run, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document, Line
from analyzer.reading.html_tables import is_data, rows_of, stories
from analyzer.reading.limits import LIMITS, Limits, check_text
from analyzer.reading.normalize import clean, clean_line, glue_spaced
from analyzer.reading.offsets import with_offsets
from analyzer.reading.txt import decode

Element = Any  # lxml ships no types

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
}
_HEAD = 4_096
_SKIPPED = frozenset(
    ("head", "script", "style", "noscript", "template", "nav", "svg", "math", "iframe", "object", "embed",
     "audio", "video", "canvas", "select", "button", "textarea")
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
     "tt", "u", "var")
)  # fmt: skip
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_TYPED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[а-яa-z]\)|[IVXLC]+\.)\s|[•–—-]\s", re.IGNORECASE)
_SHORT = 60  # a line that ends with <br> before this many characters is one of its own: «УТВЕРЖДАЮ»
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def read_html(data: bytes, name: str, sha256: str, limits: Limits = LIMITS) -> Document:
    """Reads a page of HTML.

    Args:
        data: The file.
        name: Its name, for the Document.
        sha256: Its digest.
        limits: Bounds.

    Returns:
        The document; whole paragraphs, no pages.

    Raises:
        ReadingError: There is no text in it.
        LimitError: Too many elements, or too much text.
    """
    text = _decode(data)
    if text.count("<") > limits.xml_nodes:
        raise LimitError(
            "limit_xml_nodes",
            f"в файле больше {limits.xml_nodes} элементов HTML (предел)",
            "разделите файл на части",
        )
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = etree.fromstring(clean_markup(text).encode(), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise LimitError(
            "limit_xml_depth", "вложенность элементов HTML больше предела", "сохраните файл как DOCX"
        )
    walker = _Walker()
    if root is not None:
        walker.block(root, _Look())
    walker.flush()
    lines, joined = with_offsets(walker.lines)
    if not lines:
        raise ReadingError("no_text", "в файле HTML нет текста", "проверьте, тот ли это файл")
    check_text(joined, limits)
    return Document(name, sha256, "html", lines, True, text=joined)


def clean_markup(text: str) -> str:
    """Characters that libxml2 cannot take go; the text itself is cleaned line by line."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:_HEAD])
    encoding = _ENCODINGS.get(declared[1].decode("ascii", "ignore").lower()) if declared else None
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass  # declared wrongly: told by the text itself
    return decode(data)


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element inherits."""

    bold: bool = False
    centered: bool = False
    heading: int | None = None
    depth: int = -1  # of lists


@dataclass(slots=True)
class _Walker:
    """Goes through the tree in reading order and gathers lines."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    look: _Look = _Look()
    marker: str = ""
    tables: int = 0

    def block(self, element: Element, look: _Look) -> None:
        """An element that begins and ends a paragraph."""
        self.flush()
        self.look = look
        self.inside(element, look)
        self.flush()

    def inside(self, element: Element, look: _Look) -> None:
        """Text and children of an element."""
        self.pieces.append((element.text or "", look.bold))
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                self.child(child, look)
            self.look = look
            self.pieces.append((child.tail or "", look.bold))

    def child(self, element: Element, look: _Look) -> None:
        """One child by what it is."""
        tag = element.tag
        own = _look(element, look)
        if tag == "br":
            self.pieces.append(("\v", False))
        elif tag in _INLINE:
            self.inside(element, own)
        elif tag == "table":
            self.table(element, own)
        elif tag in ("ol", "ul"):
            self.list(element, own)
        else:
            self.block(element, own)

    def list(self, element: Element, look: _Look) -> None:
        """A list: numbers as the browser would print them."""
        self.flush()
        number = _integer(element.get("start"), 1)
        own = _Look(look.bold, False, None, look.depth + 1)
        for item in element:
            if item.tag != "li":
                if isinstance(item.tag, str) and not _is_hidden(item):
                    self.child(item, own)
                continue
            number = _integer(item.get("value"), number)
            self.marker = _marker(element, number) if element.tag == "ol" else "•"
            self.block(item, own)
            self.marker = ""
            number += 1

    def table(self, element: Element, look: _Look) -> None:
        """Rows of a table; its cells one after another when it only lays out text."""
        self.flush()
        rows = rows_of(element)
        if not is_data(rows):
            for cell in stories(rows):
                self.block(cell, look)
            return
        self.tables += 1
        for row in rows:
            cells = tuple(clean_line(" ".join(cell.itertext())) for cell in row)
            if any(cells):
                text = " | ".join(filter(None, cells))
                self.lines.append(Line(text, 0, kind="row", cells=cells, table=self.tables))

    def flush(self) -> None:
        """Ends the paragraph."""
        pieces, self.pieces = self.pieces, []
        if not any(text.strip() for text, _ in pieces):
            return
        visible = [bold for text, bold in pieces if re.search(r"\w", text)]
        bold = bool(visible) and all(visible)
        look, marker = self.look, self.marker
        for text in _segments(re.sub(r"[^\S\v]+", " ", "".join(text for text, _ in pieces))):
            if marker and _TYPED.match(text):
                marker = ""  # the number is typed as well: it wins
            self.lines.append(Line(
                text, 0, marker=marker, marker_level=look.depth if marker else None, heading=look.heading,
                bold=bold, centered=look.centered,
            ))  # fmt: skip
            marker = ""
        self.marker = ""


def _segments(text: str) -> Iterator[str]:
    """Cuts a paragraph at the breaks behind which something new begins."""
    joined = ""
    for raw in text.split("\v"):
        line = clean_line(glue_spaced(clean(raw).strip()))
        if joined and (len(joined) < _SHORT or _TYPED.match(line)):
            yield joined
            joined = ""
        joined = f"{joined} {line}".strip()
    if joined:
        yield joined


def _look(element: Element, look: _Look) -> _Look:
    tag, style = element.tag, element.get("style", "")
    align = element.get("align", "").lower()
    centered = (
        tag == "center" or align == "center" or bool(_CENTER.search(style)) or (look.centered and not align)
    )
    heading = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else look.heading
    return _Look(look.bold or tag in _BOLD, centered, heading, look.depth)


def _is_hidden(element: Element) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default


def _marker(element: Element, number: int) -> str:
    kind = element.get("type", "1")
    if kind in "aA" and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}."
    if kind in "iI" and 1 <= number <= 39:
        roman, rest = "", number
        for value, letters in _ROMAN:
            roman, rest = roman + letters * (rest // value), rest % value
        return f"{roman.lower() if kind == 'i' else roman}."
    return f"{number}."
