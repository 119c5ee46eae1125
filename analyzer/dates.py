"""Dates as Russian documents write them: in digits, with the month in words, with a two-digit year."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
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
# Three letters tell a month where a year follows: recognition and haste spoil the rest («октлбря», «сент.»).
_MONTH = "(?:" + "|".join("ма[йяе]" if name == "мая" else name[:3] for name in _MONTHS) + ")[а-я]*"
_PIVOT = 50  # «92» is 1992, «24» is 2024

# Recognised text has letters for digits: «29.12.20l2», «1О.О7.2О13».
_NOISE = "lI|ОоOoЗзб"
_D = f"[0-9{_NOISE}]"
_DIGITS = str.maketrans(_NOISE, "1110000336")
_QUOTE = "[«»\"“”„']?"
_DAY = rf"(?<![\d.,/-]){_QUOTE}\s?({_D}{{1,2}})\s?{_QUOTE}"
_END = r"(?!\d)"
_DOTTED = rf"{_DAY}\s*\.\s*({_D}{{1,2}})\s*\.\s*({_D}{{4}}|\d\d){_END}"
_SLASHED = rf"{_DAY}\s*[,/]\s*({_D}{{1,2}})\s*[.,/]\s*({_D}{{4}}){_END}"
_WORDED = rf"{_DAY}[\s.]*({_MONTH})\.?\s*(\d{{4}}|\d\d(?=\s?г)){_END}"
# «02» 09 2024: in stamps, where nothing but a date can stand.
_SPACED = rf"{_DAY}\s+(\d\d)\s+(\d{{4}}|\d\d){_END}"
_YEAR_WORD = r"(?:\s*(?:года|году|год|гг?\.|г(?![а-яё])))?"
_GROUP = re.compile(r"(?<!\\)\((?!\?)")

DATE = _GROUP.sub("(?:", f"((?:{_DOTTED}|{_SLASHED}|{_WORDED}){_YEAR_WORD})")
"""Pattern of a date with «г.» or «года» behind it, without groups; case must be ignored."""

_FIND = re.compile("|".join((_DOTTED, _SLASHED, _WORDED, _SPACED)), re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """The first date in a text, in digits or words; None without one or when it is impossible.

    Letters that a recogniser puts for digits are read as digits; a two-digit year above 50 is of the
    last century.
    """
    for match in _FIND.finditer(text):
        day, month, year = (group for group in match.groups() if group)
        if sum(map(str.isdigit, day + year)) * 2 >= len(day + year):  # «lО.12.бЗ» is no date
            return _date(day, month, year)
    return None


def _date(day: str, month: str, year: str) -> date | None:
    in_year = int(year.translate(_DIGITS))
    if in_year < 100:
        in_year += 1900 if in_year > _PIVOT else 2000
    try:
        return date(in_year, _month(month), int(day.translate(_DIGITS))) if 1900 <= in_year <= 2099 else None
    except ValueError:
        return None


MONTH_IN_FULL = (
    "(?:"
    + "|".join("ма[йяе](?![а-яё])" if name == "мая" else rf"{name[:-1]}[а-я]*" for name in _MONTHS)
    + ")"
)
"""Pattern of a month written out, in any case."""
_SHORT = "|".join([*(name[:3] for name in _MONTHS if len(name) > 4), "сент"])
MONTH = rf"(?:{MONTH_IN_FULL}|(?:{_SHORT})(?![а-яё]))"
"""Pattern of a month in words, for grammars that need a day and a month only: «2 декады» are none."""


def month_number(written: str) -> int:
    """Month, 1 to 12, of a word that matches ``MONTH`` or of its number in digits."""
    return _month(written)


def _month(written: str) -> int:
    if len(written) <= 2:
        return int(written.translate(_DIGITS))
    stem = written[:3].lower()
    return next((index for index, name in enumerate(_MONTHS, 1) if name[:3] == stem), 5)  # «май», «мае»


def in_words(day: date) -> str:
    """``11 октября 2023 г.``, as acts print their dates."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} г."
