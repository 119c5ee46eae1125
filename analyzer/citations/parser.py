"""Elements that stand side by side become references, in whatever order they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.citations.fold import OCR_DIGITS
from analyzer.citations.grammar import (
    AFTER_ABBREVIATION,
    DATED,
    GAP,
    NEXT,
    NUMBER,
    PLAIN,
    UNSIGNED,
    YEAR,
    Grammar,
)
from analyzer.citations.reference import Reference
from analyzer.citations.titles import OPENING, read_title
from analyzer.dates import DATE, parse_date

_LAWS = frozenset({"federal_law", "law"})
_TITLE_START = re.compile(r"об?\s", re.IGNORECASE)
_ORG_END = re.compile(
    rf"\bот\s+{DATE}|(?:№|\bN[°º]?)\s*[\w-]*\d|{DATE}|[«»\"“„;:!?()]|\s(?:об?|которы[а-я]+|утвержд[а-я]+)\s"
    rf"|(?<![\sА-Я.][гГА-Я])(?<!им)(?<!обл)\.\s|\n\s*\n",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;«»\"“„()]|\.\s+[А-Я]|\n\s*\n")
_OCR_INSIDE = re.compile(r"(?<=\d)[lI|OОоЗзбB]+(?=\d)|^[lI|]+(?=\d)")
_JOINT = re.compile(r"\s*(?:,|и|/)\s*")
_SPACED = re.compile(r"\s*([-/])\s*")


def parse(text: str, grammar: Grammar) -> list[Reference]:
    """All references of a folded text that tell an act; shared heads are spread over their lists."""
    found: list[Reference] = []
    position = 0
    while (match := grammar.anchor.search(text, position)) is not None:
        if grammar.definition.match(text, match.start()):
            position = match.end()
            continue
        reference = _begin(match, grammar)
        _absorb(text, reference, grammar)
        position = max(match.end(), reference.reach)
        if reference.told and not reference.school:
            group = [reference, *_followers(text, reference, grammar)]
            position = max(position, group[-1].reach)
            # «в редакции приказа …»: the wording is meant, not the act that brought it.
            if not grammar.amending.search(text, max(0, reference.start - 60), reference.start):
                found += group
        defined = grammar.definition.match(text, position)
        if defined is not None:
            position = defined.end()
    return found


def _begin(match: re.Match[str], grammar: Grammar) -> Reference:
    start, end = match.span()
    names = match.groupdict()
    if names["anaphora"]:
        kind = grammar.anchor.match(match.string, end)
        assert kind is not None  # noqa: S101 — the anchor looks ahead for a kind
        inner = _begin(kind, grammar)
        return Reference(start, inner.end, "anaphora", inner.kind, inner.bare, reach=inner.end)
    for index, entry in enumerate(grammar.types):
        if names[f"t{index}"]:
            reference = Reference(start, end, "act", entry.type, entry.bare, reach=end)
            reference.issuers = (entry.issuer,) if entry.issuer else ()
            words = match[0].lower().split()
            reference.plural = any(word in grammar.plurals for word in words)
            regional = (
                grammar.local_head.search(match.string, max(0, start - 20), end)
                if entry.type == "law"
                else None
            )
            if regional is not None:
                reference.local, reference.start = True, regional.start()
            return reference
    for index, name in enumerate(grammar.codes):
        if names[f"c{index}"]:
            return Reference(start, end, "code", "code", title=name, reach=end)
    if names["standard"]:
        level = next(value for key, value in names.items() if key.startswith("level") and value)
        level = grammar.levels[" ".join(level.lower().split())]
        return Reference(start, end, "standard", "order", title=level, reach=end)
    if names["gost"]:
        return Reference(start, end, "gost", "gost", number=_tidy(names["gost_code"]), reach=end)
    if names["sanitary"] or names["bare_sanitary"]:
        code = names["sanitary_code"] or names["bare_sanitary"]
        bare = "state" if names["sanitary"] else "registry"
        return Reference(start, end, "sanitary", "sanitary_rules", bare, number=_tidy(code), reach=end)
    if names["approved"]:
        return Reference(start, end, "approved", "order", "registry", reach=end)
    number = re.sub(r"^(?:№|N)\s?", "", match[0])
    return _lead_date(
        match.string, Reference(start, end, "act", "federal_law", number=_tidy(number), reach=end)
    )


def _lead_date(text: str, reference: Reference) -> Reference:
    """«от 29.12.2012 № 273-ФЗ» without the word for the kind: the date stands in front."""
    before = re.search(
        rf"от\s+{DATE}\s*$", text[max(0, reference.start - 45) : reference.start], re.IGNORECASE
    )
    if before is not None:
        reference.date = parse_date(before[0])
        reference.start -= len(before[0])
    return reference


def _absorb(text: str, reference: Reference, grammar: Grammar) -> None:
    """Take in whatever element comes next until something else comes."""
    while True:
        note = grammar.revision.match(text, reference.reach) or grammar.registration.match(
            text, reference.reach
        )
        if note is not None:
            reference.reach = note.end()
            continue
        gap = GAP.match(text, reference.reach)
        at = gap.end() if gap else reference.reach
        comma = "," in text[reference.reach : at]
        if text[at : at + 1] == "(" and _number(text, at + 1, reference, False):
            at += 1
        if not any(
            step(text, at, reference, grammar, comma)
            for step in (_take_tail, _take_body, _take_date, _take_number, _take_title)
        ):
            return


def _take_tail(text: str, at: int, reference: Reference, grammar: Grammar, comma: bool) -> bool:
    if (
        reference.tail
        or comma
        or reference.number
        or reference.date
        or (reference.title and reference.form != "code")
    ):
        return False
    match = grammar.tail.match(text, at)
    if match is None:
        return False
    reference.tail = True
    reference.reach = match.end()
    if reference.form == "code":
        reference.end = match.end()
    return True


def _take_body(text: str, at: int, reference: Reference, grammar: Grammar, comma: bool) -> bool:
    """A federal body of the table, a region, a town, a school, or a federal body that the table lacks."""
    if reference.form != "act" or reference.issuers or reference.local or comma:
        return False
    match = grammar.issuer.match(text, at)
    end = at
    while match is not None:
        reference.issuers += (grammar.issuer_names[(match.lastindex or 1) - 1],)
        end = match.end()
        joint = _JOINT.match(text, end)
        match = grammar.issuer.match(text, joint.end()) if joint else None
    if end > at:
        reference.reach = end
    if reference.number or reference.date or reference.title:
        return end > at
    stop = _ORG_END.search(text, end, end + 220)
    last = stop.start() if stop else end
    # «охраняемую законом тайну, в соответствии с постановлением Правительства …»: the body is the next act's.
    other = grammar.anchor.search(text, end, last)
    words = text[end : other.start() if other else last]
    school, local = grammar.school.search(words), grammar.local.search(words)
    inner = grammar.issuer.search(words)
    if inner is not None and not reference.issuers and school is None:
        # «письмо Департамента … Минобрнауки России»
        reference.issuers = (grammar.issuer_names[(inner.lastindex or 1) - 1],)
        reference.reach = end + len(words.rstrip())
        return True
    if school is not None and (local is None or school.start() <= local.start()):
        reference.school = True
    elif local is not None and not (grammar.federal.match(words.lstrip()) and grammar.tail.search(words)):
        reference.local, reference.issuers = True, (" ".join(text[at : end + len(words)].split()),)
    elif reference.issuers or not grammar.federal.match(words.lstrip()):
        return end > at
    else:
        reference.issuers = (" ".join(words.split()),)
    reference.reach = end + len(words.rstrip())
    return True


def _take_date(text: str, at: int, reference: Reference, grammar: Grammar, comma: bool) -> bool:
    if reference.date or reference.form == "anaphora":
        return False
    match = DATED.match(text, at) if reference.form != "standard" else None
    if match is None or (comma and not match["from"]):
        year = YEAR.match(text, at)
        if year is None or comma or reference.year:
            return False
        reference.year, reference.reach = int(year["year"]), year.end()
        return True
    reference.date = parse_date(match["date"])
    if reference.date is None:
        return False
    reference.end = reference.reach = match.end()
    return True


def _take_number(text: str, at: int, reference: Reference, grammar: Grammar, comma: bool) -> bool:
    if reference.number or reference.form in {"anaphora", "standard"}:
        return False
    match = _number(text, at, reference, comma)
    if match is None:
        return False
    if match.re is PLAIN and not (reference.issuers or reference.date):
        reference.doubtful = True  # «приказ 816»: a number of anything may stand there
    reference.number = _tidy(match["value"])
    reference.end = reference.reach = match.end()
    return True


def _number(text: str, at: int, reference: Reference, comma: bool) -> re.Match[str] | None:
    match = NUMBER.match(text, at)
    if match is not None or comma:
        return match
    if (
        reference.form == "act"
        and reference.kind == "federal_law"
        and re.search(r"Ф[З3]\s?-?\s?$", text[max(0, at - 5) : at], re.IGNORECASE)
    ):
        match = AFTER_ABBREVIATION.match(text, at)
    if match is None and reference.form in {"act", "code"}:
        match = UNSIGNED.match(text, at)
        plain = reference.form == "act" and reference.kind not in _LAWS and not reference.title
        if match is None and plain:
            match = PLAIN.match(text, at)
    return match


def _take_title(text: str, at: int, reference: Reference, grammar: Grammar, comma: bool) -> bool:
    if reference.title or comma or reference.form in {"anaphora", "approved", "gost"}:
        return False
    if text.startswith(tuple(OPENING), at):
        end = read_title(text, at)
        if end == at:
            return False
        title = text[at + 1 : end - 1]
    elif reference.kind in _LAWS and (name := grammar.law_names.match(text, at)) is not None:
        title, end = name[0], name.end()
    elif _TITLE_START.match(text, at) and not (reference.number and reference.date):
        stop = DATED.search(text, at, at + 320) or NUMBER.search(text, at, at + 320)
        number = NUMBER.search(text, at, at + 320)
        if number is not None and (stop is None or number.start() < stop.start()):
            stop = number
        if (
            stop is None
            or _BREAK.search(text, at, stop.start())
            or grammar.anchor.search(text, at, stop.start())
        ):
            return False
        title, end = text[at : stop.start()], stop.start()
        if grammar.school.search(title) and reference.kind not in _LAWS:
            return False
    else:
        return False
    reference.title = " ".join(title.split())
    reference.titled = (at, end)
    reference.reach = end
    if not (reference.number or reference.date):
        reference.end = end
    return True


def _followers(text: str, head: Reference, grammar: Grammar) -> Iterator[Reference]:
    """«…, от 30 августа 2013 г. № 1015 и от …»: the kind and the body are those of the head."""
    last = head
    while head.form == "act" and (sep := NEXT.match(text, last.reach)) is not None and sep.end() > last.reach:
        at = sep.end()
        anchor = grammar.anchor.match(text, at)
        if anchor is not None:
            return
        follower = Reference(
            at, at, "act", head.kind, head.bare, issuers=head.issuers, local=head.local, reach=at
        )
        dated, numbered = DATED.match(text, at), NUMBER.match(text, at)
        plain = head.number and head.plural and head.kind not in _LAWS and PLAIN.match(text, at)
        issuer = grammar.issuer.match(text, at)
        named = head.kind in _LAWS and head.plural and _names_law(text, at, grammar)
        if issuer is not None:
            follower.issuers = ()
        elif plain and not numbered and not dated:
            follower.doubtful = True
        elif not (named or (dated and dated["from"]) or plain or (numbered and head.number and head.plural)):
            return
        _absorb(text, follower, grammar)
        if not (follower.number or (named and _is_law(follower, grammar)) or (follower.date and head.plural)):
            return
        if follower.school or (
            issuer is not None and not (follower.number and follower.reach > issuer.end())
        ):
            return
        yield follower
        last = follower


def _names_law(text: str, at: int, grammar: Grammar) -> bool:
    return text.startswith(tuple(OPENING), at) or grammar.law_names.match(text, at) is not None


def _is_law(reference: Reference, grammar: Grammar) -> bool:
    return reference.title is not None and grammar.law_names.match(reference.title) is not None


def _tidy(value: str) -> str:
    """A number without spaces and without the letters that a recogniser puts for digits."""
    tidy = " ".join(value.split())
    tidy = _SPACED.sub(r"\1", tidy)
    tidy = _OCR_INSIDE.sub(lambda noise: noise[0].translate(OCR_DIGITS), tidy)
    tidy = re.sub(r"\s?н$", "н", tidy)
    tidy = re.sub(r"\s?-?\s?(?:Ф3|фз|ФЗ)$", "-ФЗ", tidy)
    return re.sub(r"^(?:ФЗ|Ф3)\s?-?\s?(\d+)$", r"\1-ФЗ", tidy)
