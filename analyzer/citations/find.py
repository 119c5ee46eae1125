"""The two verbs of the package: references of a text, references of an act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from analyzer.citations.context import drop_requisites, mark_history, mark_points
from analyzer.citations.fold import Folded, fold, join_lines
from analyzer.citations.grammar import grammar
from analyzer.citations.parser import parse
from analyzer.citations.reference import Reference
from analyzer.citations.resolve import Resolved, Resolver
from analyzer.law.load import citation_tables, registry
from analyzer.law.registry import fold_number
from analyzer.model import Act, Citation
from analyzer.once import once

_DISTINCT = 3  # digits from which a number without date and body tells an act
_JOINT_GAP = 60
_BY_SCHOOL = re.compile(r"\s*(?:по\s+)?")  # «приказ № 86 директора», «приказ № 86 по школе»
_LAWS = frozenset({"law", "federal_law"})


@dataclass(slots=True)
class _Memory:
    """What was cited before: short forms and «указанный приказ» lean on it."""

    found: list[Citation] = field(default_factory=list)
    by_number: dict[str, Citation] = field(default_factory=dict)
    clause: int = 0

    def add(self, citation: Citation) -> None:
        self.found.append(citation)
        if citation.number and (citation.act_id or citation.resolution == "local"):
            self.by_number[_short(citation.number)] = citation

    def same_number(self, number: str) -> Resolved | None:
        """The act cited before under that number."""
        citation = self.by_number.get(_short(number))
        if citation is None:
            return None
        return _known(citation) or Resolved(citation.type, "local")


@once
def resolver() -> Resolver:
    """The resolver over the shipped registry."""
    return Resolver(registry(), citation_tables())


def find_in_text(text: str, as_of: date | None = None) -> tuple[Citation, ...]:
    """References to acts of the state in a text, in order; offsets point into it.

    Args:
        text: Any text; line breaks and hyphens at line ends are allowed.
        as_of: Day for the status; today when not given.
    """
    return find_in_clauses([("", None, text)], as_of or date.today())


def find_citations(act: Act, as_of: date) -> tuple[Citation, ...]:
    """References in the title block and the clauses; short forms know what was cited before them."""
    clauses = ((clause.path, clause.page, clause.text) for clause in act.clauses)
    return find_in_clauses((_head(act), *clauses), as_of)


def _head(act: Act) -> tuple[str, int | None, str]:
    """The title block as a piece without a path, less the paragraphs that stand among the clauses too."""
    body = " ".join(join_lines(clause.text) for clause in act.clauses)
    lines = (line for line in act.title_block.text.splitlines() if join_lines(line) not in body)
    return "", act.clauses[0].page if act.clauses else None, "\n".join(lines)


def find_in_clauses(clauses: Iterable[tuple[str, int | None, str]], as_of: date) -> tuple[Citation, ...]:
    """References in pieces of text, each with its path and page."""
    memory = _Memory()
    for path, page, text in clauses:
        memory.clause = len(memory.found)
        folded = fold(text)
        references = drop_requisites(folded.text, parse(folded.text, grammar()), grammar())
        mark_points(folded.text, references, grammar())
        mark_history(folded.text, references, grammar())
        for reference in references:
            resolved = _resolve(folded, reference, memory, as_of)
            if resolved is None:
                continue
            citation = _citation(path, page, folded, reference, resolved, as_of)
            if not _joined(memory, citation):
                memory.add(citation)
    return tuple(memory.found)


def _resolve(folded: Folded, reference: Reference, memory: _Memory, day: date) -> Resolved | None:
    """The outcome, or None when the words do not tell an act of the state after all."""
    if reference.form == "anaphora":
        return _antecedent(reference, memory)
    resolved = resolver().resolve(reference, day)
    if resolved.act is None and reference.number and not reference.date and not reference.local:
        resolved = memory.same_number(reference.number) or resolved
    if reference.form == "approved":
        return resolved if resolved.act is not None or resolved.resolution == "local" else _unique(reference)
    if reference.bare == "registry" and not reference.issuers and not reference.local:
        return _bare(folded.text, reference, resolved, memory)
    if reference.doubtful and resolved.act is None and resolved.resolution != "ambiguous":
        return None
    named = reference.number or reference.date or reference.form in {"code", "standard"}
    if not named and reference.kind not in _LAWS and resolved.act is None:
        return None
    return resolved


def _unique(reference: Reference) -> Resolved | None:
    """«Правила № 1678» without an earlier mention: the only act of that number, when it has enough digits."""
    acts = registry().by_number(reference.number or "")
    if len(acts) == 1 and len(acts[0].number) >= _DISTINCT and reference.date in {None, acts[0].date}:
        return Resolved(acts[0].type, "exact", acts[0])
    return None


def _bare(text: str, reference: Reference, resolved: Resolved, memory: _Memory) -> Resolved | None:
    """An order without its issuer is the school's own unless the registry or an earlier mention knows it."""
    number = reference.number or ""
    behind = _BY_SCHOOL.match(text, reference.reach)
    if behind is not None and grammar().school.match(text, behind.end()) and not memory.same_number(number):
        return None
    if resolved.resolution == "unknown":
        return resolved if _state_number(reference.kind, number) else None
    if resolved.resolution == "near":
        return resolved if _state_number(reference.kind, number) else None
    if resolved.resolution == "exact" and number and (reference.date or memory.same_number(number)):
        return resolved
    digits = len(re.sub(r"\D", "", number))
    return resolved if reference.date is None and digits >= _DISTINCT else None


def _state_number(kind: str, number: str) -> bool:
    """Numbers that schools do not give: «МР-1641/02» of a letter, «1726-р» of the Government."""
    if kind == "letter":
        return re.match(r"[А-Я]{2}-\d+/\d+", number) is not None
    return kind == "government_order" and fold_number(number).endswith("-р")


def _short(number: str) -> str:
    return re.sub(r"-фз$", "", fold_number(number))


def _known(citation: Citation) -> Resolved | None:
    act = registry().get(citation.act_id) if citation.act_id else None
    return Resolved(act.type, "exact", act) if act is not None else None


def _antecedent(reference: Reference, memory: _Memory) -> Resolved | None:
    """The last act of that kind, cited in the same clause or just before it."""
    for citation in reversed(memory.found[max(0, memory.clause - 1) :]):
        if citation.type == reference.kind or {citation.type, reference.kind} <= _LAWS:
            return _known(citation)
    return None


def _joined(memory: _Memory, citation: Citation) -> bool:
    """«приказ … № 189, Рособрнадзора № 1513»: two numbers of one joint order are one citation."""
    before = memory.found[-1] if len(memory.found) > memory.clause else None
    act = registry().get(citation.act_id) if citation.act_id else None
    if (
        before is None
        or act is None
        or before.act_id != act.id
        or "/" not in act.number
        or {before.number, citation.number} != set(act.number.split("/"))
        or citation.start - before.end > _JOINT_GAP
    ):
        return False
    memory.found[-1] = replace(before, date=before.date or citation.date)
    return True


def _citation(
    path: str, page: int | None, folded: Folded, reference: Reference, resolved: Resolved, day: date
) -> Citation:
    start, end = folded.origin(reference.start), folded.origin(reference.end - 1) + 1
    act = resolved.act
    return Citation(
        clause=path,
        page=page,
        quote=join_lines(folded.source[start:end]),
        start=start,
        end=end,
        type=resolved.type,
        number=reference.number,
        date=reference.date,
        points=reference.points,
        issuer=", ".join(reference.issuers) or None,
        title=reference.title,
        act_id=act.id if act else None,
        status=registry().status_on(act, day) if act else "unknown",
        resolution=resolved.resolution,
        candidates=tuple(candidate.id for candidate in resolved.candidates),
        historical=reference.historical,
    )
