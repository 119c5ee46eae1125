"""Decisions of an inspector laid beside an audit, and put into its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyzer.model import Audit, Finding, Verdict
from analyzer.reports.compose import fingerprints
from analyzer.reports.content import FindingRow, Report, RequirementRow, safe
from analyzer.reports.decision import Decided, Decision
from analyzer.reports.words import plural

_ABOUT_VERDICT = "REQ"  # findings that say what a verdict says: one decision settles both


def verdict_key(verdict: Verdict) -> str:
    """Key of decisions on a verdict: the same whatever the verdict is today."""
    return f"{verdict.checklist}/{verdict.requirement}"


def finding_keys(audit: Audit) -> tuple[str, ...]:
    """Key of decisions on every finding, in order."""
    pairs = zip(audit.findings, fingerprints(audit.findings), strict=True)
    return tuple(
        mark if (verdict := verdict_of(audit, finding)) is None else verdict_key(verdict)
        for finding, mark in pairs
    )


def verdict_of(audit: Audit, finding: Finding) -> Verdict | None:
    """The verdict that a finding repeats; None for findings with a subject of their own."""
    if not finding.rule.startswith(_ABOUT_VERDICT):
        return None
    same = (verdict for verdict in audit.verdicts if verdict.requirement == finding.requirement)
    return next(same, None)


def decided(audit: Audit, found: Mapping[str, Decision]) -> Decided:
    """Decisions in the order of the audit.

    Args:
        audit: As it was shown to the inspector: hidden names would change the keys.
        found: Decisions by key.
    """
    return Decided(
        tuple(found.get(key) for key in finding_keys(audit)),
        tuple(found.get(verdict_key(verdict)) for verdict in audit.verdicts),
    )


def with_decisions(content: Report, audit: Audit, decided: Decided) -> Report:
    """The report with what the inspector decided.

    Args:
        content: A report of the audit; names in it may be hidden.
        audit: The audit.
        decided: Decisions on it; empty ones leave the report as it is.
    """
    findings: Sequence[Decision | None] = decided.findings or [None] * len(content.findings)
    verdicts: Sequence[Decision | None] = decided.verdicts or [None] * len(content.requirements)
    repeated = (verdict_of(audit, finding) for finding in audit.findings)
    rows = tuple(
        _finding(row, decision, verdict)
        for row, decision, verdict in zip(content.findings, findings, repeated, strict=True)
    )
    rejected = sum(row.rejected for row in rows)
    counted = plural(rejected, "замечание", "замечания", "замечаний")
    return replace(
        content,
        summary=f"{content.summary} Инспектор отклонил {counted}." if rejected else content.summary,
        findings=rows,
        requirements=tuple(
            _requirement(row, decision) for row, decision in zip(content.requirements, verdicts, strict=True)
        ),
    )


def _finding(row: FindingRow, decision: Decision | None, verdict: Verdict | None) -> FindingRow:
    if decision is None:
        return row
    status = verdict.status if verdict is not None else ""
    rejected = decision.choice == "rejected" and decision.about == status
    return replace(row, decision=safe(decision.words(status)), rejected=rejected)


def _requirement(row: RequirementRow, decision: Decision | None) -> RequirementRow:
    return row if decision is None else replace(row, decision=safe(decision.words(row.status)))
