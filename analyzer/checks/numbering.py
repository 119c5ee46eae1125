"""NUM001–NUM004: gaps and duplicates of numbers, references to nowhere, an act under another kind's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from analyzer.model import Act, Citation, Clause, Finding
from analyzer.outline.numbering import roman

_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SKIPPED = frozenset("ёйъыьз")  # letters that typists and Word's list leave out («з» is often taken for 3)
_UNIT = r"(?:пункт\w*|подпункт\w*|пп?\.|раздел\w*|глав\w+|част\w+)"
_ONE = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVX]{1,6})"
_REFERENCE = re.compile(
    rf"(?P<unit>{_UNIT})\s*(?P<list>{_ONE}(?:\s*(?:,|и|или|–|—|-)\s*{_ONE})*)\.?(?:\s*\)?)(?P<tail>[^.;]{{0,60}})",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"настоящ\w+|(?:данн|эт)\w+\s+(?:положени|порядк|правил|регламент)|^\s*(?:положени|порядк|регламент)\w*",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?:федеральн\w+\s+)?закон|правил,|правил\w*\s*(?:№|,?\s*утв|применени|1678)|постановлени|приказ|устав|кодекс|санпин|\bсп\b|\bфз\b|договор|порядк\w+\s*,?\s*утв|"
    r"положени\w+\s+(?:о|об)\s|стандарт|стать|ст\.|конституц|реш[её]н|протокол|перечн|плана|инструкц|письм|требован|регламент\w*\s+(?:о|об)\s",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"настоящ(?:его|ему|ее|ий|ие|им|ими|их|ая|ей|ую)\s+(Положени|Поряд|Правил|Регламент|Инструкци|Приказ)[а-яё]*",
    re.IGNORECASE,
)
_STEM = {
    "положение": "положени",
    "порядок": "поряд",
    "правила": "правил",
    "регламент": "регламент",
    "инструкция": "инструкци",
    "приказ": "приказ",
}
_GENITIVE = {
    "положение": "настоящего Положения",
    "порядок": "настоящего Порядка",
    "правила": "настоящих Правил",
    "регламент": "настоящего Регламента",
    "инструкция": "настоящей Инструкции",
    "приказ": "настоящего приказа",
}


def check_numbering(act: Act, citations: Sequence[Citation]) -> list[Finding]:
    """All findings about numbers and self-references of an act."""
    return [*_sequence(act), *_references(act, citations), *_self_names(act)]


def _sequence(act: Act) -> Iterator[Finding]:
    """NUM001 at the clause behind a gap, NUM002 at the second bearer of a number."""
    siblings: dict[tuple[str, str, int], list[tuple[int, str, Clause]]] = defaultdict(list)
    lists = 0
    for clause in act.clauses:
        if clause.number is None:
            # A plain paragraph that ends with a colon opens a new list of «а) б) в)».
            lists += clause.text.rstrip().endswith(":")
            continue
        parent, _, last = clause.path.rpartition("/")[2].rpartition(".")
        kind, value = _value(last, clause.number)
        if value is not None:
            which = lists if kind in {"letter", "paren"} else 0
            siblings[f"{clause.part}/{parent}", kind, which].append((value, last, clause))
    for group in siblings.values():
        seen: set[int] = set()
        previous: tuple[int, str] | None = None
        for value, label, clause in group:
            if value in seen:
                yield _finding(
                    "NUM002",
                    clause,
                    f"номер {_printed(clause)} стоит второй раз",
                    "исправьте нумерацию и ссылки на этот пункт",
                )
            elif previous is not None and value > previous[0] and not _follows(previous, value, label):
                yield _finding(
                    "NUM001",
                    clause,
                    f"после {previous[1]} сразу идёт {label}: пропущен номер",
                    "проверьте, не потерян ли пункт; если нет, исправьте нумерацию",
                )
            seen.add(value)
            previous = (value, label)


def _value(label: str, printed: str) -> tuple[str, int | None]:
    if label.isdigit():
        return ("paren" if ")" in printed and "." not in printed.rstrip(").") else "decimal"), int(label)
    if (value := roman(label)) is not None and label.isupper():
        return "roman", value
    if len(label) == 1 and label in _ALPHABET:
        return "letter", _ALPHABET.index(label) + 1
    return "other", None


def _follows(previous: tuple[int, str], value: int, label: str) -> bool:
    if label in _ALPHABET and len(label) == 1 and not label.isdigit():
        return all(_ALPHABET[index - 1] in _SKIPPED for index in range(previous[0] + 1, value))
    return value == previous[0] + 1


def _printed(clause: Clause) -> str:
    return (clause.number or clause.path).rstrip(".")


def _references(act: Act, citations: Sequence[Citation]) -> Iterator[Finding]:
    """NUM003: «пункт 4.12 настоящего Положения» where the act has no 4.12."""
    paths = {clause.path.rpartition("/")[2] for clause in act.clauses if clause.number}
    tops = {path.split(".")[0] for path in paths}
    # «II.3.4» may be cited as 3.4; a lone figure never stands for the end of a longer number.
    tails = {path[dot.end() :] for path in paths for dot in re.finditer(r"\.", path)}
    known = paths | {tail for tail in tails if not tail.isdigit()}
    cited: dict[str, list[str]] = defaultdict(list)
    for citation in citations:
        cited[citation.clause].append(citation.quote)
    for clause in act.clauses:
        told: set[str] = set()
        for match in _REFERENCE.finditer(clause.text):
            for target in _targets(match["list"]):
                if target not in told and _is_dangling(clause, match, target, known, tops):
                    told.add(target)
                    yield _finding(
                        "NUM003",
                        clause,
                        f"ссылка на {match['unit'].lower()} {target}, которого в акте нет",
                        "исправьте номер или допишите недостающий пункт",
                        match.group().strip(),
                    )


def _targets(listed: str) -> list[str]:
    parts = re.split(r"\s*(?:,|или|и)\s*", listed, flags=re.IGNORECASE)
    targets: list[str] = []
    for part in parts:
        ends = re.split(r"\s*[–—-]\s*", part)
        targets.extend(end for end in ends if end)
    return targets


def _is_dangling(clause: Clause, match: re.Match[str], target: str, known: set[str], tops: set[str]) -> bool:
    tail, head = match["tail"], clause.text[max(0, match.start() - 90) : match.start()]
    own = _OWN.search(tail[:40])
    foreign = _FOREIGN.search(tail)
    if own is None and foreign is not None:
        return False
    if own is not None and foreign is not None and foreign.start() < own.start():
        return False
    if own is None and re.search(
        r"\b(?:закон|приказ|постановлени|Правил|договор|устав|устава|федеральн|СанПиН|СП)\w*[^.;]{0,25}$",
        head,
        re.IGNORECASE,
    ):
        return False
    # «часть 3» or a lone «п. 5» without «настоящего» belongs to law more often than to the act.
    unit = match["unit"].lower()
    if own is None and (unit.startswith("част") or ("." not in target and unit.startswith(("п", "под")))):
        return False
    if target in known:
        return False
    return not (unit.startswith(("раздел", "глав")) and target in tops)


def _self_names(act: Act) -> Iterator[Finding]:
    """NUM004: «настоящих Правил» in a Порядок, a trace of the document it was copied from."""
    kind = act.title_block.kind
    if kind not in _STEM:
        return
    for clause in act.clauses:
        if clause.part:
            continue
        for match in _SELF.finditer(clause.text):
            if not match[1].lower().startswith(_STEM[kind]):
                yield _finding(
                    "NUM004",
                    clause,
                    f"акт называет себя иначе: «{match.group()}», хотя это {kind}",
                    f"напишите «{_GENITIVE[kind]}» или укажите, какой акт имеется в виду; "
                    "проверьте, не скопирован ли пункт",
                    match.group(),
                )
                break


def _finding(rule: str, clause: Clause, message: str, fix: str, quote: str | None = None) -> Finding:
    return Finding(
        rule,
        "warning",
        message,
        fix,
        clause.path,
        clause.page,
        quote or clause.text[:160] or clause.number,
        ocr=clause.ocr,
    )
