"""TXT001: Latin letters inside Cyrillic words, by which search and copying fail."""

from __future__ import annotations

import re

from analyzer.model import Act, Finding

_MIXED = re.compile(r"\b(?=\w*[А-Яа-яЁё])(?=\w*[A-Za-z])[А-Яа-яЁёA-Za-z]{2,}\b")
_LOOKALIKE = frozenset("aceopxyABCEHKMOPTXYkmnthu")


def check_text(act: Act) -> list[Finding]:
    """One finding a clause that mixes alphabets inside a word; recognised text is left alone."""
    result: list[Finding] = []
    for clause in act.clauses:
        if clause.ocr:
            continue
        words = [word for word in _MIXED.findall(clause.text) if _is_slip(word)]
        if words:
            shown = ", ".join(dict.fromkeys(words))
            result.append(
                Finding(
                    "TXT001",
                    "note",
                    f"латинские буквы внутри русских слов: {shown}",
                    "наберите эти слова заново русскими буквами",
                    clause.path,
                    clause.page,
                    words[0],
                )
            )
    return result


def _is_slip(word: str) -> bool:
    """«oбучение» with a Latin «o» is a slip; «VK-мессенджер», «IT-класс», «онлайнX» are not."""
    latin = [char for char in word if char.isascii()]
    return len(latin) < len(word) and all(char in _LOOKALIKE for char in latin)
