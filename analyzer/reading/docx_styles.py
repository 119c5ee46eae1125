"""What styles.xml says about paragraphs, characters and tables, ``basedOn`` followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.reading.docx_package import WORD, Element

VAL = WORD + "val"
_P_PR, _R_PR, _TBL_PR = WORD + "pPr", WORD + "rPr", WORD + "tblPr"
_MAX_CHAIN = 20  # styles based on one another; real templates have five or six
_OFF = frozenset({"0", "false", "off", "none"})
_NO_LINE = frozenset({"nil", "none", "", None})
_HEADING_NAME = re.compile(r"(?:heading|заголовок) ?([1-9])$", re.IGNORECASE)
_TOC_NAME = re.compile(r"(?:toc|оглавление) ?(?:[1-9]|heading)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """Effective properties of a style; None where neither it nor its ancestors say anything."""

    ids: tuple[str, ...] = ()
    heading: int | None = None
    centered: bool = False
    bold: bool | None = None
    size: float | None = None
    hidden: bool = False
    contents: bool = False
    leader: bool = False
    num_id: str | None = None
    level: int | None = None
    bordered: bool = False


class Styles:
    """Styles by id, resolved once each."""

    def __init__(self, root: Element | None) -> None:
        nodes = root.findall(WORD + "style") if root is not None else []
        self._nodes = {node.get(WORD + "styleId", ""): node for node in nodes}
        self._defaults = {
            node.get(WORD + "type"): node.get(WORD + "styleId", "")
            for node in nodes
            if node.get(WORD + "default") in ("1", "true", "on")
        }
        self._looks: dict[str, Look] = {}
        run = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{_R_PR}") if root is not None else None
        self.default_size = font_size(run) or 10.0
        self.default_bold = toggle(run, "b") or False

    def look(self, style_id: str | None, kind: str = "paragraph") -> Look:
        """Look of a style; without an id, of the default style of the kind."""
        key = style_id if style_id and style_id in self._nodes else self._defaults.get(kind, "")
        if key not in self._looks:
            self._looks[key] = self._resolve(key)
        return self._looks[key]

    def list_num_id(self, style_id: str) -> str | None:
        """Numbering instance behind a list style (``numStyleLink``)."""
        return self.look(style_id).num_id if style_id in self._nodes else None

    def _chain(self, style_id: str) -> Iterator[tuple[str, Element]]:
        seen: set[str] = set()
        while style_id in self._nodes and style_id not in seen and len(seen) < _MAX_CHAIN:
            seen.add(style_id)
            node = self._nodes[style_id]
            yield style_id, node
            style_id = value(node.find(WORD + "basedOn")) or ""

    def _resolve(self, style_id: str) -> Look:
        chain = list(self._chain(style_id))
        heading = centered = bold = size = hidden = num_id = level = borders = None
        contents = leader = False
        for _, node in chain:
            name = value(node.find(WORD + "name")) or ""
            contents = contents or bool(_TOC_NAME.match(name))
            run, para = node.find(_R_PR), node.find(_P_PR)
            bold = toggle(run, "b") if bold is None else bold
            hidden = toggle(run, "vanish") if hidden is None else hidden
            size = size or font_size(run)
            centered = centering(para) if centered is None else centered
            heading = outline(para, name) if heading is None else heading
            leader = leader or has_leader(para)
            found_num, found_level = numbering(para)
            num_id = found_num if num_id is None else num_id
            level = found_level if level is None else level
            borders = inner_borders(node.find(_TBL_PR)) if borders is None else borders
        return Look(
            ids=tuple(key for key, _ in chain), heading=heading or None, centered=bool(centered), bold=bold,
            size=size, hidden=bool(hidden), contents=contents, leader=leader, num_id=num_id, level=level,
            bordered=bool(borders),
        )  # fmt: skip


def value(node: Element | None) -> str | None:
    """``w:val`` of a node that may be absent."""
    return node.get(VAL) if node is not None else None


def integer(text: str | None, default: int = 0) -> int:
    """A number of at most nine digits; the default for anything else."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def toggle(properties: Element | None, name: str) -> bool | None:
    """On, off, or None where the properties do not name it."""
    node = properties.find(WORD + name) if properties is not None else None
    return None if node is None else node.get(VAL, "1").lower() not in _OFF


def font_size(run: Element | None) -> float | None:
    """Size of the type in points (``w:sz`` counts half points, Strict files may write ``12pt``)."""
    text = value(run.find(WORD + "sz")) if run is not None else None
    if not text or not (found := re.fullmatch(r"(\d{1,4}(?:\.\d{1,4})?)(pt)?", text)):
        return None
    return float(found[1]) if found[2] else float(found[1]) / 2


def centering(para: Element | None) -> bool | None:
    """Whether ``w:jc`` centres; None where it is not given."""
    justification = value(para.find(WORD + "jc")) if para is not None else None
    return None if justification is None else justification == "center"


def outline(para: Element | None, style_name: str = "") -> int | None:
    """Outline level from 1; 0 for body text said outright; None where nothing is said."""
    level = value(para.find(WORD + "outlineLvl")) if para is not None else None
    if level is not None:
        return integer(level, 9) + 1 if 0 <= integer(level, 9) < 9 else 0
    named = _HEADING_NAME.match(style_name)
    return int(named[1]) if named else None


def numbering(para: Element | None) -> tuple[str | None, int | None]:
    """``numId`` and ``ilvl``, each None where not given: the two are inherited apart."""
    node = para.find(WORD + "numPr") if para is not None else None
    if node is None:
        return None, None
    level = value(node.find(WORD + "ilvl"))
    return value(node.find(WORD + "numId")), None if level is None else integer(level)


def has_leader(para: Element | None) -> bool:
    """A tab stop filled with dots or a line: the mark of a table of contents."""
    tabs = para.find(WORD + "tabs") if para is not None else None
    return tabs is not None and any(tab.get(WORD + "leader", "none") != "none" for tab in tabs)


def inner_borders(table: Element | None) -> bool | None:
    """Whether the table has lines between its cells; None where nothing is said."""
    borders = table.find(WORD + "tblBorders") if table is not None else None
    if borders is None:
        return None
    return any(visible(borders.find(WORD + side)) for side in ("insideV", "insideH"))


def visible(border: Element | None) -> bool:
    """A border that is drawn."""
    return value(border) not in _NO_LINE
