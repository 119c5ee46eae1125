"""Judgement of a page's text layer: readable, or what a broken font or a poor recognition left?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.reading.words import is_known

# Words that a page of running text can hardly do without: they spare the dictionary.
_FREQUENT_RUSSIAN = re.compile(
    r"(?:и|в|на|с|по|об?|не|для|при|из|к|от|за|или|их|а|что|как|его|до)", re.IGNORECASE
)
_FREQUENT_LATIN = re.compile(
    r"(?:the|of|and|to|in|is|for|a|with|that|on|by|der|die|und|les?|la|des?|et|el|en)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_OTHER_CYRILLIC = re.compile(r"[әғқңөұүһіҗҥӧӱӓӑӗҫїєґўљњџћђӏ]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_BROKEN = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
# UTF-8 read as Latin-1, Windows-1251 read as Latin-1, UTF-8 read as CP866.
_MOJIBAKE = re.compile(r"[ÐÑ][^\sа-яё]|[À-ÿ]{4,}|[╨╤].", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLCDM]+")

_FEWEST_WORDS = 8
_SAMPLE = 150
_BROKEN_SHARE = 0.05
_MIXED_SHARE = 0.25
_FREQUENT_SHARE = 0.06
_KNOWN_SHARE = 0.45
_CYRILLIC_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Quality:
    """What is known about a text layer.

    Attributes:
        readable: It can be taken as the text of the page.
        reason: ``ok``, ``short``, ``foreign``; or what is wrong: ``broken``, ``mojibake``, ``latin``,
            ``mixed``, ``unknown``.
    """

    readable: bool
    reason: str


def judge(text: str) -> Quality:
    """Judges the text of one page.

    Text in another language is readable: telling the language is not this function's business.

    Args:
        text: The text layer, cleaned or not.

    Returns:
        Readable or not, and why.
    """
    visible = sum(not char.isspace() for char in text)
    if not visible:
        return Quality(True, "short")
    damaged = sum(len(found[0]) for found in _BROKEN.finditer(text))
    if damaged > _BROKEN_SHARE * visible:
        return Quality(False, "broken")
    if sum(len(found[0]) for found in _MOJIBAKE.finditer(text)) > 0.2 * visible:
        return Quality(False, "mojibake")
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return Quality(True, "short")
    letters = sum(map(len, words))
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic < _CYRILLIC_SHARE * visible:
        return _judge_foreign(words, letters, visible)
    return _judge_russian(text, words, cyrillic)


def _judge_foreign(words: list[str], letters: int, visible: int) -> Quality:
    """Latin gibberish of a font without a map has no frequent words; tables of figures have few letters."""
    frequent = sum(bool(_FREQUENT_LATIN.fullmatch(word)) for word in words)
    if frequent >= _FREQUENT_SHARE * len(words):
        return Quality(True, "foreign")
    latin = sum(len(_LATIN.findall(word)) for word in words)
    if letters < 0.4 * visible and latin < 0.2 * visible:
        return Quality(True, "short")
    return Quality(False, "latin")


def _judge_russian(text: str, words: list[str], cyrillic: int) -> Quality:
    mixed = sum(bool(_CYRILLIC.search(word) and _LATIN.search(word)) for word in words)
    if mixed > _MIXED_SHARE * len(words):
        return Quality(False, "mixed")
    if len(_OTHER_CYRILLIC.findall(text)) > 0.02 * cyrillic:
        return Quality(True, "foreign")
    frequent = sum(bool(_FREQUENT_RUSSIAN.fullmatch(word)) for word in words)
    if frequent >= _FREQUENT_SHARE * len(words) and cyrillic > 0.55 * sum(map(len, words)):
        return Quality(True, "ok")
    if known_share(words) < _KNOWN_SHARE:
        return Quality(False, "unknown")
    return Quality(True, "ok")


def known_share(words: list[str]) -> float:
    """Share of dictionary words in an even sample; names, abbreviations and single letters are left out."""
    candidates = [word for word in words if len(word) > 2 and not _ROMAN.fullmatch(word)]
    lower = [word for word in candidates if word.islower()] or candidates
    if not lower:
        return 1.0
    sample = lower[:: max(1, len(lower) // _SAMPLE)]
    return sum(map(is_known, sample)) / len(sample)
