"""From a numbered paragraph to the lines of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.model import Line, LineKind
from analyzer.reading.docx_inline import PAGE_BREAK, Inline, Piece
from analyzer.reading.docx_numbering import BULLET
from analyzer.reading.docx_package import Element
from analyzer.reading.docx_styles import Look, centering, has_leader, outline
from analyzer.reading.docx_tables import Grid
from analyzer.reading.normalize import clean

# A line behind a manual break is a paragraph of its own when a number or a bullet begins it; dates do not.
_NEW_ITEM = re.compile(
    r"\s*(?:(?!\d{1,2}\.\d{1,2}\.\d{2,4})(?:\d{1,3}(?:\.\d{1,3})*[.)](?=\s|[А-ЯЁA-Z«])"
    r"|\d{1,3}(?:\.\d{1,3})+\s+(?=[А-ЯЁA-Z«]))|[IVXLC]{1,6}\.\s|[а-яёa-z]\)|[•▪●◦‣·–—*-]\s)"
)
_TYPED_NUMBER = re.compile(r"\s*(?:\d{1,3}|[IVXLC]{1,6})\.")
_LEADER_PAGE = re.compile(r"(?:[.…_]{3,}|\t)\s*(\d{1,3})\s*$")
_LEADER_TAIL = 60  # characters at the end of a line in which a leader and a page number are looked for
_CONTENTS_RUN = 3  # lines with leaders and growing page numbers that make a table of contents


@dataclass(slots=True)
class Draft:
    """A line before its place in the text is known."""

    text: str
    marker: str = ""
    level: int | None = None
    heading: int | None = None
    kind: LineKind = "text"
    cells: tuple[str, ...] = ()
    table: Grid | None = None
    bold: bool = False
    centered: bool = False
    size: float | None = None
    contents_page: int | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph read, waiting to be numbered; a deleted mark makes the next one join it."""

    inline: Inline
    look: Look
    properties: Element | None


def join(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two paragraphs with the mark between them deleted: the second's mark, and so its looks, remain.

    Args:
        first: The paragraph whose mark is gone.
        second: The one that joins it.
    """
    inline = Inline(
        first.inline.pieces + second.inline.pieces,
        first.inline.notes + second.inline.notes,
        first.inline.boxes + second.inline.boxes,
    )
    keeper = second if second.inline.text.strip() or not first.inline.text.strip() else first
    return Paragraph(inline, keeper.look, keeper.properties)


def lines_of(paragraph: Paragraph, marker: str, level: int | None, kind: LineKind) -> Iterator[Draft]:
    """Lines of a paragraph: one, unless a manual break stands before a number, a bullet or a new page.

    Args:
        paragraph: The paragraph.
        marker: Its automatic number or bullet, "" without one: the first line's alone.
        level: Depth of that numbering.
        kind: Where the paragraph stands.
    """
    properties, look = paragraph.properties, paragraph.look
    heading, centered = outline(properties), centering(properties)
    heading = look.heading if heading is None else heading or None
    centered = look.centered if centered is None else centered
    raw = paragraph.inline.text
    page = _LEADER_PAGE.search(raw[-_LEADER_TAIL:])
    if page and "\t" in page[0] and not (look.leader or has_leader(properties)):
        page = None
    first = True
    for pieces in _segments(paragraph.inline.pieces):
        text = clean("".join(piece.text for piece in pieces)).strip()
        if not text:
            continue
        bold, size = _dress(pieces)
        yield Draft(
            text, marker, level, heading, kind, bold=bold, centered=centered, size=size,
            contents_page=int(page[1]) if page else None,
        )  # fmt: skip
        marker, level, first = "", None, False
    if first and marker not in ("", BULLET):
        # A number without text is printed too: left out, it would look like a gap.
        yield Draft("", marker, level, heading, kind, centered=centered)


def _segments(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Cuts the pieces where a new line begins an item or a page; other breaks become spaces."""
    raw = "".join(piece.text for piece in pieces)
    if "\n" not in raw and PAGE_BREAK not in raw:
        yield pieces
        return
    cuts = [
        found.end()
        for found in re.finditer(r"[\n\f]", raw)
        if found[0] == PAGE_BREAK or _NEW_ITEM.match(clean(raw[found.end() : found.end() + 40]))
    ][::-1]
    segment: list[Piece] = []
    position = 0
    for piece in pieces:
        start = position
        position += len(piece.text)
        while cuts and cuts[-1] <= position:
            cut = cuts.pop()
            segment.append(Piece(_unbroken(raw[start:cut]), piece.bold, piece.size))
            yield segment
            segment, start = [], cut
        segment.append(Piece(_unbroken(raw[start:position]), piece.bold, piece.size))
    yield segment


def _unbroken(text: str) -> str:
    return text.replace("\n", " ").replace(PAGE_BREAK, " ")


def _dress(pieces: list[Piece]) -> tuple[bool, float | None]:
    """Whether all visible characters are bold, and the size that most of them have."""
    visible = [(piece, len(piece.text.strip())) for piece in pieces if piece.text.strip()]
    weights: dict[float, int] = {}
    for piece, length in visible:
        weights[piece.size] = weights.get(piece.size, 0) + length
    bold = bool(visible) and all(piece.bold for piece, _ in visible)
    return bold, max(weights, key=weights.__getitem__, default=None)


def is_clause(draft: Draft) -> bool:
    """A line with a number, computed or typed."""
    return draft.marker not in ("", BULLET) or bool(_TYPED_NUMBER.match(draft.text))


def without_contents(drafts: list[Draft]) -> list[Draft]:
    """Leaves out a typed table of contents: three lines or more with leaders to pages that only grow."""
    kept: list[Draft] = []
    run: list[Draft] = []
    for draft in [*drafts, Draft("")]:
        page, last = draft.contents_page, run[-1].contents_page if run else None
        if page is not None and (last is None or page >= last):
            run.append(draft)
            continue
        kept += run if len(run) < _CONTENTS_RUN else []
        run = [draft] if page is not None else []
        kept += [] if run else [draft]
    return kept[:-1]


def place(drafts: list[Draft]) -> tuple[Line, ...]:
    """Gives lines their offsets and tables their ordinals."""
    lines, start = [], 0
    tables: dict[int, int] = {}
    for draft in drafts:
        table = tables.setdefault(id(draft.table), len(tables) + 1) if draft.table is not None else 0
        lines.append(Line(
            text=draft.text, start=start, marker=draft.marker, marker_level=draft.level,
            heading=draft.heading, kind=draft.kind, cells=draft.cells, table=table, bold=draft.bold,
            centered=draft.centered, size=draft.size,
        ))  # fmt: skip
        start += len(draft.text) + 1
    return tuple(lines)
