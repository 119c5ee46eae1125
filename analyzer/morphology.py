"""One morphological analyser for the whole process, with caches shared over documents."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pymorphy3

from analyzer.once import once

# pymorphy3 parses about 20,000 words a second; acts repeat themselves, so the cache carries most of the load.
_CACHE = 200_000


class Analyser(pymorphy3.MorphAnalyzer):  # type: ignore[misc]  # pymorphy3 has no types
    """pymorphy3 that does not fail on letters for which Unicode has no name (Tangut, rare Chinese)."""

    def parse(self, word: str) -> list[Any]:
        """Parses of a word, best first; none where pymorphy3 stumbles over a letter."""
        try:
            return list(super().parse(word))
        except ValueError:
            return []


@once
def analyser() -> Analyser:
    """The analyser itself: 15 MB and 0.1 s to load, so only one a process."""
    return Analyser(lang="ru")


@lru_cache(maxsize=_CACHE)
def lemmas(word: str) -> tuple[str, ...]:
    """Likely dictionary forms of a lower-case word, best first, ё written as е.

    Homonyms keep up to three forms, so that «данные» is found as a noun and as a participle of «дать».
    """
    forms: list[str] = []
    for parse in analyser().parse(word)[:4]:
        form = parse.normal_form.replace("ё", "е")
        if form not in forms and (not forms or parse.score >= 0.05):
            forms.append(form)
    return tuple(forms[:3])


@lru_cache(maxsize=_CACHE)
def is_known(word: str) -> bool:
    """True when the dictionary has the word, whatever its case."""
    return bool(analyser().word_is_known(word.lower()))


@lru_cache(maxsize=_CACHE)
def is_predicate(word: str) -> bool:
    """True when a word is likeliest a finite verb, a short participle or «можно»."""
    return any(parse.tag.POS in {"VERB", "PRTS", "PRED"} for parse in analyser().parse(word)[:1])
