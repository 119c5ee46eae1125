"""Reads a ``NAME.src.txt`` of the sample acts; its marks are explained in README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LABELS = re.compile(r"\s*\{([^{}]*)\}\s*$")
NUMBER = re.compile(
    r"(?P<printed>(?P<num>\d+(?:\.\d+)*)\.(?!\d)|(?P<roman>[IVX]+)\.|(?P<letter>[а-я])\)|(?P<digit>\d+)\))\s*"
)


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
