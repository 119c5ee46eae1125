"""Search by words: order, letter case and endings do not matter, ё is е."""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.morphology import lemmas

_WORD = re.compile(r"\w+")


def holds(query: str, *texts: str | None) -> bool:
    """True when every word of the query stands in the texts; an empty query fits everything."""
    known = [_keys(text) for text in texts if text]
    return all(any(_fits(word, keys) for keys in known) for word in _words(query))


def spans(query: str, text: str) -> list[tuple[int, int]]:
    """Places of the query's words in a text."""
    wanted = _words(query)
    return [
        match.span()
        for match in _WORD.finditer(text)
        if any(_fits(word, _forms(_fold(match[0]))) for word in wanted)
    ]


def _fold(text: str) -> str:
    return text.lower().replace("ё", "е")


def _words(query: str) -> list[str]:
    return _WORD.findall(_fold(query))


def _fits(word: str, keys: frozenset[str]) -> bool:
    """The word in any of its forms, or the beginning of a word that is still being typed."""
    return not keys.isdisjoint(_forms(word)) or any(key.startswith(word) for key in keys)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """A folded word with its dictionary forms."""
    return frozenset((word, *lemmas(word))) if word[0].isalpha() else frozenset((word,))


def _keys(text: str) -> frozenset[str]:
    """Everything by which the words of a text are found."""
    return frozenset().union(*(_forms(word) for word in _words(text)))
