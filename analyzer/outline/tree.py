"""Paragraphs → the clause tree of an act, with every path as a person would cite it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analyzer.model import Act, Clause, Document
from analyzer.outline.numbering import Marker, MarkerKind, parse_marker
from analyzer.outline.paragraphs import Paragraph, paragraphs
from analyzer.outline.parts import Part, split_parts
from analyzer.outline.repair import mend
from analyzer.outline.title_block import SIGNATURE, read_title_block

_TOC = re.compile(r"(?:\.{4,}|…{2,}|_{6,}\s)\s*\d{1,3}$|^(?:оглавление|содержание)\s*$", re.IGNORECASE)


def outline(document: Document) -> Act:
    """The act in a document: its title block and clauses in reading order.

    An order with an annexed положение gives the положение as the main act; the order's items take the
    prefix ``приказ/``.
    """
    parts = split_parts(mend([p for p in paragraphs(document) if not _TOC.search(p.text)]))
    main = next(part for part in parts if not part.prefix)
    block = read_title_block(main.head, main.title, main.body)
    order = next((part for part in parts if part.prefix == "приказ"), None)
    if order is not None:
        outer = read_title_block(order.head + tuple(order.body[:2]), order.title, order.body)
        block = replace(
            block,
            organization=outer.organization or block.organization,
            approved_on=block.approved_on or outer.approved_on,
            approval_number=block.approval_number or outer.approval_number,
            text=f"{outer.text}\n{block.text}".strip(),
        )
    clauses = [clause for part in parts for clause in _Tree(part).build()]
    return Act(block, tuple(clauses))


@dataclass(slots=True)
class _Node:
    kind: MarkerKind
    path: str
    values: tuple[int, ...]
    level: int
    text: str = ""


@dataclass(slots=True)
class _Tree:
    """Builder of one part's clauses: a stack of open numbers, deepest last."""

    part: Part
    stack: list[_Node] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    section: str = ""

    def build(self) -> list[Clause]:
        body = self.part.body
        restarts = _restarts(body)
        for index, paragraph in enumerate(body):
            if (
                self.clauses
                and SIGNATURE.match(paragraph.text)
                and paragraph.marker is None
                and len(paragraph.text) < 200
            ):
                continue
            self._add(paragraph, body[index + 1] if index + 1 < len(body) else None, restarts)
        return self.clauses

    def _add(self, paragraph: Paragraph, following: Paragraph | None, restarts: bool) -> None:
        paragraph, number_cell = _row_number(paragraph)
        marker = paragraph.marker
        if (
            paragraph.kind in {"row", "footnote", "textbox"}
            and number_cell is None
            and (marker is None or paragraph.kind != "textbox")
        ):
            self._plain(paragraph, heading=False)
            return
        if marker is None or marker.kind == "bullet":
            self._plain(paragraph, heading=marker is None and _is_bare_heading(paragraph, following))
            return
        node = self._place(marker, paragraph, restarts)
        heading = _is_heading(paragraph, node, following)
        text = paragraph.content
        lead = self._lead(node)
        if heading:
            self.section = text
        number = number_cell or (paragraph.first.marker if not paragraph.typed else marker.printed)
        self._emit(paragraph, node.path, number, text, node.level, heading, lead)
        node.text = text
        self.stack.append(node)

    def _plain(self, paragraph: Paragraph, *, heading: bool) -> None:
        text = paragraph.content
        if not text:
            return
        parent = self.stack[-1] if self.stack else None
        level = parent.level + 1 if parent else 1
        if heading:
            self.section = text
        lead = parent.text if parent and parent.text.endswith(":") and not heading else ""
        self._emit(paragraph, parent.path if parent else "", None, text, level, heading, lead)

    def _emit(
        self,
        paragraph: Paragraph,
        path: str,
        number: str | None,
        text: str,
        level: int,
        heading: bool,
        lead: str,
    ) -> None:
        prefix = self.part.prefix
        self.clauses.append(
            Clause(
                path="/".join(step for step in (prefix, path) if step),
                number=number,
                text=text,
                level=level,
                heading=heading,
                page=paragraph.first.page,
                start=paragraph.start,
                end=paragraph.end,
                section="" if heading else self.section,
                lead=lead,
                part=prefix,
                kind=paragraph.kind,
                ocr=paragraph.first.ocr,
            )
        )

    def _lead(self, node: _Node) -> str:
        parent = self.stack[-1] if self.stack else None
        return (
            parent.text
            if parent and parent.level < node.level and parent.text.rstrip().endswith((":", "-", "–"))
            else ""
        )

    def _place(self, marker: Marker, paragraph: Paragraph, restarts: bool) -> _Node:
        """Path and level of a number, given what is open; closes what it ends."""
        if marker.kind in {"roman", "section"}:
            return self._place_section(marker)
        if marker.kind == "decimal" and (len(marker.values) > 1 or self._is_top(marker, paragraph, restarts)):
            return self._place_decimal(marker, restarts)
        if marker.kind == "annex":
            self.stack.clear()
            # An annex that opened a part of its own is named by the part's prefix.
            path = "" if self.part.prefix.startswith("прил.") else f"прил.{marker.label}"
            return _Node("annex", path, marker.values, 1)
        return self._place_item(marker)

    def _place_section(self, marker: Marker) -> _Node:
        same = [node for node in self.stack if node.kind == marker.kind]
        if (
            marker.kind == "section"
            and marker.word == "глава"
            and any(n.kind == "section" for n in self.stack)
            and not same
        ):
            self.stack = self.stack[:1]
        else:
            self.stack.clear()
        return _Node(marker.kind, marker.label, marker.values, 1)

    def _is_top(self, marker: Marker, paragraph: Paragraph, restarts: bool) -> bool:
        """A lone «3.» is a top-level clause unless it continues or opens a list inside a clause."""
        value = marker.values[0]
        tops = [node for node in self.stack if node.kind == "decimal" and len(node.values) == 1]
        lists = [node for node in self.stack if node.kind == "paren"]
        if not self.stack or all(node.kind in {"roman", "section"} for node in self.stack):
            return True
        if lists and value == lists[-1].values[0] + 1:
            looks = paragraph.first.bold or paragraph.first.heading is not None or paragraph.content.isupper()
            return bool(tops) and value == tops[-1].values[0] + 1 and looks
        if (
            value == 1
            and self.stack[-1].text.rstrip().endswith(":")
            and not (restarts and len(self.stack) == 1)
        ):
            return False
        first = next((node for node in self.stack if node.kind == "decimal"), None)
        if first is not None and value == 1 and first.values[0] >= 1 and not restarts:
            return paragraph.first.bold or paragraph.first.centered or paragraph.first.heading is not None
        return True

    def _place_decimal(self, marker: Marker, restarts: bool) -> _Node:
        section = next((node for node in self.stack if node.kind in {"roman", "section"}), None)
        values = marker.values
        while self.stack and not self._contains(self.stack[-1], values):
            self.stack.pop()
        path = ".".join(map(str, values))
        if section is not None:
            if section not in self.stack:
                self.stack.insert(0, section)
            if restarts and not (len(values) > 1 and values[0] == section.values[0]):
                path = f"{section.path}.{path}"
        level = len(values) + (
            1 if section is not None and not (len(values) > 1 and values[0] == section.values[0]) else 0
        )
        return _Node("decimal", path, values, level)

    @staticmethod
    def _contains(node: _Node, values: tuple[int, ...]) -> bool:
        if node.kind in {"roman", "section"}:
            return True
        return (
            node.kind == "decimal"
            and len(node.values) < len(values)
            and values[: len(node.values)] == node.values
        )

    def _place_item(self, marker: Marker) -> _Node:
        kind: MarkerKind = "paren" if marker.kind == "decimal" else marker.kind
        value = marker.values[0]
        place = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].kind == kind), None)
        if place is not None and (value > 1 or self.stack[place].level == self.stack[-1].level):
            del self.stack[place:]
        parent = self.stack[-1] if self.stack else None
        path = f"{parent.path}.{marker.label}" if parent and parent.path else marker.label
        return _Node(kind, path, marker.values, parent.level + 1 if parent else 1)


def _row_number(paragraph: Paragraph) -> tuple[Paragraph, str | None]:
    """A table row whose first cell is a clause number becomes that clause."""
    cells = paragraph.first.cells
    if paragraph.kind != "row" or len(cells) < 2:
        return paragraph, None
    filled = [cell for cell in cells if cell.strip()]
    cell = paragraph.first.marker or cells[0].strip()
    marker = parse_marker(cell, trusted=True) if re.fullmatch(r"[\dА-Яа-яIVX.)\s]{1,12}", cell) else None
    if (
        marker is None
        or marker.length < len(cell)
        or (marker.kind == "decimal" and len(marker.values) == 1)
        or marker.kind == "bullet"
    ):
        return paragraph, None
    rest = " | ".join(" ".join(c.split()) for c in (filled if paragraph.first.marker else filled[1:]))
    return replace(paragraph, text=rest, marker=marker, typed=False), cell


def _restarts(body: Sequence[Paragraph]) -> bool:
    """True when plain numbers begin anew under sections with numbers of another kind."""
    sections = [p for p in body if p.marker and p.marker.kind in {"roman", "section"}]
    if len(sections) < 2:
        return False
    firsts: Counter[tuple[int, ...]] = Counter()
    fresh = False
    for paragraph in body:
        if paragraph.marker is None:
            continue
        if paragraph.marker.kind in {"roman", "section"}:
            fresh = True
        elif paragraph.marker.kind == "decimal" and fresh:
            firsts[paragraph.marker.values] += 1
            fresh = False
    return firsts[(1,)] > 1 or firsts[(1, 1)] > 1


def _is_heading(paragraph: Paragraph, node: _Node, following: Paragraph | None) -> bool:
    text = paragraph.content
    words = len(text.split())
    if paragraph.kind == "row" or words > 30 or text.endswith((";", ":", ",")):
        return False
    if node.kind in {"roman", "section"}:
        return True
    if node.kind != "decimal" or node.level > 3:
        return False
    if text.isupper() and words <= 20:
        return True
    marker = following.marker if following else None
    child = (
        marker is not None
        and marker.kind == "decimal"
        and marker.values[: len(node.values)] == node.values
        and len(marker.values) > len(node.values)
    )
    if child and words <= 20 and (not text.endswith(".") or words <= 8):
        return True
    strong = paragraph.first.bold or paragraph.first.heading is not None or paragraph.first.centered
    return (
        strong
        and words <= 20
        and not text.endswith(".")
        and node.level <= 2
        and not re.search(r"[.;]\s", text)
    )


def _is_bare_heading(paragraph: Paragraph, following: Paragraph | None) -> bool:
    text = paragraph.text
    words = len(text.split())
    if (
        following is None
        or words > 16
        or text.endswith((";", ":", ",", "."))
        or not text[:1].isupper()
        or paragraph.kind != "text"
    ):
        return False
    if paragraph.first.heading is not None or (text.isupper() and words > 1):
        return True
    return (paragraph.first.bold or paragraph.first.centered) and following.kind == "text"
