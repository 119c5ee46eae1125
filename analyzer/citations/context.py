"""What stands around a reference: parts of the act, history, requisites of the school."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from analyzer.citations.grammar import Grammar
from analyzer.citations.reference import Reference

_BEFORE = 260
_BETWEEN_POINTS = re.compile(r"[\s,(]*(?:и|или|а\s+также)?\s*", re.IGNORECASE)
_TO_ACT = re.compile(
    r"[\s,(«\"]*(?:(?:названн|указанн)[а-я]+\s+)?"
    r"(?:(?:[А-ЯЁ][а-я]+|правил|порядка|положения|требований)\s[^.;]{0,160}?(?:утвержд[а-яё]+|утв\.)(?:\s+[а-я]{1,3})?[\s-]*)?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\s+(?:настоящ|[А-ЯЁ])")
_TO_POINTS = re.compile(r"[\s,]*\(?\s*")
_SENTENCE = re.compile(r"[;\n]|(?<![\s.(][а-яА-Я])(?<!\sст)(?<!\sгг)(?<!ред)\.\s+(?=[А-ЯЁ])")
_JOIN = re.compile(r"[\s,;()-]*(?:и|а\s+также|вместе\s+с)?[\s(]*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|,?\s*и|,?\s*а\s+также)\s*", re.IGNORECASE)
_MANY = re.compile(r"(?:ют|ются|или|ими|ены|ие)(?![а-я])", re.IGNORECASE)
_INSTRUMENTAL = re.compile(r"(?:[а-я]+(?:ым|ыми)\s+)?[а-я]+(?:ом|ем|ами|ями)\s", re.IGNORECASE)


def mark_points(text: str, references: list[Reference], grammar: Grammar) -> None:
    """Fill ``points`` from both sides: «часть 3 статьи 16 … закона», «… закон (статьи 13, 15)»."""
    previous = 0
    for index, reference in enumerate(references):
        before = _points_before(text, max(previous, reference.start - _BEFORE), reference.start, grammar)
        after = _points_after(text, reference.reach, grammar)
        # «…, ч. 1 ст. 16 Закона …»: parts of the next act.
        following = references[index + 1].start if index + 1 < len(references) else -1
        if after and after[-1].end() <= following and _TO_ACT.fullmatch(text, after[-1].end(), following):
            after = []
        if after:
            reference.reach = after[-1].end()
        reference.points = tuple(_printed(match, grammar) for match in (*before, *after))
        previous = reference.reach


def _points_before(text: str, start: int, end: int, grammar: Grammar) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    for match in grammar.point.finditer(text, start, end):
        if run and not _BETWEEN_POINTS.fullmatch(text, run[-1].end(), match.start()):
            run = []
        run.append(match)
    return run if run and _TO_ACT.fullmatch(text, run[-1].end(), end) else []


def _points_after(text: str, start: int, grammar: Grammar) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    while (lead := _TO_POINTS.match(text, start)) is not None:
        part = grammar.point.match(text, lead.end())
        # «…, п. 5 Положения»: a part of another document that only follows.
        if part is None or _OTHER.match(text, part.end()):
            return run
        run.append(part)
        start = part.end()
    return run


def _printed(match: re.Match[str], grammar: Grammar) -> str:
    short = next(s for index, s in enumerate(grammar.point_short) if match[f"p{index}"])
    return f"{short} {' '.join(match['list'].split()).rstrip('.')}"


def mark_history(text: str, references: list[Reference], grammar: Grammar) -> None:
    """Set ``historical`` on acts that are named as void or as the past."""
    if not references:
        return
    page = _Page(text, references, [match.start() for match in _SENTENCE.finditer(text)])
    ended = list(grammar.past_after.finditer(text))
    for phrase in grammar.past_before.finditer(text):
        if not page.titled(phrase.start()) and not _ended_by(page, phrase, ended):
            _mark_list(page, phrase.end(), 90)
    for phrase in ended:
        if page.titled(phrase.start()):
            continue  # «приказ … «О признании утратившими силу …»»: such an act ends others and stands itself
        following = page.next(phrase.end())
        ahead = references[following] if following < len(references) else None
        close = ahead is not None and not text[phrase.end() : ahead.start].strip(" :-")
        last = following - 1
        while last >= 0 and references[last].end > phrase.start():
            last -= 1
        behind = (
            references[last] if last >= 0 and not page.broken(references[last].end, phrase.start()) else None
        )
        distance = phrase.start() - behind.reach if behind else 10**6
        if close and ahead is not None and not (behind and distance < 60 and _agent(text, ahead)):
            _mark_list(page, phrase.end(), 10)
        elif distance < 60:
            _mark_back(page, last, many=_MANY.search(phrase[0]) is not None)
        elif distance > 200:
            _mark_list(page, phrase.end(), 120)


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its references and the ends of its sentences, for look-ups in both directions."""

    text: str
    references: list[Reference]
    breaks: list[int]

    def next(self, offset: int) -> int:
        """Index of the first reference that begins at ``offset`` or later."""
        return bisect_left(self.references, offset, key=lambda reference: reference.start)

    def titled(self, offset: int) -> bool:
        """True when the offset lies in the title of a reference."""
        at = self.next(offset + 1) - 1
        return at >= 0 and self.references[at].titled[0] <= offset < self.references[at].titled[1]

    def broken(self, start: int, end: int) -> bool:
        """True when a sentence ends between the offsets."""
        at = bisect_left(self.breaks, start)
        return at < len(self.breaks) and self.breaks[at] < end


def _ended_by(page: _Page, phrase: re.Match[str], ended: list[re.Match[str]]) -> bool:
    """«признан утратившим силу приказом …»: the act behind the phrase is the one that did it."""
    following = page.next(phrase.end())
    return (
        following < len(page.references)
        and _agent(page.text, page.references[following])
        and any(whole.start() < phrase.start() and phrase.end() <= whole.end() for whole in ended)
    )


def _agent(text: str, reference: Reference) -> bool:
    """«(отменён) приказом …»: the act that does it, not the one it is done to."""
    return _INSTRUMENTAL.match(text, reference.start) is not None


def _mark_list(page: _Page, start: int, reach: int) -> None:
    """The next reference and those that hang on it in a list."""
    last = start
    for index in range(page.next(start), len(page.references)):
        reference = page.references[index]
        gap = page.text[last : reference.start]
        if last == start:
            if len(gap) > reach or page.broken(start, reference.start):
                return
        elif not _JOIN.fullmatch(gap):
            return
        reference.historical = True
        last = max(reference.end, reference.reach)


def _mark_back(page: _Page, index: int, many: bool) -> None:
    """The reference at ``index``; when the verb or a head is plural, the list before it too."""
    following = page.references[index]
    following.historical = True
    for before in range(index - 1, -1, -1):
        reference = page.references[before]
        if not (many or reference.plural or following.plural) or not _AND.fullmatch(
            page.text, reference.reach, following.start
        ):
            return
        reference.historical = True
        following = reference


def drop_requisites(text: str, references: list[Reference], grammar: Grammar) -> list[Reference]:
    """Without acts that only approve the charter or grant the licence of the school."""
    return [
        reference
        for reference in references
        if not (
            reference.local and grammar.requisite.search(text, max(0, reference.start - 120), reference.start)
        )
    ]
