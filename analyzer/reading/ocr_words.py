"""Tesseract's table of words into words as the layout of a PDF knows them: type size, baseline, points."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from statistics import median

from analyzer.reading.normalize import clean
from analyzer.reading.pdf_chars import Word

_COLUMNS = 12
_WORD_LEVEL = "5"
# Confidence in percent. Handwriting, seals and signatures come out as lines far below the text's 90.
_LINE_FLOOR = 60.0
_SNIPPET_FLOOR = 35.0  # for words too short to be told from specks
_SNIPPET = 3
_UPRIGHT_FLOOR = 70.0
_LONG = 4
# Heights of letters in sizes of type.
_ASCENDING = frozenset(
    "бёйф№«»()bdfhklt" + string.digits + string.ascii_uppercase + "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
)
_DESCENDING = frozenset("руфцщдДЦЩ,;()gjpqy")
_X_HEIGHT, _RISE, _FALL = 0.46, 0.22, 0.2
_STEADY = 0.2
_SPACE = (
    0.1  # in sizes: boxes of neighbours touch now and then, a space stands between the words all the same
)


@dataclass(frozen=True, slots=True)
class Found:
    """A word as Tesseract gives it: line, text, confidence, box in pixels."""

    line: tuple[str, str, str]
    text: str
    confidence: float
    left: int
    top: int
    width: int
    height: int


def parse_tsv(table: str) -> list[Found]:
    """Words of Tesseract's TSV in its reading order; other rows are left out."""
    words = []
    for row in table.splitlines():
        fields = row.split("\t", _COLUMNS - 1)
        if len(fields) == _COLUMNS and fields[0] == _WORD_LEVEL and (text := clean(fields[11]).strip()):
            left, top, width, height = map(int, fields[6:10])
            line = (fields[2], fields[3], fields[4])
            words.append(Found(line, text, float(fields[10]), left, top, width, height))
    return words


def upside_down(words: Sequence[Found]) -> bool:
    """True when the page may lie on its side or head: letters guessed, or words higher than wide."""
    long = [word for word in words if len(word.text) >= _LONG]
    if not long:
        return bool(words)
    lying = sum(word.height > word.width for word in long)
    return lying * 2 > len(long) or median(word.confidence for word in long) < _UPRIGHT_FLOOR


def good_lines(words: Iterable[Found]) -> list[list[Found]]:
    """Lines that are text: those below the floor of confidence go, and specks inside the others."""
    lines = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        letters = sum(len(word.text) for word in line)
        if sum(word.confidence * len(word.text) for word in line) < _LINE_FLOOR * letters:
            continue
        kept = [word for word in line if word.confidence >= _SNIPPET_FLOOR or len(word.text) > _SNIPPET]
        if any(any(map(str.isalnum, word.text)) for word in kept):
            lines.append(kept)
    return lines


def place(lines: Sequence[Sequence[Found]], scale: float) -> list[Word]:
    """Words in points; all words of a line share its baseline and size, a skewed scan's too.

    Args:
        lines: Lines of words.
        scale: Points per pixel.
    """
    sizes = [median(_size(word) for word in line) for line in lines]
    usual = median(sizes) if sizes else 0.0
    placed = []
    for line, size in zip(lines, sizes, strict=True):
        # Boxes waver by a pixel or two: a line that differs by less than a heading does has the page's size.
        steady = usual if abs(size - usual) <= _STEADY * usual else size
        baseline = median(_bottom(word, steady) for word in line) * scale
        for word, following in zip_longest(line, line[1:]):
            right = float(word.left + word.width)
            if following is not None and following.left > word.left:
                right = min(right, following.left - _SPACE * steady)
            size = round(steady * scale, 1)
            placed.append(Word(word.text, word.left * scale, right * scale, baseline, size, False))
    return placed


def _size(word: Found) -> float:
    """Size of the type in pixels by the height of the box and the letters in it."""
    rise = not _ASCENDING.isdisjoint(word.text)
    fall = not _DESCENDING.isdisjoint(word.text)
    return word.height / (_X_HEIGHT + _RISE * rise + _FALL * fall)


def _bottom(word: Found, size: float) -> float:
    fall = _FALL * size if not _DESCENDING.isdisjoint(word.text) else 0.0
    return word.top + word.height - fall
