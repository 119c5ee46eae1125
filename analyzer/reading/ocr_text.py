"""Mends what recognition surely got wrong: clause numbers at the start of a line, the sign №, «ФЗ».

Nothing else is touched: words are left as recognised, for a correction that guesses makes legal text worse.
"""

from __future__ import annotations

import re

# A number of several parts that begins a line, letters that look like digits in it: «З.1.», «l.2», «2.1О.».
_PARTED = re.compile(r"(?=\S*\d)([\dЗзОоOoIl|!]{1,3}(?:\.[\dЗзОоOoIl|!]{1,3}){1,4})(?=\.?(?:\s|[А-ЯЁ«]))")
_DIGITS = str.maketrans("ЗзОоOoIl|!", "3300001111")
# «3.1.» and «2.1.» whose dot and figure one flowed into «Л».
_MERGED = re.compile(r"([1-9З]\d?)Л\.(?=\s*[А-ЯЁ«])")
# «З. Права и обязанности»; not the initials «З. И. Иванова».
_SECTION = re.compile(r"З\.(?=\s+[А-ЯЁ][А-Яа-яё]{2,}\s+\S)")
_NOISE = re.compile(r"^(?:[|‘’'`~_^°*]+\s+)+")
_NUMERO = re.compile(r"(?:\bN[eеoо°º]?|№[°ºo])\s*(?=\d)")
# «М 499» and «Ме 499» stand for № only behind a date: «от 01.07.2013 М 499».
_NUMERO_BEHIND_DATE = re.compile(r"(?<=\d{4})(\s+(?:г\.?|года)?\s*)(?:М|Ме|Мо|Хо|Хе|Ле|Не|Ме?®)\s*(?=\d)")
_FEDERAL_LAW = re.compile(r"(?<=\d[-–—])Ф[3з](?!\w)")

# «Положение 06 организации», «06 образовании»: the preposition behind the act's kind or a quotation mark.
_ABOUT = re.compile(r"((?i:\bположение )|[«\"])0(6?)(?= [а-яё])")


def mend(text: str) -> str:
    """Mends one recognised line.

    Args:
        text: A line as recognised.

    Returns:
        ``З.1. Школа`` → ``3.1. Школа``, ``1Л. Общие`` → ``1.1. Общие``, ``N 273-Ф3`` → ``№ 273-ФЗ``;
        a line without such faults as it was.
    """
    text = _NOISE.sub("", text)
    parted = _PARTED.match(text)
    if parted:
        text = parted[1].translate(_DIGITS) + text[parted.end(1) :]
    elif merged := _MERGED.match(text):
        text = f"{merged[1].translate(_DIGITS)}.1." + text[merged.end() :]
    else:
        text = _SECTION.sub("3.", text, count=1) if _SECTION.match(text) else text
    text = _NUMERO.sub("№ ", text)
    text = _NUMERO_BEHIND_DATE.sub(lambda found: f"{found[1]}№ ", text)
    text = _ABOUT.sub(_about, text)
    return _FEDERAL_LAW.sub("ФЗ", text)


def _about(found: re.Match[str]) -> str:
    word = "об" if found[2] else "о"
    return found[1] + (word.capitalize() if found[1] in '«"' else word)
