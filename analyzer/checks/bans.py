"""Does a clause forbid the service that it names? The nearest predicate decides: «не используется»."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from analyzer.language.concrete import ServiceMention
from analyzer.language.tokens import sentences, tokenize
from analyzer.model import Clause
from analyzer.morphology import is_predicate

_NEGATED = (
    r"не\s+(?:будет\s+|были?\s+)?(?:допуска|примен|использ|рекоменд|разреш|созда|размеща|вед[ёеу]т|осуществля|"
    r"пользу|привлека|провод|предусм|вправе|мо[гж])\w*"
)
_BAN = re.compile(
    rf"{_NEGATED}|(?<!не\s)запре[щт]\w*|недопустим\w*|нельзя|воздерж\w*|исключ(?:ается|ено|ить)\s+использ\w*|"
    r"(?:прекра[щт]\w*|закры\w*|расформир\w*|ликвидир\w*|удал[её]н\w*)\b(?!\s+(?:в|после|с)\s+\d)",
    re.IGNORECASE,
)
# Without a verb of their own, and therefore only of what follows them.
_BAN_BEFORE = re.compile(
    rf"{_BAN.pattern}|вместо|взамен|отказ\w*\s+от|удал\w+\s+(?:из|групп|чат)|\bне\s+[«\"]?$", re.IGNORECASE
)
_EXCEPT_REACH = 160  # characters before a service: «за исключением» and two words
_EXCEPT = re.compile(r"(?:кроме|помимо|за\s+исключением)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# A contrast opens a new statement: «Viber не используется, а в Telegram учитель ведёт группу».
_CONTRAST = re.compile(r",\s*(?:[Аа](?!\s+также)|[Нн]о|однако|зато)\s|;\s*|(?<=\w{3})\.\s+(?=[А-ЯЁA-Z])")
# A verb of such a subordinate clause is not the sentence's own.
_SUBORDINATE = re.compile(r"(?:чтобы|котор\w+|если|когда)\s[^,;]*$", re.IGNORECASE)


def is_banned(clause: Clause, mention: ServiceMention) -> bool:
    """True when the clause, or the lead-in that it completes, forbids the service."""
    start, end = _sentence(clause.text, mention.start)
    before, after = clause.text[start : mention.start], clause.text[mention.end : end]
    if _EXCEPT.search(before, max(0, len(before) - _EXCEPT_REACH)):
        # An exception from a ban allows; an exception from a permission forbids.
        return not (_BAN.search(before) or _BAN.search(after))
    if clause.lead and _BAN_BEFORE.search(clause.lead):
        return True
    turns, length = _contrasts(clause.text), mention.end - mention.start
    index = bisect_right(turns, mention.start)
    first = max(start, turns[index - 1] if index else 0)
    own = clause.text[first : min([end, *turns[index : index + 1]])]
    place = mention.start - first
    # «Уроки идут в «Сферуме», использование Zoom не допускается»: the nearest words decide first.
    comma = own.rfind(",", 0, place) + 1
    part = own[comma:].split(",")[0]
    decided = _decides(part, place - comma, length)
    if decided is None:
        decided = _decides(own, place, length)
    while decided is None and first > start:
        index -= 1
        last, first = first, max(start, turns[index - 1] if index else 0)
        decided = _last(clause.text[first:last])
    return bool(decided)


# Both are kept for a while: a long clause may name many services, and each of them asks again.
@lru_cache(maxsize=64)
def _contrasts(text: str) -> tuple[int, ...]:
    """Where the statements of a text begin, the first one aside."""
    return tuple(match.start() for match in _CONTRAST.finditer(text))


@lru_cache(maxsize=64)
def _joined(text: str) -> tuple[tuple[int, int, int], ...]:
    """Sentences as (where the first item joined to it by semicolons begins, own beginning, end)."""
    result: list[tuple[int, int, int]] = []
    joined = before = 0
    for first, last in sentences(text):
        if not text[before:first].rstrip().endswith(";"):
            joined = first
        result.append((joined, first, last))
        before = first
    return tuple(result)


def _sentence(text: str, position: int) -> tuple[int, int]:
    """The sentence around a position; items after semicolons belong to it."""
    spans = _joined(text)
    joined, first, last = spans[max(0, bisect_right(spans, position, key=lambda span: span[1]) - 1)]
    return (joined, last) if first <= position < last else (0, len(text))


def _decides(text: str, place: int, length: int) -> bool | None:
    """Whether the last predicate before a service, or else the first behind it, forbids; None without one."""
    decided = _last(text[:place])
    if decided is None:
        behind = _events(text[place + length :], _BAN)
        decided = behind[0][1] if behind else None
    return decided


def _last(statement: str) -> bool | None:
    events = _events(statement, _BAN_BEFORE)
    return events[-1][1] if events else None


def _events(statement: str, bans: re.Pattern[str]) -> list[tuple[int, bool]]:
    """Places of the predicates of a statement, each with whether it forbids."""
    found = [match.span() for match in bans.finditer(statement)]
    events = [(start, True) for start, _ in found]
    for token in tokenize(statement):
        inside = any(start <= token.start < end for start, end in found)
        if not inside and is_predicate(token.form) and not _SUBORDINATE.search(statement[: token.start]):
            events.append((token.start, False))
    return sorted(events)
