"""Automatic numbers: they are not in the text, Word computes them from numbering.xml and the styles.

Counters belong to the abstract list, as in Word: instances that share one go on counting, and
``startOverride`` restarts it where its instance is first used. LibreOffice agrees wherever instances do not
alternate.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzer.reading.docx_package import WORD, Element
from analyzer.reading.docx_styles import VAL, Look, integer, toggle, value

BULLET = "•"
_ABSTRACT, _NUM = WORD + "abstractNum", WORD + "num"
_LEVELS = 9
_MAX_LEVEL_TEXT = 255  # Word's own bound; a longer one would multiply over the paragraphs
# The alphabet of Word's and LibreOffice's Russian lists: no ё, й, ъ, ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_MAX_LETTERS = 10 * len(_RUSSIAN)
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int
    fmt: str
    text: str
    restart: int | None
    legal: bool
    hidden: bool
    style: str | None

    @classmethod
    def parse(cls, node: Element) -> Level:
        """Reads a ``w:lvl``; ``w:suff`` only sets the gap behind the number, which is not ours to print."""
        restart = value(node.find(WORD + "lvlRestart"))
        fmt = node.find(WORD + "numFmt")
        if fmt is None:  # newer formats stand in mc:AlternateContent with a plain fallback
            fmt = next(node.iter(WORD + "numFmt"), None)
        text = value(node.find(WORD + "lvlText")) or ""
        picture = node.find(WORD + "lvlPicBulletId") is not None
        return cls(
            start=integer(value(node.find(WORD + "start")), 0),
            fmt=value(fmt) or "decimal",
            text=BULLET if picture else text[:_MAX_LEVEL_TEXT],
            restart=None if restart is None else integer(restart),
            legal=bool(toggle(node, "isLgl")),
            hidden=bool(toggle(node.find(WORD + "rPr"), "vanish")),
            style=value(node.find(WORD + "pStyle")),
        )


@dataclass(frozen=True, slots=True)
class Instance:
    """A ``w:num``: an abstract list with this use's own levels and starts."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, level: int) -> int:
        """First number of a level."""
        return self.starts.get(level, self.levels[level].start if level in self.levels else 1)


class Numbering:
    """Lists of a document, each parsed when first used, and the counters of one pass over the document."""

    def __init__(self, root: Element | None, list_num_id: Callable[[str], str | None]) -> None:
        """Takes numbering.xml; ``list_num_id`` finds the instance behind a list style."""
        nodes = list(root) if root is not None else []
        self._abstracts = {node.get(_ABSTRACT + "Id", ""): node for node in nodes if node.tag == _ABSTRACT}
        self._nums = {node.get(_NUM + "Id", ""): node for node in nodes if node.tag == _NUM}
        self._list_num_id = list_num_id
        self._levels: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, Instance | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[str] = set()

    def level_of(self, num_id: str, look: Look) -> int:
        """Level of a paragraph with a list from its style: the one tied to the style, else the style's."""
        instance = self._instance(num_id)
        tied = {definition.style: level for level, definition in instance.levels.items()} if instance else {}
        return next((tied[style_id] for style_id in look.ids if style_id in tied), look.level or 0)

    def next(self, num_id: str, level: int) -> str:
        """Counts one paragraph of a list and gives its marker; "" where the list prints none."""
        instance = self._instance(num_id)
        level = min(max(level, 0), _LEVELS - 1)
        if instance is None or level not in instance.levels:
            return ""
        counters = self._counters.setdefault(instance.abstract, [None] * _LEVELS)
        if num_id not in self._started:
            self._started.add(num_id)
            for overridden in instance.starts:
                counters[overridden] = None
        current = counters[level]
        counters[level] = instance.start(level) if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            restart = instance.levels[deeper].restart if deeper in instance.levels else None
            if restart is None or level < restart:
                counters[deeper] = None
        for upper in range(level):
            # A level that was skipped counts as begun: «1.1» without a «1» before it is followed by «2».
            if counters[upper] is None:
                counters[upper] = instance.start(upper)
        return _render(instance, level, counters)

    def _instance(self, num_id: str) -> Instance | None:
        if num_id not in self._instances:
            self._instances[num_id] = None
            node = self._nums.get(num_id)
            key = self._abstract_key(node) if node is not None else ""
            if key in self._abstracts:
                if key not in self._levels:
                    self._levels[key] = _levels(self._abstracts[key])
                self._instances[num_id] = _instance(node, key, self._levels[key])
        return self._instances[num_id]

    def _abstract_key(self, node: Element) -> str:
        """Id of the abstract list of a ``w:num``, links to list styles followed."""
        seen: set[str] = set()
        while True:
            key = value(node.find(WORD + "abstractNumId")) or ""
            abstract = self._abstracts.get(key)
            link = value(abstract.find(WORD + "numStyleLink")) if abstract is not None else None
            target = self._list_num_id(link) if link else None
            if target is None or target in seen or target not in self._nums or len(seen) > _LEVELS:
                return key
            seen.add(target)
            node = self._nums[target]


def _levels(abstract: Element) -> dict[int, Level]:
    found = {integer(node.get(WORD + "ilvl")): node for node in abstract.findall(WORD + "lvl")}
    return {level: Level.parse(node) for level, node in found.items() if 0 <= level < _LEVELS}


def _instance(node: Element, key: str, levels: dict[int, Level]) -> Instance:
    own, starts = dict(levels), {}
    for override in node.findall(WORD + "lvlOverride"):
        level = integer(override.get(WORD + "ilvl"))
        if not 0 <= level < _LEVELS:
            continue
        if (definition := override.find(WORD + "lvl")) is not None:
            own[level] = Level.parse(definition)
        if (start := override.find(WORD + "startOverride")) is not None:
            starts[level] = integer(start.get(VAL), 1)
    return Instance(key, own, starts)


def _render(instance: Instance, level: int, counters: list[int | None]) -> str:
    definition = instance.levels[level]
    if definition.hidden:
        return ""
    if definition.fmt == "bullet":
        return BULLET if definition.text.strip() else ""

    def number(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        count = counters[index]
        if index > level or count is None or index not in instance.levels:
            return ""
        fmt = instance.levels[index].fmt
        if fmt == "bullet":
            return ""
        return format_number(count, "decimal" if definition.legal and fmt != "none" else fmt)

    # A level that prints nothing leaves its full stop behind: «.1.» is read as «1.», «5..1.» as «5.1.».
    return re.sub(r"\.{2,}", ".", re.sub(r"%([1-9])", number, definition.text)).strip().lstrip(".")


def format_number(number: int, fmt: str) -> str:
    """A number in one of Word's formats (ST_NumberFormat); unknown ones print as decimal.

    Args:
        number: The number.
        fmt: Name of the format: ``decimal``, ``russianLower``, …
    """
    if fmt == "none":
        return ""
    if fmt in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if fmt == "upperRoman" else roman.lower()
    if fmt in ("upperLetter", "lowerLetter", "russianUpper", "russianLower") and 0 < number <= _MAX_LETTERS:
        letters = _RUSSIAN if fmt.startswith("russian") else _LATIN
        # Behind the last letter they double: я, аа, бб (ECMA-376, 17.18.59).
        text = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
        return text.upper() if fmt.endswith(("Upper", "upperLetter")) else text
    patterns = {"decimalZero": f"{number:02}", "ordinal": f"{number}-й", "numberInDash": f"- {number} -",
                "decimalEnclosedParen": f"({number})", "decimalEnclosedFullstop": f"{number}."}  # fmt: skip
    return patterns.get(fmt, str(number))


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        text += letters * count
    return text
