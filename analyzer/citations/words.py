"""Words of ``citations.yaml`` turned into regular expressions with all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from analyzer.citations.fold import LOOK_ALIKE
from analyzer.morphology import analyser

START = r"(?<![А-Яа-яA-Za-z0-9])"
END = r"(?![А-Яа-яA-Za-z])"


def phrases(names: Iterable[str]) -> str:
    """Alternatives of all ``names`` in all their forms, the longest first, with word borders."""
    ordered = sorted(set(names), key=lambda name: (-len(name.split()), -len(name), name))
    return START + "(?:" + "|".join(_phrase(name) for name in ordered) + ")"


def _phrase(name: str) -> str:
    written = name.split()
    alone = len(written) == 1
    parts = [_word(written[0], alone)]
    for before, word in pairwise(written):
        parts.append((r"\s*" if before.endswith(".") else r"\s+") + _word(word, alone))
    return "".join(parts) + ("" if name.endswith(("*", ".")) else END)


@lru_cache(maxsize=4096)
def _word(word: str, alone: bool) -> str:
    even = word.translate(LOOK_ALIKE)
    if word == "*":
        return r"\S+(?:\s+\S+){0,4}"
    if word.endswith("*"):
        return f"(?i:{re.escape(even[:-1])}[а-я]*)"
    letters = even.rstrip(".,")
    if even.isupper() and len(letters) > 1:
        # An abbreviation that stands alone is told from a word by its capitals only («СП», «МР»).
        return re.escape(even) if alone else f"(?i:{re.escape(even)})"
    if even != letters or not letters.isalpha():
        return f"(?i:{re.escape(even)})"
    return "(?i:" + "|".join(sorted(forms(letters.lower()), key=lambda form: (-len(form), form))) + ")"


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """Every form of a word given in the nominative singular; of another word, itself alone."""
    found = {word}
    for parse in analyser().parse(word):
        if {"nomn", "sing"} <= parse.tag.grammemes and parse.score > 0.05:
            same = parse.tag.POS  # of an adjective the lexeme holds comparatives too: nobody cites with them
            found |= {
                form.word.replace("ё", "е")
                for form in parse.lexeme
                if same == form.tag.POS and "Supr" not in form.tag
            }
            break
    return frozenset(found)


@lru_cache(maxsize=512)
def plural_forms(word: str) -> frozenset[str]:
    """The plural forms of a noun given in the nominative singular."""
    for parse in analyser().parse(word):
        if {"NOUN", "nomn", "sing"} <= parse.tag.grammemes:
            return frozenset(form.word.replace("ё", "е") for form in parse.lexeme if "plur" in form.tag)
    return frozenset()
