"""Search in the registry of acts: by number, date and words in any order, typing errors forgiven."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from analyzer.citations.naming import act_name
from analyzer.dates import parse_date
from analyzer.language.tokens import tokenize
from analyzer.law.load import registry
from analyzer.law.registry import RegisteredAct, fold_number

_TYPO = 0.8  # likeness from which another word or number is taken for a typing error
_KEPT = 0.6  # share of the best score from which a result is shown
_DATE_WEIGHT, _YEAR_WEIGHT, _NUMBER_WEIGHT, _NAME_WEIGHT = 6.0, 2.0, 8.0, 4.0
_NUMERIC_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\s+[а-яё]+\s+\d{4}(?:\s*г(?:ода|\.)?)?")
_YEAR = re.compile(r"(?<![\d/-])(?:19[89]|20[0-4])\d(?![\d/-])")
_NUMBER = re.compile(r"[\w./-]*\d[\w./-]*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An act with what it is found by: own numbers, numbers in its names, words, names as word sets."""

    act: RegisteredAct
    numbers: frozenset[str]
    mentioned: frozenset[str]
    lemmas: frozenset[str]
    names: tuple[frozenset[str], ...]


def find(query: str) -> list[RegisteredAct]:
    """Acts that fit a query, best first; of equally good ones the newest."""
    words, numbers, day, years = _read(query)
    scored = []
    for entry in _index():
        score = _word_score(words, entry) + _number_score(numbers, entry)
        score += _DATE_WEIGHT * (day == entry.act.date) + _YEAR_WEIGHT * (entry.act.date.year in years)
        if score > 0:
            scored.append((score, entry.act))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].date.toordinal()))
    return [act for score, act in scored if score >= _KEPT * scored[0][0]]


def _read(query: str) -> tuple[list[frozenset[str]], list[str], date | None, set[int]]:
    """The query's words (with spelling mended), numbers, date and years."""
    day: date | None = None
    for match in _NUMERIC_DATE.finditer(query):
        if (read := parse_date(match.group())) is not None:
            day = read
            query = query.replace(match.group(), " ")
            break
    years = {int(year) for year in _YEAR.findall(query)}
    numbers = [fold_number(number) for number in _NUMBER.findall(query)]
    numbers = [number for number in numbers if number in _known_numbers() or not _YEAR.fullmatch(number)]
    words = [
        _mended(frozenset(token.lemmas))
        for token in tokenize(_NUMBER.sub(" ", query))
        if token.is_word and len(token.form) > 1
    ]
    return words, numbers, day, years


def _mended(lemmas: frozenset[str]) -> frozenset[str]:
    """The lemmas when the registry has one of them, else the word of the registry that is most like them."""
    known = _weights()
    if any(lemma in known for lemma in lemmas):
        return lemmas
    near = [word for lemma in lemmas for word in difflib.get_close_matches(lemma, known, 1, _TYPO)]
    return frozenset(near)


def _word_score(words: Sequence[frozenset[str]], entry: _Entry) -> float:
    """Rarity of the words found, and how much of one of the act's names they make up."""
    found = sum(max((_weights()[lemma] for lemma in word & entry.lemmas), default=0.0) for word in words)
    if not found:
        return 0.0
    named = max(
        sum(not word.isdisjoint(name) for word in words) / max(len(name), len(words)) for name in entry.names
    )
    return found + _NAME_WEIGHT * named


def _number_score(numbers: Sequence[str], entry: _Entry) -> float:
    """Full weight for the number itself; a typing error counts only when no act has the number as written."""
    score = 0.0
    for number in numbers:
        if number in entry.numbers:
            score += _NUMBER_WEIGHT
        elif number in entry.mentioned:
            score += _NUMBER_WEIGHT / 2
        elif number not in _known_numbers() and len(number) > 2:
            likeness = max(_likeness(number, known) for known in entry.numbers)
            score += _NUMBER_WEIGHT / 2 * (likeness if likeness >= _TYPO else 0.0)
    return score


def _likeness(number: str, known: str) -> float:
    """Likeness of two numbers, 0 to 1; the same digits in another order are the commonest slip."""
    return 0.95 if sorted(number) == sorted(known) else difflib.SequenceMatcher(None, number, known).ratio()


@cache
def _index() -> tuple[_Entry, ...]:
    return tuple(_entry(act) for act in registry().acts)


def _entry(act: RegisteredAct) -> _Entry:
    whole = fold_number(act.number)
    numbers = {whole, re.sub(r"-фз$|-р$", "", whole), *whole.split("/"), act.id}
    # In names a bare number may be anything («статья 16»); one with a dash or stop is a number of an act.
    mentioned = frozenset(
        fold_number(part)
        for name in (act.title, *act.aliases)
        for part in _NUMBER.findall(name)
        if "-" in part or "." in part
    )
    names = tuple(filter(None, map(_lemmas, (act.title, *act.aliases))))
    described = _lemmas(f"{act_name(act)} {act.issuer} {act.topic}")
    return _Entry(act, frozenset(numbers), mentioned, described.union(*names), names)


def _lemmas(text: str) -> frozenset[str]:
    """The first dictionary form of each word of at least two letters."""
    return frozenset(token.lemma for token in tokenize(text) if token.is_word and len(token.form) > 1)


@cache
def _known_numbers() -> frozenset[str]:
    return frozenset(number for entry in _index() for number in entry.numbers | entry.mentioned)


@cache
def _weights() -> dict[str, float]:
    """Rarity of each word: «об утверждении» tells nothing, «прокторинг» tells all."""
    frequency = Counter(lemma for entry in _index() for lemma in entry.lemmas)
    return {lemma: math.log(1 + len(_index()) / count) for lemma, count in frequency.items()}
