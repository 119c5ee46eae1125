"""Names of persons out of an audit before a report is made of it.

natasha finds the names; a surname with initials is also known by its shape: a line of a form is no sentence.
Every name found anywhere in the act is hidden everywhere: a quotation may cut away what made it recognisable.
Schools named after somebody («им. Г. М. Линькова») keep their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from analyzer.law.load import services
from analyzer.model import Act, Audit, Clause, Finding, Match, TitleBlock
from analyzer.morphology import analyser

MASK = "[Ф. И. О.]"
_SURNAME = r"[А-ЯЁ](?:[а-яё]{2,}|[А-ЯЁ]{2,})(?:-[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+))?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)"
_SHAPE = re.compile(rf"(?<!\w)(?:{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s{_INITIALS})")
_TITLES = (
    r"(?:дважды|трижды|геро\w+|советского|союза|россии|российской|федерации|социалистического|труда|кавалера|"
    r"(?:полного|ордена|славы)|академика|профессора|маршала|генерал\w*|адмирала|полковника|майора|капитана|"
    r"лейтенанта|сержанта|космонавта|л[её]тчика|поэта|писателя|художника|композитора|святого|святителя|"
    r"преподобного|князя|великого|благоверного|народного|заслуженного|учителя)"
)
_HONOURED = re.compile(
    rf"(?:(?<!от\s)\b(?:им\.|имени|памяти)\s*(?:{_TITLES}[\s-]+)*(?:[А-ЯЁ]\.\s?){{0,2}}|"
    r"\b(?:ул\.|улиц\w+|пр\.|проспект\w*|пер\.|переул\w+)\s*)$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![\w-])[А-ЯЁ]{2,}(?:-[А-ЯЁ]+)?(?![\w-])")
_NEAR = 2  # words that may stand between the ends of a full name
_QUOTES = re.compile(r"[«»\"]")
_INITIAL = re.compile(r"(?<!\w)[А-ЯЁ]\.")
_PERSONAL = ("Name", "Surn", "Patr")  # pymorphy3's marks of words that name people
_LEAST = 4  # letters: a shorter «name» would hide pieces of other words


def mask_names(audit: Audit) -> Audit:
    """The audit with every name of a person replaced by ``[Ф. И. О.]``.

    The lines of the document stay as they are: they carry the places, and no report prints them.
    """
    names = _names(_texts(audit))
    masker = _Masker(names)
    return replace(
        audit,
        document=replace(audit.document, name=masker.text(audit.document.name)),
        act=Act(masker.block(audit.act.title_block), tuple(map(masker.clause, audit.act.clauses))),
        verdicts=tuple(
            replace(
                verdict,
                reason=masker.text(verdict.reason),
                evidence=tuple(map(masker.match, verdict.evidence)),
            )
            for verdict in audit.verdicts
        ),
        citations=tuple(replace(item, quote=masker.text(item.quote)) for item in audit.citations),
        findings=tuple(map(masker.finding, audit.findings)),
        suppressed=tuple(
            replace(item, finding=masker.finding(item.finding), reason=masker.text(item.reason), person=MASK)
            for item in audit.suppressed
        ),
    )


def _texts(audit: Audit) -> list[str]:
    block = audit.act.title_block
    return [
        *block.text.splitlines(),
        *block.adopted,
        *filter(None, (block.title, block.organization, block.signatory)),
        *(clause.text for clause in audit.act.clauses),
    ]


def _names(texts: Iterable[str]) -> frozenset[str]:
    """Names of persons in the texts, as written."""
    found: set[str] = set()
    known = {spelling.text.casefold() for item in services().services for spelling in item.spellings}
    for text in dict.fromkeys(texts):
        for start, end in [*_recognised(text), *_shaped(text)]:
            start = _with_surname(text, start)
            start += max((match.end() for match in _QUOTES.finditer(text[start : end - 1])), default=0)
            name = text[start:end].strip(' |_,;:«»"')
            if name.casefold() not in known and _is_person(name) and not _HONOURED.search(text[:start]):
                found.add(name)
    return frozenset(found)


def _shaped(text: str) -> list[tuple[int, int]]:
    """Names known by their shape: a surname with initials, and full names in capitals."""
    return [*(match.span() for match in _SHAPE.finditer(text)), *_in_capitals(text)]


def _in_capitals(text: str) -> Iterator[tuple[int, int]]:
    """«ЛОЖКИН ПЁТР ИВАНОВИЧ»: words around a patronymic that are parts of a name too."""
    words = list(_CAPITALS.finditer(text))
    for index, word in enumerate(words):
        if not _has_mark(word[0], ("Patr",)):
            continue
        near = range(max(index - _NEAR, 0), min(index + _NEAR, len(words)))
        name = [words[i] for i in near if _has_mark(words[i][0], _PERSONAL)]
        gap = text[name[0].start() : name[-1].end()]
        if len(name) > 1 and _CAPITALS.sub("", gap).isspace():
            yield name[0].start(), name[-1].end()


def _is_person(name: str) -> bool:
    """The model was trained on news and takes «Среда» for a person: a word of the name must be one."""
    if sum(map(str.isalpha, name)) < _LEAST:
        return False
    return bool(_INITIAL.search(name)) or any(
        _has_mark(word, _PERSONAL) for word in re.findall(r"(?<!\w)[А-ЯЁ][А-ЯЁа-яё]+", name)
    )


def _with_surname(text: str, start: int) -> int:
    """Where the name begins when the word before it is a surname that the model did not take in."""
    before = re.search(r"(?<!\w)([А-ЯЁ][а-яё]+)\s+$", text[:start])
    return before.start() if before and _has_mark(before[1], ("Surn",)) else start


def _has_mark(word: str, marks: tuple[str, ...]) -> bool:
    return any(mark in parse.tag for parse in analyser().parse(word.lower()) for mark in marks)


def _recognised(text: str) -> list[tuple[int, int]]:
    from natasha import Doc

    segmenter, tagger = _natasha()
    document = Doc(text)
    document.segment(segmenter)
    document.tag_ner(tagger)
    return [(span.start, span.stop) for span in document.spans if span.type == "PER"]


@cache
def _natasha() -> tuple[Any, Any]:
    # Without MorphVocab: it needs pymorphy2. The models take a second to load: they wait for the first name.
    from natasha import NewsEmbedding, NewsNERTagger, Segmenter

    return Segmenter(), NewsNERTagger(NewsEmbedding())


class _Masker:
    """Replaces the names, longest first."""

    def __init__(self, names: frozenset[str]) -> None:
        longest = sorted(names, key=lambda name: (-len(name), name))
        any_space = (r"\s*".join(map(re.escape, re.findall(r"[\w-]+\.?|\S", name))) for name in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(any_space)})(?!\w)") if names else None

    def text(self, text: str) -> str:
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda m: m[0] if _HONOURED.search(text[: m.start()]) else MASK, text)

    def optional(self, text: str | None) -> str | None:
        return None if text is None else self.text(text)

    def clause(self, clause: Clause) -> Clause:
        return replace(
            clause,
            text=self.text(clause.text),
            section=self.text(clause.section),
            lead=self.text(clause.lead),
        )

    def finding(self, finding: Finding) -> Finding:
        return replace(
            finding,
            message=self.text(finding.message),
            quote=self.optional(finding.quote),
            fix=self.text(finding.fix),
        )

    def match(self, match: Match) -> Match:
        return replace(match, clause=self.clause(match.clause), quote=self.text(match.quote))

    def block(self, block: TitleBlock) -> TitleBlock:
        return replace(
            block,
            title=self.optional(block.title),
            organization=self.optional(block.organization),
            adopted=tuple(map(self.text, block.adopted)),
            signatory=self.optional(block.signatory),
            text=self.text(block.text),
        )
