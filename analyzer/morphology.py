"""One morphological analyser for the whole process, with caches shared over documents."""

from __future__ import annotations

from functools import lru_cache

import pymorphy3

# pymorphy3 parses about 20,000 words a second; acts repeat themselves, so the cache carries most of the load.
_CACHE = 200_000


@lru_cache(maxsize=1)
def analyser() -> pymorphy3.MorphAnalyzer:
    """The analyser itself: 15 MB and 0.1 s to load, so only one a process."""
    return pymorphy3.MorphAnalyzer(lang="ru")


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
    return analyser().parse(word)[0].tag.POS in {"VERB", "PRTS", "PRED"}
