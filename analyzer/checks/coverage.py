"""REQ001–REQ004: what the act does about each requirement: pure rules over matches, nothing learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.checks.deadlines import beyond_deadline
from analyzer.language.patterns import find_any
from analyzer.law.checklist import Aspect, Checklist, Requirement
from analyzer.model import Act, Clause, Finding, Match, Severity, Status, Verdict

_FULL = 0.4  # least probability that a clause covers the whole of a requirement, not a part
_EVIDENCE = 5  # clauses shown as evidence at most
_DOUBT = 0.75  # share of the threshold from which a likeness is shown to a person instead of «не найдено»


def judge(
    act: Act,
    checklist: Checklist,
    matches: Sequence[Match],
    thresholds: Mapping[str, float],
    *,
    levels: frozenset[str],
    as_of: date,
    on_subject: bool,
    findings: Sequence[Finding],
) -> list[Verdict]:
    """One verdict a requirement of the checklist.

    Args:
        act: The act.
        checklist: Its checklist.
        matches: Matches, near misses included.
        thresholds: Least probability of a match, by requirement.
        levels: Levels of the school's programmes.
        as_of: Date of the audit.
        on_subject: The act is about the checklist's subject.
        findings: Findings of the other checks, for ``contradicted_by``.
    """
    by_requirement: dict[str, list[Match]] = {}
    for match in matches:
        by_requirement.setdefault(match.requirement, []).append(match)
    verdicts: dict[str, Verdict | _Open] = {}
    for requirement in checklist.requirements:
        if not requirement.in_force(as_of):
            continue
        found = sorted(by_requirement.get(requirement.id, []), key=lambda match: -match.score)
        if not on_subject:
            found = [match for match in found if _speaks_of(checklist, match)]
        threshold = thresholds.get(requirement.id, 0.5)
        if levels.isdisjoint(requirement.applies_to):
            verdicts[requirement.id] = _verdict(
                checklist, requirement, "not_applicable", 0.95, reason="норма не для программ этой школы"
            )
            continue
        verdict = _judge_one(checklist, requirement, found, threshold, findings)
        verdicts[requirement.id] = verdict or _Open(requirement, found, threshold)
    open_ones = [item for item in verdicts.values() if isinstance(item, _Open)]
    said = _first_clauses(act, open_ones) if on_subject else {}
    return [
        _nothing(checklist, item, said, on_subject) if isinstance(item, _Open) else item
        for item in verdicts.values()
    ]


@dataclass(frozen=True, slots=True)
class _Open:
    """A requirement on which no clause was found, with its near misses, best first, and its threshold."""

    requirement: Requirement
    found: Sequence[Match]
    threshold: float


def _judge_one(
    checklist: Checklist,
    requirement: Requirement,
    found: Sequence[Match],
    threshold: float,
    findings: Sequence[Finding],
) -> Verdict | None:
    """The verdict when clauses or findings tell it; None when nothing speaks of the requirement."""
    strong = _best_by_clause([match for match in found if match.score >= threshold])
    against = contradiction(requirement, strong, found)
    if against is not None:
        message, match = against
        return _verdict(
            checklist, requirement, "contradicted", match.score, evidence=(match,), reason=message
        )
    against_it = set(requirement.contradicted_by)
    foreign = next((f for f in findings if against_it & {f.rule, f"{f.rule}/{f.topic}"}), None)
    if foreign is not None:
        return _verdict(
            checklist, requirement, "contradicted", 0.9, evidence=tuple(strong[:1]), reason=foreign.message
        )
    own = [match for match in strong if not (match.restated and requirement.duty == "determine")]
    lost = [lost_words for match in own if (lost_words := _incomplete(requirement, match)) is not None]
    full = [match for match in own if match.full >= _FULL and _incomplete(requirement, match) is None]
    if full:
        best = full[0].score
        return _verdict(
            checklist,
            requirement,
            "covered",
            best,
            evidence=tuple([*full, *(m for m in own if m not in full)][:_EVIDENCE]),
            restated=all(match.restated for match in strong),
            review=best < threshold + 0.1,
        )
    if strong:
        return _partial(checklist, requirement, strong, own, lost)
    return None


def _partial(
    checklist: Checklist,
    requirement: Requirement,
    strong: Sequence[Match],
    own: Sequence[Match],
    lost: Sequence[str],
) -> Verdict:
    held = {name for match in strong for name in match.aspects}
    lacking = tuple(aspect for aspect in requirement.aspects if aspect.name not in held)
    if own and not lost and not any(aspect.required for aspect in lacking):
        lost = _asunder(requirement, strong, own)
        if not lost and not lacking:
            lost = ("обязательные слова есть, но о том ли они, программа не уверена: сверьте с нормой",)
    reason = "урегулировано не полностью" if own else "норма повторена, собственного решения школы нет"
    return _verdict(
        checklist,
        requirement,
        "partial",
        strong[0].score,
        evidence=tuple(strong[:_EVIDENCE]),
        restated=not own,
        missing=lacking,
        lost=tuple(dict.fromkeys(lost)),
        reason=reason,
        review=bool(own),
    )


def _asunder(requirement: Requirement, strong: Sequence[Match], own: Sequence[Match]) -> tuple[str, ...]:
    """What the fullest clause lacks of the required parts, and which clause seems to say it."""
    required = [aspect for aspect in requirement.aspects if aspect.required]
    best = max(own, key=lambda match: sum(aspect.name in match.aspects for aspect in required))
    here = f"в п. {best.clause.path}" if best.clause.path else "в пункте без номера"
    return tuple(
        f"{here} {aspect.missing} ({_said_in(next(m for m in strong if aspect.name in m.aspects), best)})"
        for aspect in required
        if aspect.name not in best.aspects
    )


def _said_in(match: Match, best: Match) -> str:
    if not match.clause.path or match.clause.path == best.clause.path:
        return "похоже, об этом другой абзац"
    return f"похоже, об этом п. {match.clause.path}"


def _speaks_of(checklist: Checklist, match: Match) -> bool:
    """In an act about something else a clause counts only when it or its heading names the subject."""
    clause = match.clause
    texts = (clause.text, clause.lead, clause.section)
    return any(find_any(checklist.subject.title, text) for text in texts if text)


def _incomplete(requirement: Requirement, match: Match) -> str | None:
    """What the clause's wording lost of the norm, None when nothing."""
    for rule in requirement.incomplete:
        if find_any(rule.any, match.clause.text) and not find_any(rule.unless, match.clause.text):
            return rule.message
    return None


def _first_clauses(act: Act, open_ones: Sequence[_Open]) -> dict[tuple[str, str], Clause]:
    """By requirement and ``unmet`` or ``elsewhere``: the first clause that says that it need not be here.

    Clause by clause, not requirement by requirement: so each clause is cut into words once, however long the
    act (``prepare`` remembers some thousands).
    """
    waiting: dict[tuple[str, str], Sequence[str]] = {}
    for requirement in (item.requirement for item in open_ones):
        if requirement.precondition:
            waiting[requirement.id, "unmet"] = requirement.precondition.unmet
        if requirement.elsewhere:
            waiting[requirement.id, "elsewhere"] = requirement.elsewhere.patterns
    found: dict[tuple[str, str], Clause] = {}
    for clause in act.body if waiting else ():
        for key in [key for key, patterns in waiting.items() if find_any(patterns, clause.text)]:
            found[key] = clause
            del waiting[key]
    return found


def _nothing(
    checklist: Checklist, item: _Open, said: Mapping[tuple[str, str], Clause], on_subject: bool
) -> Verdict:
    """Verdict on a requirement of which no clause speaks: not applicable, elsewhere, doubtful or missing."""
    requirement, found, threshold = item.requirement, item.found, item.threshold
    if not on_subject:
        return _verdict(checklist, requirement, "not_applicable", 0.8, reason="акт о другом предмете")
    if requirement.precondition and (requirement.id, "unmet") in said:
        return _verdict(
            checklist,
            requirement,
            "not_applicable",
            0.8,
            reason=f"условие не выполнено: {requirement.precondition.text}",
        )
    clause = said.get((requirement.id, "elsewhere"))
    if requirement.elsewhere and clause is not None:
        match = Match(requirement.id, clause, 0.5, 0.0, False, (), clause.text[:300])
        return _verdict(
            checklist,
            requirement,
            "partial",
            0.6,
            evidence=(match,),
            review=True,
            reason=f"есть отсылка к другому акту школы ({requirement.elsewhere.act}): проверьте его",
        )
    near = [match for match in _best_by_clause(found) if match.score >= _DOUBT * threshold][:2]
    lacking = tuple(requirement.aspects)
    if near:
        # Too likely to call it missing, too unlikely to call it found: a person decides.
        return _verdict(
            checklist,
            requirement,
            "partial",
            near[0].score,
            evidence=tuple(near),
            missing=lacking,
            review=True,
            reason="похоже на это, но не наверняка: проверьте сами",
        )
    best = max((match.score for match in found), default=0.0)
    return _verdict(checklist, requirement, "missing", 1.0 - best, missing=lacking)


def contradiction(
    requirement: Requirement, strong: Sequence[Match], found: Sequence[Match]
) -> tuple[str, Match] | None:
    """The first match whose clause turns the norm round, with what is wrong.

    Terms are compared in clauses that surely speak of the requirement; the wordings of ``contradictions`` are
    telling enough to count in a near miss too.
    """
    for match in strong:
        term = beyond_deadline(requirement.deadline, match.clause.text) if requirement.deadline else None
        if term is not None and requirement.deadline is not None:
            return f"срок «{term}» позже установленного ({requirement.deadline.text})", match
    for match in found:
        text = match.clause.text
        for rule in requirement.contradictions:
            if find_any(rule.any, text) and not (rule.unless and find_any(rule.unless, text)):
                return rule.message, match
    return None


def _best_by_clause(found: Sequence[Match]) -> list[Match]:
    best: dict[int, Match] = {}
    for match in found:
        key = id(match.clause)
        if key not in best or match.score > best[key].score:
            best[key] = match
    return sorted(best.values(), key=lambda match: -match.score)


def _verdict(
    checklist: Checklist,
    requirement: Requirement,
    status: Status,
    confidence: float,
    *,
    evidence: tuple[Match, ...] = (),
    restated: bool = False,
    review: bool = False,
    missing: tuple[Aspect, ...] = (),
    lost: tuple[str, ...] = (),
    reason: str = "",
) -> Verdict:
    return Verdict(
        requirement.id,
        checklist.id,
        requirement.title,
        status,
        round(min(1.0, max(0.0, confidence)), 3),
        review,
        restated,
        tuple(aspect.name for aspect in missing),
        evidence,
        reason,
        (*lost, *(aspect.missing for aspect in missing)),
    )


def coverage_findings(checklist: Checklist, verdicts: Sequence[Verdict]) -> list[Finding]:
    """Findings for what is missing, partial, contradicted or only restated."""
    result: list[Finding] = []
    for verdict in verdicts:
        requirement = checklist.requirement(verdict.requirement)
        if requirement is None or verdict.status in {"covered", "not_applicable"}:
            continue
        rule, severity, message = _message(requirement, verdict)
        places: list[Match | None] = list(verdict.evidence[:1])
        if rule == "REQ004":
            places = [match for match in verdict.evidence if match.restated]
        for place in places or [None]:
            result.append(
                Finding(
                    rule,
                    severity,
                    f"{requirement.title}: {message}",
                    requirement.template.strip(),
                    (place.clause.path or None) if place else None,
                    place.clause.page if place else None,
                    place.quote if place else None,
                    requirement.id,
                    requirement.norm.strip(),
                    place.clause.ocr if place else False,
                )
            )
    return result


def _message(requirement: Requirement, verdict: Verdict) -> tuple[str, Severity, str]:
    """Rule, severity and words for a verdict that is not in order."""
    # What lacks a part is never worse than what lacks all.
    milder: Severity = "note" if requirement.severity == "note" else "warning"
    if verdict.status == "contradicted":
        return "REQ003", requirement.severity, f"противоречит норме: {verdict.reason}"
    if verdict.status == "partial" and verdict.restated:
        return "REQ004", milder, "норма повторена, но школа ничего не решила сама"
    if verdict.status == "partial":
        lacking = "; ".join(verdict.lacking)
        return "REQ002", milder, verdict.reason + (f": {lacking}" if lacking else "")
    return "REQ001", requirement.severity, "не найдено" + (f" ({verdict.reason})" if verdict.reason else "")
