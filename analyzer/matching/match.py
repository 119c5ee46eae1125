"""Clauses of an act → matches with the requirements of a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.language.patterns import find_any
from analyzer.language.tokens import sentences
from analyzer.law.checklist import Checklist, Requirement
from analyzer.matching import untrained
from analyzer.matching.aspects import held, lacking_share
from analyzer.matching.features import clause_features
from analyzer.matching.model import Model, pair_features
from analyzer.matching.restated import is_restated
from analyzer.model import Act, Clause, Match

_TRAINED = "pp-1678"  # the checklist of a model that does not name its own
_NEAR = 0.5  # share of the threshold from which a candidate is kept, for «проверьте сами»
_SHORTEST = 12  # characters; less says nothing
_JOINED_WORDS = 120  # a lead-in and its items are also read as one text up to this length


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text to be matched: a clause, or a lead-in together with its items (``joined``)."""

    clause: Clause
    text: str
    context: str
    joined: bool = False


def candidates(act: Act) -> list[Candidate]:
    """Every clause that says something; a lead-in («Учитель помогает:») is read with its items as well."""
    result: list[Candidate] = []
    clauses = act.clauses
    for index, clause in enumerate(clauses):
        if clause.heading or len(clause.text) < _SHORTEST:
            continue
        result.append(Candidate(clause, clause.text, clause.lead or clause.section))
        if clause.text.rstrip().endswith(":"):
            whole = _with_items(clauses, index)
            if whole is not None:
                result.append(Candidate(clause, whole, clause.section, joined=True))
    return result


def _with_items(clauses: Sequence[Clause], index: int) -> str | None:
    head = clauses[index]
    parts = [head.text]
    for at in range(index + 1, len(clauses)):
        item = clauses[at]
        if item.lead != head.text or item.heading:
            break
        parts.append(item.text)
    text = " ".join(parts)
    return text if len(parts) > 1 and len(text.split()) <= _JOINED_WORDS else None


def match(act: Act, checklist: Checklist, model: Model) -> list[Match]:
    """Matches of an act's clauses, near misses included: the caller applies the thresholds."""
    trained = _columns(checklist, model)
    found = candidates(act)
    result = _learned(found, checklist, model, trained) if found and trained else []
    others = [requirement for requirement in checklist.requirements if requirement.id not in trained]
    if others:
        found = [*_title_block(act), *found]
    return result + _unlearned(found, others)


def thresholds(checklist: Checklist, model: Model) -> dict[str, float]:
    """Least probability of a match, by requirement: the model's own, or the fixed one where it has none."""
    learned = {name: float(model.thresholds[column]) for name, column in _columns(checklist, model).items()}
    return {
        requirement.id: learned.get(requirement.id, untrained.THRESHOLD)
        for requirement in checklist.requirements
    }


def _columns(checklist: Checklist, model: Model) -> dict[str, int]:
    """Requirement → column of the model, for those that it knows.

    The same id in another checklist is another requirement.
    """
    if checklist.id != model.meta.get("checklist", _TRAINED):
        return {}
    known = ((checklist.requirement(name), column) for column, name in enumerate(model.ids))
    return {requirement.id: column for requirement, column in known if requirement is not None}


def _title_block(act: Act) -> list[Candidate]:
    """The title block as a clause without a number: who adopted and approved the act stands there."""
    text = " ".join(act.title_block.text.split())
    if len(text) < _SHORTEST:
        return []
    first = act.clauses[0] if act.clauses else None
    page, end = (first.page, first.start) if first else (None, 0)
    return [Candidate(Clause("", None, text, 1, False, page, 0, end), text, "")]


def _unlearned(found: Sequence[Candidate], requirements: Sequence[Requirement]) -> list[Match]:
    """Matches of requirements without training data, requirement by requirement."""
    near: list[list[tuple[Candidate, untrained.Judged]]] = [[] for _ in requirements]
    # Clause by clause: so each is cut into words once, however long the act.
    for item in found:
        for kept, requirement in zip(near, requirements, strict=True):
            one = untrained.judge_clause(requirement, item.text, item.context)
            if one.score >= untrained.THRESHOLD * _NEAR:
                kept.append((item, one))
    result: list[Match] = []
    for kept, requirement in zip(near, requirements, strict=True):
        single = any(one.score >= untrained.THRESHOLD and not item.joined for item, one in kept)
        result += (
            Match(
                requirement.id,
                item.clause,
                one.score,
                one.full,
                is_restated(item.text, requirement.norm),
                one.aspects,
                quote(item.clause.text, requirement),
            )
            for item, one in kept
            if not (item.joined and single)
        )
    return result


def _learned(
    found: Sequence[Candidate], checklist: Checklist, model: Model, columns: dict[str, int]
) -> list[Match]:
    features = [clause_features(item.text, item.context) for item in found]
    numbers = model.space.rows(features)
    margins = model.margins(numbers)
    scores, text_strength = model.probabilities(margins), model.text_strength(numbers)
    norms = " ".join(requirement.norm for requirement in checklist.requirements)
    result: list[Match] = []
    for requirement in checklist.requirements:
        column = columns.get(requirement.id)
        if column is None:
            continue
        threshold = float(model.thresholds[column])
        rows = [row for row in range(len(found)) if scores[row, column] >= threshold * _NEAR]
        # The items themselves are better evidence than the list that they stand in.
        single = any(scores[row, column] >= threshold and not found[row].joined for row in rows)
        for row in rows:
            item = found[row]
            if item.joined and single:
                continue
            names = held(requirement, item.text)
            margin = float(margins[row, column])
            pair = pair_features(
                margin, column, len(model.ids), features[row], lacking_share(requirement, names)
            )
            full = model.full(float(text_strength[row]), pair)
            restated = is_restated(item.text, norms)
            evidence = quote(item.clause.text, requirement)
            result.append(
                Match(
                    requirement.id, item.clause, float(scores[row, column]), full, restated, names, evidence
                )
            )
    return result


def quote(text: str, requirement: Requirement) -> str:
    """The sentences of a clause that hold an aspect of the requirement; the whole clause when it is short."""
    if len(text) <= 300:
        return text
    spans = sentences(text)
    hits = [
        span
        for span in (find_any(aspect.patterns, text) for aspect in requirement.aspects)
        if span is not None
    ]
    chosen = [(start, end) for start, end in spans if any(start <= hit[0] < end for hit in hits)]
    if not chosen:
        return text[:300].rsplit(" ", 1)[0] + " …"
    start, end = chosen[0][0], chosen[-1][1]
    return text[start:end] if end - start <= 600 else text[chosen[0][0] : chosen[0][1]]
