"""Dates as Russian documents write them: in digits, with the month in words, with a two-digit year."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("январ", "феврал", "март", "апрел", "ма[йяе]", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = re.compile("|".join(f"({stem})" for stem in _MONTHS), re.IGNORECASE)
_PIVOT = 50  # «92» is 1992, «24» is 2024

# Recognised text has letters for digits: «29.12.20l2», «1О.О7.2О13».
_D = "[0-9lI|ОоOoЗзб]"
_DIGITS = str.maketrans("lI|ОоOoЗзб", "1110000336")
_QUOTE = "[«»\"“”„']"
_YEAR_WORD = r"(?:\s*(?:года|году|год|гг?\.|г(?![а-яё])))?"
_NUMERIC = rf"(?<![\d.,/-]){_QUOTE}?(?:{_D}{{1,2}}){_QUOTE}?\s*[.,/]\s*{_D}{{1,2}}\s*[.,/]\s*(?:{_D}{{4}}|\d\d)(?!\d)"
_WORDS = (
    rf"(?<![\d.,/-]){_QUOTE}?\s?\d{{1,2}}\s?{_QUOTE}?[\s.]*(?:{'|'.join((*_MONTHS, *_SHORT))})[а-я]*\.?\s*"
    r"(?:\d{4}|\d\d(?=\s?г))(?!\d)"
)
DATE = rf"(?:(?:{_NUMERIC}|{_WORDS}){_YEAR_WORD})"
"""Pattern of a date, with «г.» or «года» behind it. Case must be ignored; text may hold OCR noise."""

_FIND = re.compile(
    rf"(?:{_QUOTE}?(?P<d>{_D}{{1,2}}){_QUOTE}?\s*[.,/\s]\s*(?P<m>{_D}{{1,2}})\s*[.,/\s]\s*(?P<y>{_D}{{4}}|{_D}{{2}})(?!\d))"
    rf"|(?:(?P<dw>\d{{1,2}})\s?{_QUOTE}?[\s.]*(?P<mw>(?:{'|'.join((*_MONTHS, *_SHORT))})[а-я]*)\.?\s*(?P<yw>\d{{4}}|\d\d(?=\s?г)))",
    re.IGNORECASE,
)


def parse_date(text: str) -> date | None:
    """The first date in a text, in digits or words; None without one or when it is impossible.

    Letters that a recogniser puts for digits are read as digits; a two-digit year above 50 is of the last century.
    """
    found = next((match for match in _FIND.finditer(text) if _real_digits(match[0])), None)
    if found is None:
        return None
    if found["mw"]:
        day, year = int(found["dw"]), int(found["yw"])
        month = _month(found["mw"])
    else:
        day, month, year = (int(found[name].translate(_DIGITS)) for name in ("d", "m", "y"))
    if year < 100:
        year += 1900 if year > _PIVOT else 2000
    try:
        return date(year, month, day) if 1900 <= year <= 2099 else None
    except ValueError:
        return None


def in_words(day: date) -> str:
    """``11 октября 2023 г.``, as acts print their dates."""
    return f"{day.day} {_GENITIVE[day.month - 1]} {day.year} г."


_GENITIVE = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


MONTH_STEMS = _MONTHS
"""Patterns of the beginnings of the twelve months, for grammars that need a day and a month only."""


def month_number(word: str) -> int:
    """Month, 1 to 12, of a word that matches one of ``MONTH_STEMS`` or an abbreviation."""
    return _month(word)


def _month(word: str) -> int:
    match = _MONTH.match(word)
    if match is not None and match.lastindex is not None:
        return match.lastindex
    return _SHORT.index(word.lower()[:3]) + 1


def _real_digits(text: str) -> bool:
    """At least half of the signs must be digits: «lI.ОО.бЗ» is no date."""
    signs = [sign for sign in text if sign.isalnum()]
    return any(sign.isdigit() for sign in signs) and (
        not any(sign in "lI|ОоOoЗзб" for sign in text) or sum(map(str.isdigit, text)) * 2 >= len(signs)
        or any(sign.isalpha() and sign not in "lI|ОоOoЗзб" for sign in text)
    )
