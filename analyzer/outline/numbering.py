"""Numbers of clauses as printed: what is one, what only looks like one, what comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analyzer.dates import MONTH

MarkerKind = Literal["decimal", "paren", "letter", "roman", "section", "bullet", "annex"]

# The alphabets of sub-clauses: Word's list has 29 letters, people who type use й and ё too.
LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Look-alikes by which typists and OCR write Roman numerals.
_ROMAN_LOOKALIKES = str.maketrans({"І": "I", "Х": "X", "С": "C", "Ӏ": "I", "|": "I"})
# What is counted: «1.5 часа» is a quantity, no number of a clause.
_COUNTED = (
    rf"(?:{MONTH}|"
    r"год|рабоч|календарн|час|минут|дн|день|класс|процент|%|раз\b|лет\b|экз)"
)

_DECIMAL = re.compile(
    r"(?P<num>\d{1,3}(?:\.\s?\d{1,3}){0,5})(?P<dot>\.)?(?P<close>\s*\))?(?=(?P<gap>\s*)(?P<rest>\S|$))"
)
_LETTER = re.compile(r"(?P<num>[а-яёa-z])(?:(?P<close>\s*\))|\.(?=\s|$))\s*", re.IGNORECASE)
_ROMAN_RE = re.compile(r"(?P<num>[IVXLCІХС|]{1,7})(?:\.|\s*\)|(?=\s+[А-ЯЁ«]))\s*")
_SECTION = re.compile(
    r"(?P<word>раздел|глава|статья|часть)\s+(?P<num>\d{1,3}|[IVXІХ]{1,7})\s*[.:)]?\s*", re.IGNORECASE
)
_BULLET = re.compile(r"(?P<num>[-–—•·▪■●○◦*✓➢►\uf0b7\uf02d\uf0a7\uf0d8])\s*(?=\S)")
_ANNEX = re.compile(r"приложение(?:\s*(?:№|N|No)?\s*(?P<num>\d{1,2}))?\s*(?=$|[.:]|к\s|\n|\()", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number, letter or bullet at the head of a paragraph.

    Attributes:
        kind: ``decimal`` (1.2.), ``paren`` (1)), ``letter`` (а)), ``roman`` (IV.), ``section`` (Глава 2),
            ``bullet``, ``annex``.
        values: Components as integers: ``(1, 2)``; letters count from 1.
        label: The last component as it goes into a path: ``2``, ``а``, ``IV``.
        printed: The number as printed.
        length: Characters of the paragraph that it takes, white space behind it included.
        word: For ``section``, the word before the number in lower case.
    """

    kind: MarkerKind
    values: tuple[int, ...]
    label: str
    printed: str
    length: int
    word: str = ""


def roman(text: str) -> int | None:
    """Value of a Roman numeral, look-alike letters allowed; None if it is none.

    >>> roman("IV"), roman("ХI"), roman("IIX")
    (4, 11, None)
    """
    text = text.translate(_ROMAN_LOOKALIKES).upper()
    if not text or any(char not in _ROMAN for char in text):
        return None
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[char]
        total += -value if following and _ROMAN[following] > value else value
    return total if to_roman(total) == text else None


def to_roman(value: int) -> str:
    """Canonical Roman numeral of 1 to 399."""
    result = ""
    for number, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while value >= number:
            result += letters
            value -= number
    return result


def letter_value(letter: str) -> int:
    """Place of a letter among the sub-clauses, from 1; ё and й keep company with е and и."""
    letter = letter.lower()
    if letter in LETTERS:
        return LETTERS.index(letter) + 1
    if letter in LATIN:
        return LATIN.index(letter) + 1
    return LETTERS.index({"ё": "е", "й": "и"}.get(letter, "я")) + 1


def parse_marker(text: str, *, trusted: bool = False) -> Marker | None:
    """The marker that a paragraph begins with, None if it begins with plain words.

    Args:
        text: The paragraph.
        trusted: The text is an automatic number, so that guards against dates and years are off.

    Returns:
        The marker. Dates («02.09.2024»), years, quantities («10 рабочих дней»), sums and codes
        («273-ФЗ», «2.4.3648-20») are not markers.
    """
    for parse in (_annex, _section, _decimal, _letter, _roman_marker, _bullet):
        marker = parse(text, trusted)
        if marker is not None:
            return marker
    return None


def _annex(text: str, trusted: bool) -> Marker | None:
    if len(text) > 250:
        return None
    match = _ANNEX.match(text)
    if match is None:
        return None
    number = int(match["num"]) if match["num"] else 1
    return Marker("annex", (number,), str(number), match.group().strip(), match.end())


def _section(text: str, trusted: bool) -> Marker | None:
    match = _SECTION.match(text)
    if match is None or (match.end() == match.end("num") and match.end() < len(text)):
        return None
    number = match["num"]
    value = int(number) if number.isdigit() else roman(number)
    # «Часть 3 статьи 28 закона …» is a reference at the head of a sentence, not a heading.
    rest = text[match.end() :]
    if value is None or re.match(r"(?:стать|пункт|настоящ|федеральн|закон)", rest, re.IGNORECASE):
        return None
    label = number if number.isdigit() else to_roman(value)
    return Marker("section", (value,), label, match.group().strip(), match.end(), match["word"].lower())


def _decimal(text: str, trusted: bool) -> Marker | None:
    match = _DECIMAL.match(text)
    if match is None:
        return None
    values = tuple(int(part) for part in re.split(r"\.\s?", match["num"]))
    rest, gap, dotted = text[match.end() :].lstrip(), match["gap"], bool(match["dot"])
    if not trusted and not _plausible(match, values, rest, gap, dotted):
        return None
    kind: MarkerKind = "paren" if match["close"] and len(values) == 1 else "decimal"
    length = match.end() + len(gap)
    return Marker(kind, values, str(values[-1]), match.group().strip(), length)


def _plausible(match: re.Match[str], values: tuple[int, ...], rest: str, gap: str, dotted: bool) -> bool:
    if match["close"]:
        return len(values) <= 3
    if any(value > 199 for value in values) or values[0] == 0:
        return False
    if len(values) == 1:
        # A lone number needs its dot: «5 рабочих дней» is text; «12» is a page.
        if not rest:
            return dotted
        if not dotted:
            return False
        return not re.match(r"\d", rest) or bool(gap)
    if len(values) == 3 and values[2] >= 20 and values[1] <= 12:
        return False  # 02.09.24
    if not rest:
        return dotted or len(values) > 1
    if re.match(r"[-–]\d|[-–][А-ЯA-Z]|/|г\.|гг?\b|%|:\d", rest):
        return False  # 2.4.3648-20, 01.09 г.
    if not gap and re.match(r"\d", rest):
        return False  # 02.09.2024
    if not dotted and not gap and not re.match(r"[А-ЯЁA-Z«\"]", rest):
        return False
    if not dotted and len(values) == 2 and re.match(_COUNTED, rest, re.IGNORECASE):
        return False  # 1.5 часа
    return not (
        len(values) == 2 and not dotted and values[1] >= 30 and re.match(r"[а-я—–-]", rest)
    )  # 15.30 до


def _letter(text: str, trusted: bool) -> Marker | None:
    match = _LETTER.match(text)
    if match is None:
        return None
    letter = match["num"]
    if (
        not trusted
        and not match["close"]
        and (letter.isupper() or letter in "гсикувояж" or match.end() >= len(text))
    ):
        return None  # initials «А. Иванов», «г. Москва», «с. Ивановка»; «и.» does not open a clause
    return Marker("letter", (letter_value(letter),), letter.lower(), match.group().strip(), match.end())


def _roman_marker(text: str, trusted: bool) -> Marker | None:
    match = _ROMAN_RE.match(text)
    if match is None:
        return None
    value = roman(match["num"])
    rest = text[match.end() :]
    if value is None or value > 40 or (not trusted and not re.match(r"[А-ЯЁA-Z«\"\d]|$", rest)):
        return None
    printed = match.group().strip()
    if not printed.endswith((".", ")")) and (
        len(match["num"]) > 4 or match["num"] in {"С", "C", "Х", "X", "|", "L"}
    ):
        return None
    if match["num"] in {"С", "C", "|"}:
        return None
    return Marker("roman", (value,), to_roman(value), printed, match.end())


def _bullet(text: str, trusted: bool) -> Marker | None:
    match = _BULLET.match(text)
    if match is None or (not trusted and re.match(r"-\d", text)):
        return None
    return Marker("bullet", (), "", match["num"], match.end())
