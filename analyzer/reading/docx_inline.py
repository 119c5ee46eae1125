"""From a ``w:p`` to its pieces of text: final view of revisions, fields, breaks, symbols, text boxes.

The final view keeps insertions (``w:ins``, ``w:moveTo``) and leaves out deletions (``w:del``,
``w:moveFrom``): what the reader of the accepted act will see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from analyzer.reading.docx_package import WORD, Element
from analyzer.reading.docx_styles import Look, Styles, font_size, toggle, value

PAGE_BREAK = "\f"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_TEXT_BOX = WORD + "txbxContent"
_R_PR, _VAL, _TYPE = WORD + "rPr", WORD + "val", WORD + "type"
# Wrappers that say nothing about whether their content is read.
THROUGH = frozenset(
    WORD + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir")
)
_DRAWINGS = frozenset(WORD + name for name in ("drawing", "pict", "object"))
_LITERAL = {WORD + "tab": "\t", WORD + "ptab": "\t", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
_CONTENTS_FIELD = re.compile(r"\s*TOC\b", re.IGNORECASE)
_INSTRUCTION = 100  # characters of a field's code that are kept: only its first word matters
# Glyphs of Symbol and Wingdings: a space, a hyphen, and bullets nearly always.
_PRIVATE = {**dict.fromkeys(range(0xF000, 0xF100), "•"), 0xF020: " ", 0xF0A0: " ", 0xF02D: "-"}
_BIG_PICTURE = 5 * 360_000  # 5 cm in EMU on both sides: not an emblem or a signature


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with one look."""

    text: str
    bold: bool
    size: float


@dataclass(slots=True)
class Inline:
    """What stands inside one paragraph.

    Attributes:
        pieces: Visible text in order; line breaks are newlines, page breaks form feeds, tabs tabs.
        notes: Ids of foot- and endnotes referred to, with the kind of the note in front.
        boxes: Contents of text boxes anchored here.
    """

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All characters, not yet cleaned."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Facts:
    """What a reader has to tell about things it did not read."""

    embedded: int = 0
    pictures: int = 0


@dataclass(slots=True)
class _Field:
    """An open field. Its codes are never text; the result of a table of contents repeats the headings."""

    instruction: str = ""
    result: bool = False
    silent: bool = True


class InlineReader:
    """Reads paragraphs of one story in order; a field may stay open from one paragraph to the next."""

    def __init__(self, styles: Styles, facts: Facts, story: Element) -> None:
        self._styles = styles
        self._facts = facts
        self._fields: list[_Field] = []
        self._silent = 0
        kinds = [node.get(WORD + "fldCharType") for node in story.iter(WORD + "fldChar")]
        self._balanced = kinds.count("begin") == kinds.count("end")

    @property
    def silent(self) -> bool:
        """Inside the codes of a field, or in a table of contents."""
        return self._silent > 0

    def read(self, paragraph: Element, look: Look) -> Inline:
        """Reads one paragraph."""
        inline = Inline()
        self._walk(paragraph, look, inline)
        if self._fields:
            # A field that never ends must not swallow the rest of the act.
            self._fields = [item for item in self._fields if item.result] if self._balanced else []
            self._silent = sum(item.silent for item in self._fields)
        return inline

    def _walk(self, parent: Element, look: Look, inline: Inline) -> None:
        for node in parent:
            tag = node.tag
            if tag == WORD + "r":
                self._run(node, look, inline)
            elif tag in THROUGH:
                self._walk(node, look, inline)
            elif tag == WORD + "fldSimple":
                if not _CONTENTS_FIELD.match(node.get(WORD + "instr", "")):
                    self._walk(node, look, inline)
            elif tag == ALTERNATE:
                _alternate(node, inline, lambda branch: self._walk(branch, look, inline))
            elif tag.startswith(_MATH):
                formula = "".join(part.text or "" for part in node.iter(_MATH + "t"))
                self._add(formula, self._piece_look(None, look), inline)

    def _run(self, run: Element, look: Look, inline: Inline) -> None:
        properties = run.find(_R_PR)
        style = None
        if properties is not None:
            style_id = value(properties.find(WORD + "rStyle"))
            style = self._styles.look(style_id, "character") if style_id else None
            hidden = toggle(properties, "vanish")
        else:
            hidden = None
        if hidden is None:
            hidden = look.hidden or bool(style and style.hidden)
        if hidden:
            for node in run.iter(WORD + "fldChar", WORD + "instrText"):
                self._field(node)
            return
        self._contents(run, self._piece_look(properties, look, style), inline)

    def _piece_look(
        self, properties: Element | None, look: Look, style: Look | None = None
    ) -> tuple[bool, float]:
        bold, size = toggle(properties, "b"), font_size(properties)
        if bold is None:
            inherited = self._styles.default_bold if look.bold is None else look.bold
            # A toggle property: bold characters in a bold paragraph style stand out by not being bold.
            bold = inherited != bool(style and style.bold)
        return bold, size or (style and style.size) or look.size or self._styles.default_size

    def _contents(self, run: Element, piece_look: tuple[bool, float], inline: Inline) -> None:
        for node in run:
            tag = node.tag
            if tag == WORD + "t":
                self._add(node.text or "", piece_look, inline)
            elif tag in _LITERAL:
                self._add(_LITERAL[tag], piece_look, inline)
            elif tag == WORD + "br":
                line = node.get(_TYPE, "textWrapping") == "textWrapping"
                self._add("\n" if line else PAGE_BREAK, piece_look, inline)
            elif tag in (WORD + "fldChar", WORD + "instrText"):
                self._field(node)
            elif tag == WORD + "sym":
                self._add(_symbol(node), piece_look, inline)
            elif tag in (WORD + "footnoteReference", WORD + "endnoteReference"):
                inline.notes.append((tag[len(WORD) : -len("Reference")], node.get(WORD + "id", "")))
            elif tag in _DRAWINGS:
                inline.boxes.extend(_text_boxes(node))
                self._count(node)
            elif tag == ALTERNATE:
                _alternate(node, inline, lambda branch: self._contents(branch, piece_look, inline))

    def _add(self, text: str, piece_look: tuple[bool, float], inline: Inline) -> None:
        if text and not self.silent:
            inline.pieces.append(Piece(text.translate(_PRIVATE), *piece_look))

    def _field(self, node: Element) -> None:
        if node.tag == WORD + "instrText":
            if self._fields and len(self._fields[-1].instruction) < _INSTRUCTION:
                self._fields[-1].instruction += node.text or ""
            return
        kind = node.get(WORD + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            self._silent += 1
        elif kind == "separate" and self._fields and not self._fields[-1].result:
            current = self._fields[-1]
            current.result = True
            current.silent = bool(_CONTENTS_FIELD.match(current.instruction))
            self._silent -= not current.silent
        elif kind == "end" and self._fields:
            self._silent -= self._fields.pop().silent

    def _count(self, node: Element) -> None:
        if node.tag == WORD + "object":
            self._facts.embedded += 1
        extent = next(node.iter(_EXTENT), None)
        if extent is None or next(node.iter(_BLIP), None) is None:
            return
        sides = [extent.get(side, "0") for side in ("cx", "cy")]
        self._facts.pictures += all(side.isdecimal() and int(side[:12]) >= _BIG_PICTURE for side in sides)


def _alternate(node: Element, inline: Inline, read: Callable[[Element], None]) -> None:
    """Takes one of several writings of the same thing: the first that gives anything."""
    before = len(inline.pieces) + len(inline.boxes)
    for branch in node:
        read(branch)
        if len(inline.pieces) + len(inline.boxes) > before:
            return


def _symbol(node: Element) -> str:
    """``w:sym``: a character of a symbol font; the private range holds bullets and check marks."""
    code = node.get(WORD + "char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) or 0xD800 <= int(code, 16) < 0xE000:
        return ""
    return chr(int(code, 16))


def _text_boxes(node: Element) -> Iterator[Element]:
    """Text boxes of a drawing; where one box is written twice (DrawingML and VML) it is taken once."""
    for child in node:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag == ALTERNATE:
            writings = (list(_text_boxes(branch)) for branch in child)
            yield from next((boxes for boxes in writings if boxes), [])
        else:
            yield from _text_boxes(child)
