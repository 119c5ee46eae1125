"""One flow of blocks of a DOCX: paragraphs and tables in order, numbers counted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.model import LineKind
from analyzer.reading.docx_inline import ALTERNATE, THROUGH, Facts, InlineReader
from analyzer.reading.docx_lines import Draft, Paragraph, is_clause, join, lines_of
from analyzer.reading.docx_numbering import BULLET, Numbering
from analyzer.reading.docx_package import WORD, Element
from analyzer.reading.docx_styles import Styles, numbering, toggle, value
from analyzer.reading.docx_tables import Cell, Grid, by_columns, is_layout, read_grid, row_cells
from analyzer.reading.normalize import clean

_P_PR, _R_PR = WORD + "pPr", WORD + "rPr"
_TITLE_PAGE = 3_000  # characters within which an approval block is looked for


@dataclass(slots=True)
class Parts:
    """What all stories of a document share."""

    styles: Styles
    numbers: Numbering
    notes: dict[tuple[str, str], Element]
    facts: Facts = field(default_factory=Facts)


class Story:
    """One flow of blocks: the body, a note, a text box, a running header."""

    def __init__(self, parts: Parts, root: Element, kind: LineKind = "text") -> None:
        self._parts = parts
        self._inline = InlineReader(parts.styles, parts.facts, root)
        self._kind = kind
        self._pending: Paragraph | None = None
        self._early = kind == "text"
        self._length = 0
        self.drafts: list[Draft] = []

    def blocks(self, container: Element) -> None:
        """Reads the paragraphs and tables of a container and what it holds back at its end."""
        self._blocks(container)
        self._flush()

    def _blocks(self, container: Element) -> None:
        for node in container:
            tag = node.tag
            if tag == WORD + "p":
                self._paragraph(node)
            elif tag == WORD + "tbl":
                self._flush()
                self._table(node)
            elif tag in THROUGH:
                if not _is_contents(node):
                    self._blocks(node)
            elif tag == ALTERNATE and len(node):
                self._blocks(node[0])
            elif tag in (WORD + "altChunk", WORD + "subDoc"):
                self._parts.facts.embedded += 1

    def _paragraph(self, node: Element) -> None:
        properties = node.find(_P_PR)
        style_id = value(properties.find(WORD + "pStyle")) if properties is not None else None
        look = self._parts.styles.look(style_id)
        silent = self._inline.silent
        paragraph = Paragraph(self._inline.read(node, look), look, properties)
        if look.contents or (silent and not paragraph.inline.pieces):
            return
        if self._pending is not None:
            paragraph = join(self._pending, paragraph)
            self._pending = None
        mark = properties.find(_R_PR) if properties is not None else None
        if mark is not None and any(mark.find(WORD + name) is not None for name in ("del", "moveFrom")):
            self._pending = paragraph
            return
        self._commit(paragraph, bool(toggle(mark, "vanish")))

    def _flush(self) -> None:
        if self._pending is not None:
            paragraph, self._pending = self._pending, None
            self._commit(paragraph, not paragraph.inline.text.strip())

    def _commit(self, paragraph: Paragraph, hidden: bool) -> None:
        """Numbers a paragraph and turns it into lines; a hidden one is neither printed nor counted."""
        inline = paragraph.inline
        if not hidden or inline.text.strip():
            marker, level = self._marker(paragraph)
            for draft in lines_of(paragraph, marker, level, self._kind):
                self._early = self._early and not is_clause(draft)
                self._length += len(draft.text)
                self.drafts.append(draft)
        for box in inline.boxes:
            self._append(box, "textbox")
        for key in inline.notes:
            # A note is taken out: one that is referred to many times is printed once.
            note = self._parts.notes.pop(key, None)
            if note is not None:
                self._append(note, "footnote")

    def _append(self, container: Element, kind: LineKind) -> None:
        story = Story(self._parts, container, kind)
        story.blocks(container)
        self.drafts += story.drafts

    def _marker(self, paragraph: Paragraph) -> tuple[str, int | None]:
        num_id, level = numbering(paragraph.properties)
        numbers = self._parts.numbers
        if num_id is None:
            num_id = paragraph.look.num_id
            if num_id is not None and level is None:
                level = numbers.level_of(num_id, paragraph.look)
        if num_id is None or num_id == "0":
            return "", None
        if level is None:
            level = paragraph.look.level or 0
        marker = clean(numbers.next(num_id, level)).strip()
        return marker, level if marker else None

    def _table(self, node: Element) -> None:
        """Reads the cells in the order of the file, which the numbers follow, then decides what they are."""
        grid = read_grid(node, self._parts.styles)
        early = self._early and self._length < _TITLE_PAGE
        outer, contents = self.drafts, dict[int, list[Draft]]()
        for cell in (cell for row in grid.rows for cell in row):
            self.drafts = contents[id(cell)] = []
            self.blocks(cell.node)
            cell.text = " ".join(filter(None, (_in_cell(draft) for draft in self._own(self.drafts))))
        self.drafts = outer
        if is_layout(grid, early):
            for cell in by_columns(grid):
                self.drafts += contents[id(cell)]
            return
        for row in grid.rows:
            own = [draft for cell in row for draft in contents[id(cell)]]
            if any(cell.text for cell in row):
                self.drafts.append(_row(grid, row, self._own(own)))
            self.drafts += (draft for draft in own if draft.kind != self._kind)

    def _own(self, drafts: list[Draft]) -> list[Draft]:
        """Paragraphs of this story: not rows of tables inside, nor notes and boxes."""
        return [draft for draft in drafts if draft.kind == self._kind]


def _is_contents(node: Element) -> bool:
    """A content control that holds a generated table of contents."""
    gallery = node.find(f"{WORD}sdtPr/{WORD}docPartObj/{WORD}docPartGallery")
    return value(gallery) == "Table of Contents"


def _in_cell(draft: Draft) -> str:
    """A paragraph inside a row: its automatic number counts as text, a bullet does not."""
    return f"{draft.marker} {draft.text}".strip() if draft.marker != BULLET else draft.text


def _row(grid: Grid, row: list[Cell], drafts: list[Draft]) -> Draft:
    texts = [draft for draft in drafts if draft.text]
    cells = row_cells(row, grid.width)
    return Draft(
        " | ".join(filter(None, cells)), kind="row", cells=cells, table=grid,
        bold=bool(texts) and all(draft.bold for draft in texts), size=texts[0].size if texts else None,
    )  # fmt: skip
