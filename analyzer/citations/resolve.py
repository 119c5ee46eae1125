"""A reference → an entry of the registry: by number, date, body, title; never by guess."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal

from analyzer.citations.fold import OCR_DIGITS
from analyzer.citations.reference import Reference
from analyzer.law.citation_tables import CitationTables
from analyzer.law.registry import RegisteredAct, Registry, fold_number

Resolution = Literal["exact", "near", "ambiguous", "unknown", "local"]

_GROUPS = (
    {"federal_law", "law", "code"},
    {"government_resolution", "sanitary_rules"},
    {"letter", "recommendations"},
    {"order", "recommendations"},
)
_CODE = re.compile(r"\d{1,2}(?:[./]\d{1,2}){0,6}[./]\d{3,5}-\d{2,4}")
_SAME_TITLE = 0.9


@dataclass(frozen=True, slots=True)
class Resolved:
    """The outcome.

    Attributes:
        type: Kind of act, that of the registry when it is known.
        resolution: How well the act is known.
        act: The entry, also for ``near`` when there is one candidate.
        candidates: Likely entries for ``near`` and ``ambiguous``.
    """

    type: str
    resolution: Resolution
    act: RegisteredAct | None = None
    candidates: tuple[RegisteredAct, ...] = ()


class Resolver:
    """Looks references up in one registry."""

    def __init__(self, registry: Registry, tables: CitationTables) -> None:
        self.registry = registry
        self._tables = tables
        self._also = {issuer.name: frozenset((issuer.name, *issuer.also)) for issuer in tables.issuers}
        self._suffixes = {entry.type: entry.number_suffix for entry in tables.types if entry.number_suffix}
        self._codes: dict[str, list[RegisteredAct]] = defaultdict(list)
        self._parts: dict[str, list[RegisteredAct]] = defaultdict(list)
        for act in registry.acts:
            for code in {
                found[0]
                for name in (*act.aliases, act.title[:60], act.number)
                for found in _CODE.finditer(name)
            }:
                if act.type in {"sanitary_rules", "recommendations"}:
                    self._codes[_code(code)].append(act)
            if "/" in act.number and act.type == "order":
                for part in act.number.split("/"):
                    self._parts[part].append(act)

    def resolve(self, reference: Reference, day: date) -> Resolved:
        """The entry that ``reference`` means, with what is sure about it."""
        kind = self._kind(reference)
        if reference.local or self._local_number(reference):
            return Resolved(kind, "local")
        if reference.form == "gost":
            return Resolved("gost", "unknown")
        if reference.form == "sanitary" or _CODE.fullmatch(reference.number or ""):
            return self._sanitary(reference, kind)
        if reference.number:
            return self._by_number(reference, kind)
        if reference.date:
            return self._by_date(reference, kind)
        return self._by_name(reference, kind, day)

    def _kind(self, reference: Reference) -> str:
        for rule in self._tables.type_by_issuer:
            if rule.written == reference.kind and rule.issuer in reference.issuers:
                return rule.type
        for other in self._tables.other_issuer_type:
            if other.written == reference.kind and reference.issuers and other.only not in reference.issuers:
                return other.type
        return reference.kind

    def _local_number(self, reference: Reference) -> bool:
        ends = tuple(fold_number(suffix) for suffix in self._tables.local_number_suffixes)
        return bool(
            reference.kind in {"law", "federal_law"}
            and reference.number
            and fold_number(reference.number).endswith(ends)
        )

    def _sanitary(self, reference: Reference, kind: str) -> Resolved:
        code = _code(reference.number or "")
        acts = self._codes.get(code) or [
            act for known, found in self._codes.items() for act in found if known.endswith("." + code)
        ]
        if len({act.id for act in acts}) == 1:
            return Resolved(acts[0].type, "exact", acts[0])
        near = [act for known, found in self._codes.items() for act in found if _slip(known, code)]
        if reference.bare == "state" and not acts and len({act.id for act in near}) == 1:
            return Resolved(near[0].type, "near", near[0], (near[0],))
        return Resolved(kind, "ambiguous" if acts else "unknown", None, tuple(acts))

    def _numbered(self, number: str, kind: str) -> list[RegisteredAct]:
        tried = [number]
        suffix = self._suffixes.get("federal_law" if kind in _GROUPS[0] else kind)
        if suffix and number.isdigit():
            tried.insert(0, number + suffix)
        tried.append(re.sub(r"-I$", "-1", number))
        tried.append(number.translate(OCR_DIGITS))
        for form in tried:
            acts = [act for act in self.registry.by_number(form) if _compatible(act.type, kind)]
            acts += [act for act in self._parts.get(form, ()) if kind == "order" and act not in acts]
            if acts:
                return acts
        return []

    def _by_number(self, reference: Reference, kind: str) -> Resolved:
        number = reference.number or ""
        acts = self._numbered(number, kind)
        ours = [act for act in acts if self._same_body(act, reference)]
        if reference.date is None:
            pool = [act for act in ours if not reference.year or act.date.year == reference.year] or ours
            if len(pool) > 1 and reference.form == "code":
                pool = [act for act in pool if _names_code(act, reference.title or "")] or pool
            elif len(pool) > 1 and reference.title:
                pool = [act for act in pool if _alike(act.title, reference.title) >= _SAME_TITLE] or pool
            if (
                not pool
                and len(acts) == 1
                and reference.title
                and _alike(acts[0].title, reference.title) >= _SAME_TITLE
            ):
                return _near(kind, acts)
            return _one(kind, pool if reference.title or reference.year else _preferred(pool))
        exact = [act for act in acts if act.date == reference.date]
        if exact:
            bodied = [act for act in exact if self._same_body(act, reference)]
            return _one(kind, bodied) if bodied else _near(kind, exact)
        likely = [
            act
            for act in ours
            if _date_slip(act.date, reference.date)
            or (reference.title and _alike(act.title, reference.title) >= _SAME_TITLE)
        ]
        return _near(kind, likely or self._other_number(reference, kind))

    def _other_number(self, reference: Reference, kind: str) -> list[RegisteredAct]:
        """Acts of the same day whose number was mistyped."""
        number = fold_number(reference.number or "")
        return [
            act
            for act in self.registry.acts
            if act.date == reference.date
            and _compatible(act.type, kind)
            and self._same_body(act, reference)
            and (
                _slip(fold_number(act.number), number)
                or (reference.title is not None and _alike(act.title, reference.title) >= _SAME_TITLE)
            )
        ]

    def _by_date(self, reference: Reference, kind: str) -> Resolved:
        acts = [
            act
            for act in self.registry.acts
            if act.date == reference.date and _compatible(act.type, kind) and self._same_body(act, reference)
        ]
        if reference.title:
            titled = [act for act in acts if _alike(act.title, reference.title) >= _SAME_TITLE]
            if not titled:
                same = [
                    a
                    for a in self._titled(reference.title, kind)
                    if reference.date and _date_slip(a.date, reference.date)
                ]
                return _near(kind, same) if kind in _GROUPS[0] else _one(kind, acts)
            acts = titled
        return _one(kind, acts)

    def _by_name(self, reference: Reference, kind: str, day: date) -> Resolved:
        name = reference.title or ""
        if reference.form == "standard":
            acts = [
                act
                for act in self.registry.acts
                for alias in act.aliases
                if re.fullmatch(rf"ФГОС {re.escape(name)}(?: \d{{4}})?", alias)
            ]
        elif reference.form == "code":
            acts = [act for act in self.registry.acts if act.type == "code" and _names_code(act, name)]
        else:
            acts = self._titled(name, kind, usual=not reference.tail)
        acts = [act for act in acts if act.date.year == reference.year] or acts
        # A name without number and date means the act that bears the name today.
        standing = [
            act
            for act in acts
            if not act.superseded and self.registry.status_on(act, day) in {"in_force", "not_yet_in_force"}
        ]
        if len(acts) > 1 and len(standing) == 1 and not reference.year:
            return Resolved(standing[0].type, "exact", standing[0])
        return _one(kind, acts)

    def _titled(self, title: str, kind: str, usual: bool = False) -> list[RegisteredAct]:
        """Acts of that title; ``usual``: a usual name comes before an official one.

        «Закон об образовании» is the law of 2012, «Закон РФ „Об образовании“» that of 1992, so titled.
        """
        acts = [act for act in self.registry.acts if _compatible(act.type, kind)]
        exact = [act for act in acts if _plain(act.title) == _plain(title)]
        named = [
            act
            for act in acts
            if any(
                alias.lower().startswith("закон ") and _plain(alias[6:]) == _plain(title)
                for alias in act.aliases
            )
        ]
        if usual or (kind == "federal_law" and all(act.type == "law" for act in exact)):
            exact, named = named, exact
        return exact or named or [act for act in acts if _alike(act.title, title) >= _SAME_TITLE]

    def _same_body(self, act: RegisteredAct, reference: Reference) -> bool:
        if not reference.issuers or act.type in _GROUPS[0]:
            return True
        meant = {name for issuer in reference.issuers for name in self._also.get(issuer, {issuer})}
        return bool(meant & set(act.issuer.split(", ")))


def _one(kind: str, acts: list[RegisteredAct]) -> Resolved:
    if len(acts) == 1:
        return Resolved(acts[0].type, "exact", acts[0])
    return Resolved(kind, "ambiguous" if acts else "unknown", None, tuple(acts))


def _preferred(acts: list[RegisteredAct]) -> list[RegisteredAct]:
    """What is meant by a number alone: the act that the registry prefers, else all that bear it."""
    return [act for act in acts if act.preferred] or acts


def _near(kind: str, acts: list[RegisteredAct]) -> Resolved:
    if len(acts) == 1:
        return Resolved(acts[0].type, "near", acts[0], (acts[0],))
    return Resolved(kind, "ambiguous" if acts else "unknown", None, tuple(acts))


@cache
def _compatible(type_: str, kind: str) -> bool:
    return type_ == kind or any({type_, kind} <= group for group in _GROUPS)


def _code(code: str) -> str:
    return re.sub(r"\s", "", code).replace("/", ".")


def _date_slip(right: date, written: date) -> bool:
    """Two of day, month and year agree, or day and month are swapped, or one digit differs."""
    agree = (right.day == written.day) + (right.month == written.month) + (right.year == written.year)
    swapped = (right.year, right.month, right.day) == (written.year, written.day, written.month)
    return agree >= 2 or swapped


def _slip(right: str, written: str) -> bool:
    """One sign wrong, lost, added, or two neighbours swapped; short numbers are too alike for that."""
    if right == written or min(len(right), len(written)) < 3 or abs(len(right) - len(written)) > 1:
        return False
    if len(right) == len(written):
        wrong = [i for i, (a, b) in enumerate(zip(right, written, strict=True)) if a != b]
        swap = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and right[wrong[0]] == written[wrong[1]]
        return len(wrong) == 1 or (swap and right[wrong[1]] == written[wrong[0]])
    longer, shorter = sorted((right, written), key=len, reverse=True)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


@lru_cache(maxsize=4096)
def _plain(title: str) -> str:
    even = title.lower().replace("ё", "е")
    even = re.sub(r"\bрф\b", "российской федерации", even)
    return " ".join(re.findall(r"[а-яa-z0-9]+", even))


def _alike(right: str, written: str) -> float:
    a, b = _plain(right), _plain(written)
    if a == b:
        return 1.0
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 40 and longer.startswith(shorter):
        return 0.95
    if longer == f"{shorter} в российской федерации" or len(longer) > 1.3 * len(shorter):
        return 0.92 if longer == f"{shorter} в российской федерации" else 0.0
    match = SequenceMatcher(None, a, b, autojunk=False)
    return match.ratio() if match.quick_ratio() >= _SAME_TITLE else 0.0


def _names_code(act: RegisteredAct, name: str) -> bool:
    return _plain(name) in {
        known.removesuffix(" российской федерации") for known in map(_plain, (act.title, *act.aliases))
    } or _plain(name) in set(map(_plain, (act.title, *act.aliases)))
