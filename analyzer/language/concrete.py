"""What makes a clause a school's own: terms, dates, persons, services, addresses in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.dates import MONTH_IN_FULL
from analyzer.language.spacy_core import PhraseMatcher
from analyzer.language.tokens import Token, pipeline
from analyzer.law.load import services, words
from analyzer.law.services import Service, Spelling
from analyzer.morphology import analyser, is_known
from analyzer.once import once

_UNIT = r"(?:минут|час|дн|день|рабоч|календарн|учебн|недел|месяц|год|лет|сут|секунд|раз)"
_PATTERNS = {
    "дата": re.compile(
        rf"\b\d{{1,2}}\.\d{{1,2}}\.(?:20)?\d\d\b|\b\d{{1,2}}\s+{MONTH_IN_FULL}",
        re.IGNORECASE,
    ),
    "время": re.compile(
        r"\b\d{1,2}[.:]\d\d\b(?!\.\d)|\b\d{1,2}\s*(?:час|минут|мин\b|ч\b)[а-я]*", re.IGNORECASE
    ),
    "срок": re.compile(
        rf"(?:\d+|одн\w+|дв\w+|тр[её]\w+|четыр\w+|пят\w+|шест\w+|сем\w+|восьм\w+|девят\w+|десят\w+|полутора)\s*(?:\([а-яё\s]+\)\s*)?(?:\w+\s)?{_UNIT}\w*"
        r"|в\s+течение\s+(?:\w+\s){0,3}(?:дня|часа|суток|недели|месяца|года|четверти|урока)|ежедневно|еженедельно|ежемесячно|ежегодно|накануне|"
        r"в\s+день\s+(?:обращения|урока|занятия|проверки|проведения|поступления)|на\s+следующий\s+(?:рабочий\s+|учебный\s+)?день|круглосуточно|"
        r"не\s+(?:позднее|позже)\s+(?:чем\s+)?\w+",
        re.IGNORECASE,
    ),
    "адрес": re.compile(
        r"https?://\S+|www\.\S+|\b[\w.-]+@[\w-]+\.\w+|\b[\w-]+\.(?:ру|рф|ru|su|com|edu)\b|\b(?:каб(?:инет\w*)?\.?|аудитор\w+)\s*(?:№\s*)?\d+|\+?[78][\s(-]{1,2}\d{3}",
        re.IGNORECASE,
    ),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|процент\w*|%")


# Case endings that a Cyrillic spelling of a foreign name may take («в ватсапе», «скайпом»).
_ENDINGS = ("", "а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах")


@dataclass(frozen=True, slots=True)
class ServiceMention:
    """A service named in a text: offsets and its entry."""

    start: int
    end: int
    service: Service


@once
def _service_matcher() -> tuple[PhraseMatcher, dict[str, tuple[Service, Spelling]]]:
    matcher = PhraseMatcher(pipeline().vocab, attr="LOWER")
    owners: dict[str, tuple[Service, Spelling]] = {}
    for service in services().services:
        for index, spelling in enumerate(service.spellings):
            key = f"{service.id}#{index}"
            owners[key] = (service, spelling)
            matcher.add(key, [pipeline().tokenizer(text) for text in _inflected(spelling.text)])
    return matcher, owners


def _inflected(spelling: str) -> list[str]:
    """Forms of a name as written and in lower case: spaCy cuts «Яндекс.Диск» in two, «яндекс.диск» not."""
    if not re.search(r"[а-я]$", spelling.lower()) or spelling.isupper():
        return sorted({spelling, spelling.lower()})
    stem = spelling[:-1] if spelling[-1].lower() in "аеийоыя" else spelling
    forms = [spelling, *(stem + ending for ending in _ENDINGS)]
    return sorted({*forms, *(form.lower() for form in forms)})


def service_mentions(source: str) -> list[ServiceMention]:
    """Services named in a text, in order; the longest name wins where two overlap."""
    doc = pipeline().tokenizer(source)
    matcher, owners = _service_matcher()
    lower = source.lower()
    hits: list[ServiceMention] = []
    for key, start, end in matcher(doc):
        service, spelling = owners[doc.vocab.strings[key]]
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        if spelling.capital and not source[first].isupper():
            continue
        if _is_another_word(spelling.text, source, first, last):
            continue
        if spelling.context and not any(_stands_in(word.lower(), lower) for word in spelling.context):
            continue
        hits.append(ServiceMention(first, last, service))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    result: list[ServiceMention] = []
    for hit in hits:
        if not result or hit.start >= result[-1].end:
            result.append(hit)
    return result


def _is_another_word(spelling: str, source: str, first: int, last: int) -> bool:
    """What looks like a form of a name is a word of the dictionary: «телеграмма» is no messenger.

    A capital inside a sentence and «в» tell the name all the same: «уведомляет Телеграммом», «чат в
    телеграмме» (schools write the messenger so far oftener than they put anything into telegrams).
    """
    form = source[first:last].lower()
    if form == spelling.lower() or not _in_dictionary(form, spelling.lower()):
        return False
    before = source[:first].rstrip('«"„“ ')
    inside = bool(before) and before[-1] not in ".!?;:\n"
    return not (inside and source[first].isupper()) and re.search(r"(?<!\w)в$", before, re.IGNORECASE) is None


@lru_cache(maxsize=4096)
def _in_dictionary(form: str, name: str) -> bool:
    """True when a form belongs to a word of the dictionary that ``name``, a nominative, does not belong to.

    «Госуслугах» does not: «госуслуги» is the same word.
    """
    if not is_known(form):
        return False
    lexemes = (parse.lexeme for parse in analyser().parse(form))
    return not any(other.word == name and "nomn" in other.tag for lexeme in lexemes for other in lexeme)


def _stands_in(beginning: str, text: str) -> bool:
    """A word of the text begins so: «чат» stands in «чате», not in «печать»."""
    return re.search(rf"(?<!\w){re.escape(beginning)}", text) is not None


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(words().persons)


def classes(source: str, tokens: Sequence[Token]) -> tuple[frozenset[str], ...]:
    """For every token, the classes of the pattern language that it belongs to."""
    found: list[set[str]] = [set() for _ in tokens]
    for name, pattern in _PATTERNS.items():
        for match in pattern.finditer(source):
            _mark(found, tokens, match.start(), match.end(), name)
    for mention in service_mentions(source):
        _mark(found, tokens, mention.start, mention.end, "сервис")
    persons = _persons()
    for index, token in enumerate(tokens):
        if _NUMBER.fullmatch(token.form):
            found[index].add("число")
        if not persons.isdisjoint(token.lemmas):
            found[index].add("лицо")
    return tuple(frozenset(names) for names in found)


def _mark(found: list[set[str]], tokens: Sequence[Token], start: int, end: int, name: str) -> None:
    for index in range(bisect_right(tokens, start, key=lambda token: token.end), len(tokens)):
        if tokens[index].start >= end:
            break
        found[index].add(name)
