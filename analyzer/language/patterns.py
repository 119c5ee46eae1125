"""The pattern language of the checklists: lemmas in order, told on one page of ``checklists/README.md``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.errors import DataError
from analyzer.language.concrete import classes
from analyzer.language.tokens import Token, tokenize
from analyzer.morphology import lemmas

GAP = 3  # other tokens that may stand between two neighbours of a pattern
_ANY = 10_000_000  # more than a text has tokens
_GAPS = {"...": _ANY, "…": _ANY, "+": 0}  # signs between two words
CLASSES = frozenset({"число", "срок", "дата", "время", "лицо", "сервис", "адрес"})


@dataclass(frozen=True, slots=True)
class _Word:
    forms: frozenset[str]
    lemmas: frozenset[str]
    prefixes: tuple[str, ...]
    classes: frozenset[str]
    gap: int

    def matches(self, token: Token, token_classes: frozenset[str]) -> bool:
        if token.form in self.forms or (self.classes and not self.classes.isdisjoint(token_classes)):
            return True
        if self.prefixes and (token.form.startswith(self.prefixes) or token.lemma.startswith(self.prefixes)):
            return True
        return not self.lemmas.isdisjoint(token.lemmas)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: every sequence must be found, in any order of the sequences."""

    source: str
    sequences: tuple[tuple[_Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text prepared for patterns: tokens and the classes that each belongs to."""

    source: str
    tokens: tuple[Token, ...]
    classes: tuple[frozenset[str], ...]


@lru_cache(maxsize=4096)
def prepare(source: str) -> Text:
    """Tokens and classes of a text; cached, since many patterns look at one clause."""
    tokens = tokenize(source)
    return Text(source, tokens, classes(source, tokens))


@lru_cache(maxsize=8192)
def compile_pattern(source: str) -> Pattern:
    """Compiles a pattern.

    Raises:
        DataError: The pattern is empty or names an unknown class.
    """
    sequences = tuple(_sequence(part.strip(), source) for part in source.split(" & "))
    return Pattern(source, sequences)


def _sequence(part: str, source: str) -> tuple[_Word, ...]:
    words: list[_Word] = []
    gap = GAP
    for piece in part.split():
        if piece in _GAPS:
            gap = _GAPS[piece]
            continue
        words.append(_word(piece, gap, source))
        gap = GAP
    if not words:
        raise DataError("bad_pattern", f"образец «{source}» пуст", "напишите в нём хотя бы одно слово")
    return tuple(words)


def _word(piece: str, gap: int, source: str) -> _Word:
    forms: set[str] = set()
    lemma_set: set[str] = set()
    prefixes: list[str] = []
    names: set[str] = set()
    for raw in piece.split("/"):
        option = raw.lower().replace("ё", "е")
        if match := re.fullmatch(r"<(.+)>", option):
            if match[1] not in CLASSES:
                raise DataError(
                    "bad_pattern",
                    f"в образце «{source}» неизвестный класс <{match[1]}>",
                    f"известны: {', '.join(sorted(CLASSES))}",
                )
            names.add(match[1])
        elif option.startswith("="):
            forms.add(option[1:])
        elif option.endswith("*"):
            prefixes.append(option[:-1])
        else:
            forms.add(option)
            lemma_set.update(lemmas(option) if option[:1].isalpha() else (option,))
    return _Word(frozenset(forms), frozenset(lemma_set), tuple(prefixes), frozenset(names), gap)


def find(pattern: Pattern, text: Text) -> tuple[int, int] | None:
    """Offsets of the first match of the pattern's first sequence, None when any sequence is not found."""
    first: tuple[int, int] | None = None
    for sequence in pattern.sequences:
        span = _find_sequence(sequence, text)
        if span is None:
            return None
        first = first or span
    return first


def _find_sequence(words: tuple[_Word, ...], text: Text) -> tuple[int, int] | None:
    tokens, token_classes = text.tokens, text.classes
    failed: dict[int, int] = {}
    for begin, token in enumerate(tokens):
        if not words[0].matches(token, token_classes[begin]):
            continue
        end = _walk(words, 1, begin, text, failed)
        if end is not None:
            return token.start, tokens[end].end
    return None


def _walk(
    words: tuple[_Word, ...], index: int, position: int, text: Text, failed: dict[int, int]
) -> int | None:
    """Position of the last word's token, trying nearer tokens first.

    ``failed`` holds for each word behind «...» the first position from which it leads nowhere: neither does
    any later one, so that a long text is gone through once.
    """
    if index == len(words):
        return position
    word = words[index]
    if word.gap == _ANY and position >= failed.get(index, _ANY):
        return None
    for candidate in range(position + 1, min(len(text.tokens), position + 2 + word.gap)):
        if word.matches(text.tokens[candidate], text.classes[candidate]):
            end = _walk(words, index + 1, candidate, text, failed)
            if end is not None:
                return end
    if word.gap == _ANY:
        failed[index] = position
    return None


def find_any(patterns: Sequence[str], text: str) -> tuple[int, int] | None:
    """Offsets of the first of several patterns that is found in a text."""
    prepared = prepare(text)
    for source in patterns:
        span = find(compile_pattern(source), prepared)
        if span is not None:
            return span
    return None
