"""Kinds of local acts as they are printed at the head of a title."""

from __future__ import annotations

import re

# The value is the contract's enum.
KINDS = {
    "временное положение": "положение",
    "временный порядок": "порядок",
    "типовое положение": "положение",
    "положение": "положение",
    "порядок": "порядок",
    "правила": "правила",
    "приказ": "приказ",
    "инструкция": "инструкция",
    "регламент": "регламент",
    "распоряжение": "приказ",
    "памятка": "иное",
    "программа": "иное",
    "план": "иное",
    "политика": "иное",
    "кодекс": "иное",
    "методика": "иное",
    "концепция": "иное",
    "договор": "иное",
    "режим занятий": "иное",
    "график": "иное",
    "устав": "иное",
    "протокол": "иное",
    "перечень": "иное",
}
KIND = re.compile(rf"(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})\b", re.IGNORECASE)


STAMP = re.compile(
    r"(?:ПРИНЯТ\w*|СОГЛАСОВАН\w*|УТВЕРЖД\w*|РАССМОТРЕН\w*|ОДОБРЕН\w*|ВВЕДЕН\w*\s+В\s+ДЕЙСТВИЕ|УЧТЕНО)",
    re.IGNORECASE,
)
"""Words that open a field of the title block: who adopted, agreed, approved."""


# Three capitals are enough; of small letters more, since «а и б в» is a sentence.
_SPACED = re.compile(r"(?<!\S)(?:(?:[А-ЯЁ]\s){3,}[А-ЯЁ]|(?:[А-Яа-яЁё]\s){5,}[а-яё])(?!\S)")


def opens_stamp(text: str) -> bool:
    """True for «УТВЕРЖДАЮ», «ПРИНЯТО на заседании …» in capitals at the head of a line."""
    match = STAMP.match(text.lstrip('«" '))
    return match is not None and match.group().isupper()


def unspace(text: str) -> str:
    """«П О Л О Ж Е Н И Е о работе» with its letters together again."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def kind_of(text: str) -> str | None:
    """Kind of the act that a title begins with, None if the text is no title."""
    match = KIND.match(unspace(text).strip(' «"'))
    return KINDS[match.group().lower()] if match else None
