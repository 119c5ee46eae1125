"""The grammar of references: elements (kind, body, date, number, title, part) out of ``citations.yaml``.

An element is a regular expression; ``parser.py`` puts elements that stand side by side together, in any
order. Why not spaCy's Matcher: its tokenizer keeps «ФЗ-273», «29.12.20l2», «ГД-39/04» whole and cuts
«2.2.2/2.4.1340-03» in three, so nearly every token pattern would be an expression over the token's text;
and cutting 87,000 signs into tokens took 0.08 s, the whole search with these expressions 0.12 s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.citations.words import END, START, phrases, plural_forms
from analyzer.dates import DATE
from analyzer.law.citation_tables import CitationTables, Standard, TypeWords
from analyzer.law.load import citation_tables, registry
from analyzer.law.registry import Registry
from analyzer.once import once

# A number may hold letters, dashes, slashes, dots before digits:
# «ГД-39/04», «1726-р», «35-52-172 ин/35-29», «544н».
_N = r"[0-9A-Za-zА-Яа-я]"
_JOINT = r"\s?-\s?(?=\d|(?i:фз|ф3|фкз|р|од)\b)|-|[/\\]|\.(?=\d)|\s(?=[а-я]{2}/|(?i:фз|ф3)\b)"
_VALUE = rf"(?=(?:МР\s+)?[^\s,;]{{0,12}}\d)(?:МР\s+)?{_N}+(?:(?:{_JOINT}){_N}+)*(?:\s?н\b)?"
SIGN = r"(?:за\s+)?(?:(?:рег\.?|регистрационный)\s*)?(?:№\s?№?|N[°º]?\.?|Nо\.?|Nе|номер(?:ом)?|#)"
NUMBER = re.compile(rf"{SIGN}\s*(?P<value>{_VALUE})", re.IGNORECASE)
# Without the sign: only what can be nothing but a number of an act.
# «ст. 16 ФЗ» is an article of a law, «16-ФЗ» a law: without the dash it needs the sign.
FEDERAL_NUMBER = r"\d{1,4}\s?-\s?(?:ФЗ|ФКЗ|Ф3|фз)(?![А-Яа-яA-Za-z0-9])(?!\s?-\s?\d)"
UNSIGNED = re.compile(
    rf"(?:за\s+)?(?P<value>{FEDERAL_NUMBER}|\d{{1,5}}\s?-\s?р(?![а-я])|[А-Я]{{1,4}}(?:-[А-Я]{{1,4}})*-\d[\dа-я/-]*"
    r"|\d{2}-(?:[А-Я]{1,4}-)*\d{2,6}(?!\d)|\d{4}\s?-\s?[1I](?!\d)|МР-[\d/а-я]+)"
)
PLAIN = re.compile(r"(?P<value>\d{1,5}(?:/\d{1,5})?н?)(?=\s*(?:от\s|\d{1,2}\.\d|[«\",;)(]|\.?\s*$|\.\s|и\s))")
AFTER_ABBREVIATION = re.compile(r"\s?-?\s?(?:№\s?|N\s?)?(?P<value>\d{1,4})(?!\d|\.\d|[а-яА-Я])")
DATED = re.compile(rf"(?P<from>от\s*)?(?P<date>{DATE})", re.IGNORECASE)
YEAR = re.compile(r"(?:от\s+)?(?P<year>(?:19|20)\d\d)\s?(?:года|г\.)")
GAP = re.compile(r"\.?\s*(?=№|N[\s°º\d])|[\s,:-]{0,60}")
NEXT = re.compile(
    r"\s*(?:[,;]\s*(?:а\s+также|и|-)?|и|а\s+также)\s*(?:в\s+соответствии\s+с\s+)?", re.IGNORECASE
)
SANITARY_CODE = r"\d{1,2}(?:[./]\d{1,2}){0,6}[./]\d{3,5}\s?-\s?(?:\d{4}|\d\d)(?!\d)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled elements.

    Attributes:
        anchor: Where a reference may begin; the group's name tells what with.
        issuer: A federal body; the group's number is looked up in ``issuer_names``.
        issuer_names: Body by writing's group.
        types: Words of a kind by group.
        codes: Name of a code by group.
        levels: Short name of a level by its writing.
        plurals: Plural forms of the nouns of kinds.
        tail: «Российской Федерации» behind a kind or a code.
        law_names: Titles of laws without quotes, as the registry has them.
        federal: Words of a federal body.
        local: Words of a regional or municipal body.
        school: Words of a school.
        requisite: What before an act makes it a requisite of the school.
        local_head: Kinds that are regional by their name.
        revision: A note on the wording.
        registration: A note on registration.
        amending: What stands before an act that is named only because it amends another one.
        definition: «(далее – …)».
        past_after: «… утратил силу».
        past_before: «взамен …».
        point: A part of an act with its numbers.
        point_short: How to print a part, by group.
    """

    anchor: re.Pattern[str]
    issuer: re.Pattern[str]
    issuer_names: tuple[str, ...]
    types: tuple[TypeWords, ...]
    codes: tuple[str, ...]
    levels: dict[str, str]
    plurals: frozenset[str]
    tail: re.Pattern[str]
    law_names: re.Pattern[str]
    federal: re.Pattern[str]
    local: re.Pattern[str]
    school: re.Pattern[str]
    requisite: re.Pattern[str]
    local_head: re.Pattern[str]
    revision: re.Pattern[str]
    registration: re.Pattern[str]
    amending: re.Pattern[str]
    definition: re.Pattern[str]
    past_after: re.Pattern[str]
    past_before: re.Pattern[str]
    point: re.Pattern[str]
    point_short: tuple[str, ...]


@once
def grammar() -> Grammar:
    """The grammar of the shipped tables and registry."""
    return build(citation_tables(), registry())


def build(tables: CitationTables, acts: Registry) -> Grammar:
    """Compile ``tables``; names of laws come from ``acts``."""
    nouns = {word for kind in tables.types for name in kind.names for word in name.lower().split()}
    points = "|".join(f"(?P<p{index}>{phrases(entry.words)})" for index, entry in enumerate(tables.points))
    # The longest writing first, whoever's it is: «Минпрос РСФСР» before «Минпрос».
    bodies = sorted(
        ((writing, issuer.name) for issuer in tables.issuers for writing in issuer.writings),
        key=lambda body: (-len(body[0].split()), -len(body[0])),
    )
    return Grammar(
        anchor=re.compile(_anchor(tables)),
        issuer=re.compile("|".join(f"({phrases([writing])})" for writing, _ in bodies)),
        issuer_names=tuple(name for _, name in bodies),
        types=tuple(tables.types),
        codes=tuple(code.names[0] for code in tables.codes),
        levels={
            writing.lower(): level.short
            for standard in tables.standards
            for level in standard.levels
            for writing in level.writings
        },
        plurals=frozenset(form for noun in nouns for form in plural_forms(noun)),
        tail=re.compile(rf"\s*(?:{phrases(tables.state_tails)})"),
        law_names=re.compile(law_names(acts), re.IGNORECASE),
        federal=re.compile(phrases(tables.federal_words)),
        local=re.compile(phrases(tables.local_words)),
        school=re.compile(phrases(tables.school_words)),
        requisite=re.compile(
            rf"{phrases(tables.requisite_of)}[^.;«»]{{0,60}}{phrases(tables.requisite_by)}[^.;«»]{{0,20}}$"
        ),
        local_head=re.compile(phrases(tables.local_heads)),
        revision=re.compile(_note(tables.revision_words, tables)),
        registration=re.compile(_note(tables.registration_words, tables)),
        amending=re.compile(rf"{phrases(tables.amending_words)}(?:,?\s+(?:[а-я]+|от|{DATE})){{0,3}}\s*$"),
        definition=re.compile(rf"\s*[,-]?\s*\(?\s*{phrases(tables.definition_words)}[^)]{{0,200}}\)"),
        past_after=re.compile(phrases(tables.historical.after)),
        past_before=re.compile(phrases(tables.historical.before)),
        point=re.compile(rf"(?:{points})\s*(?P<list>{_items()})", re.IGNORECASE),
        point_short=tuple(entry.short for entry in tables.points),
    )


def _anchor(tables: CitationTables) -> str:
    kinds = [(f"t{index}", phrases(kind.names)) for index, kind in enumerate(tables.types)]
    # The longest name first, whatever its kind: «постановление Правительства РФ» before «постановление».
    kinds.sort(key=lambda pair: -len(pair[1]))
    codes = "|".join(f"(?P<c{index}>{_code(code.names, tables)})" for index, code in enumerate(tables.codes))
    levels = "|".join(
        rf"{phrases(standard.head)}\s+(?P<level{index}>{_level(standard)})"
        for index, standard in enumerate(tables.standards)
    )
    nouns = phrases(name for kind in tables.types for name in kind.names if name.islower())
    return "|".join(
        (
            rf"(?P<anaphora>{phrases(tables.anaphora)}\s+(?={nouns}))",
            codes,
            rf"(?P<standard>{levels})" if levels else "(?!)",
            rf"(?P<gost>{phrases(tables.gost_heads)}\s*(?P<gost_code>\d[\d.]*(?:/\d+)?\s?-\s?(?:\d{{4}}|\d\d)))",
            rf"(?P<sanitary>(?:{phrases(tables.sanitary_heads)}\s*(?:№\s?|N\s)?)(?P<sanitary_code>{SANITARY_CODE}|\d{{3,4}}-\d\d))",
            *(f"(?P<{name}>{pattern})" for name, pattern in kinds),
            rf"(?P<approved>{phrases(tables.approved_names)}(?=\s*(?:№|N)\s*\d))",
            rf"(?P<federal_number>(?:№\s?|N\s?)?{START}{FEDERAL_NUMBER})",
            rf"(?P<bare_sanitary>(?<![\d./-]){SANITARY_CODE})",
        )
    )


def _level(standard: Standard) -> str:
    return phrases(writing for level in standard.levels for writing in level.writings)


def _code(names: list[str], tables: CitationTables) -> str:
    full = [name for name in names if " " in name]
    short = [name for name in names if " " not in name]
    return rf"{phrases(full)}|{phrases(short)}(?=\s+{phrases(tables.code_tails)})"


def _note(words: list[str], tables: CitationTables) -> str:
    """A note in brackets that begins with one of ``words``, or without brackets up to its date or number."""
    begin = phrases(words)
    inside = rf"\(\s*(?:[а-яА-Я]+\s+){{0,2}}{begin}[^()]{{0,200}}(?:\([^()]*\)[^()]{{0,100}})?\)"
    small = rf"(?:от|на|в|из|с|и|за|{phrases([*words, *tables.state_tails, *tables.note_words])})"
    return rf"\s*(?:{inside}|,?\s*{begin}(?i:(?:\s+(?:{small}|{DATE}|{SIGN}\s*{_VALUE})){{1,8}}))"


def _items() -> str:
    digits = r"[«\"]?\d+(?:\.\d+)*[»\"]?(?:\s?-\s?\d+(?:\.\d+)*)?"
    letter = r"[«\"][а-я][»\"]|[а-я](?=[,\s)])(?<=\s.)"
    ordinal = r"(?:перв|втор|трет|четверт|пят)[а-я]+"
    item = f"(?:{digits}|{letter}|{ordinal})"
    return rf"{item}(?:\s*(?:,|и|или|по)\s*{item})*\.?(?!\d)"


def law_names(acts: Registry) -> str:
    """Titles and usual names of laws: what may stand behind «закон» without quotes."""
    names: set[str] = set()
    for act in acts.acts:
        if act.type in {"federal_law", "law"}:
            names.add(act.title)
            names |= {alias.split(" ", 1)[1] for alias in act.aliases if alias.lower().startswith("закон ")}
    names = {name for name in names if re.match(r"об?\s", name, re.IGNORECASE) and "«" not in name}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return (
        START
        + "(?:"
        + "|".join(_title(name) for name in ordered)
        + ")"
        + r"(?:\s+в\s+(?:РФ|Российской\s+Федерации))?"
        + END
    )


def _title(name: str) -> str:
    words = name.replace("ё", "е").replace("Российской Федерации", "РФ").split()
    return r"\s+".join(
        r"(?:РФ|Российской\s+Федерации)" if word == "РФ" else re.escape(word) for word in words
    )
