"""REQ001–REQ004: what the act does about each requirement: pure rules over matches, nothing learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analyzer.checks.deadlines import beyond_deadline
from analyzer.language.patterns import find_any
from analyzer.law.checklist import Aspect, Checklist, Requirement
from analyzer.model import Act, Finding, Match, Severity, Status, Verdict

_FULL = 0.4
_EVIDENCE = 5
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
    verdicts: list[Verdict] = []
    for requirement in checklist.requirements:
        if not requirement.in_force(as_of):
            continue
        found = sorted(by_requirement.get(requirement.id, []), key=lambda match: -match.score)
        if not on_subject:
            found = [match for match in found if _speaks_of(checklist, match)]
        threshold = thresholds.get(requirement.id, 0.5)
        if levels.isdisjoint(requirement.applies_to):
            verdicts.append(
                _verdict(
                    checklist, requirement, "not_applicable", 0.95, reason="норма не для программ этой школы"
                )
            )
            continue
        verdicts.append(_judge_one(act, checklist, requirement, found, threshold, on_subject, findings))
    return verdicts


def _judge_one(
    act: Act,
    checklist: Checklist,
    requirement: Requirement,
    found: Sequence[Match],
    threshold: float,
    on_subject: bool,
    findings: Sequence[Finding],
) -> Verdict:
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
        return _partial(checklist, requirement, strong, restated=not own, lost=lost)
    return _nothing(act, checklist, requirement, found, threshold, on_subject)


def _partial(
    checklist: Checklist,
    requirement: Requirement,
    strong: Sequence[Match],
    *,
    restated: bool,
    lost: Sequence[str] = (),
) -> Verdict:
    held = {name for match in strong for name in match.aspects}
    lacking = tuple(aspect for aspect in requirement.aspects if aspect.name not in held)
    reason = "норма повторена, собственного решения школы нет" if restated else "урегулировано не полностью"
    return _verdict(
        checklist,
        requirement,
        "partial",
        strong[0].score,
        evidence=tuple(strong[:_EVIDENCE]),
        restated=restated,
        missing=lacking,
        lost=tuple(dict.fromkeys(lost)),
        reason=reason,
        review=not restated,
    )


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


def _nothing(
    act: Act,
    checklist: Checklist,
    requirement: Requirement,
    found: Sequence[Match],
    threshold: float,
    on_subject: bool,
) -> Verdict:
    if not on_subject:
        return _verdict(checklist, requirement, "not_applicable", 0.8, reason="акт о другом предмете")
    if requirement.precondition and any(
        find_any(requirement.precondition.unmet, clause.text) for clause in act.body
    ):
        return _verdict(
            checklist,
            requirement,
            "not_applicable",
            0.8,
            reason=f"условие не выполнено: {requirement.precondition.text}",
        )
    if requirement.elsewhere:
        for clause in act.body:
            if find_any(requirement.elsewhere.patterns, clause.text):
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
