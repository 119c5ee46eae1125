"""SARIF 2.1.0: findings for systems that collect the results of analysers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from analyzer.errors import LnaError
from analyzer.law.load import rules
from analyzer.law.rules import Rule
from analyzer.reports.content import PROGRAM, FindingRow, Place, Report, RequirementRow, safe
from analyzer.reports.region import FileText

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "lnaFinding/v1"
_KINDS = {
    "covered": "pass",
    "partial": "fail",
    "missing": "fail",
    "contradicted": "fail",
    "not_applicable": "notApplicable",
}


def report_sarif(
    reports: Sequence[Report],
    failures: Sequence[tuple[str, LnaError]] = (),
    texts: Mapping[str, FileText] | None = None,
) -> dict[str, Any]:
    """One log with one run over all files.

    Only findings are results: systems that read SARIF show every result as a problem, so requirements and
    references travel as properties of the run.

    Args:
        reports: What was audited.
        failures: Files that could not be read, with the reason.
        texts: Files that are plain text, by digest: findings in them get lines and columns. A PDF or a DOCX
            has none: there the clause and the page tell the place.
    """
    texts = texts or {}
    used = sorted({finding.rule for content in reports for finding in content.findings})
    decided = any(content.decided for content in reports)
    run: dict[str, Any] = {
        "tool": {"driver": _driver(used, reports)},
        "language": "ru-RU",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(content) for content in reports],
        "results": [
            _result(
                finding, _location(finding.place, index, content, texts), used.index(finding.rule), decided
            )
            for index, content in enumerate(reports)
            for finding in content.findings
        ],
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [_notification(name, error) for name, error in failures],
            }
        ],
        "properties": {"audits": [_audit(content) for content in reports]},
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(used: Sequence[str], reports: Sequence[Report]) -> dict[str, Any]:
    return {
        "name": PROGRAM,
        "fullName": "Аудит локальных нормативных актов школ",
        "rules": [_rule(name) for name in used],
        **({"version": reports[0].version} if reports else {}),
    }


def _rule(name: str) -> dict[str, Any]:
    rule = rules().get(name)
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.finds.split())},
        "help": {"text": _help(rule, "{}: {}"), "markdown": _help(rule, "**{}.** {}")},
        "defaultConfiguration": {"level": rule.severity},
    }


def _help(rule: Rule, form: str) -> str:
    """Why it matters, how to mend it, an example: the pages of ``docs`` have no address to point to."""
    parts = {
        "Зачем": rule.why,
        "Как исправить": rule.fix,
        "Хорошо": rule.example_good,
        "Плохо": rule.example_bad,
    }
    return "\n\n".join(form.format(head, " ".join(text.split())) for head, text in parts.items())


def _uri(name: str) -> str:
    """A file's name as a relative URI."""
    return quote(name) or "act"


def _artifact(content: Report) -> dict[str, Any]:
    return {"location": {"uri": _uri(content.file)}, "hashes": {"sha-256": content.sha256}}


def _location(place: Place, artifact: int, content: Report, texts: Mapping[str, FileText]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(content.file), "index": artifact}}
    text = texts.get(content.sha256)
    region = text.region(place.quote) if text is not None else None
    if region is not None:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.words:
        location["message"] = {"text": place.words}
    if place.clause:
        logical = {"name": place.clause, "fullyQualifiedName": place.clause, "kind": "clause"}
        location["logicalLocations"] = [logical]
    if place.page is not None:
        location["properties"] = {"page": place.page}
    return location


def _result(finding: FindingRow, location: dict[str, Any], rule: int, decided: bool) -> dict[str, Any]:
    place = finding.place
    properties = {
        "page": place.page,
        "quote": place.quote,
        "requirement": finding.requirement,
        "norm": finding.norm,
        "source": finding.source,
        "fix": finding.fix,
        "ocr": finding.ocr,
        "decision": finding.decision,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity,
        "kind": "fail",
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        "properties": {key: value for key, value in properties.items() if value not in (None, "")},
        # By the standard either every result of a run tells its suppressions or none does.
        **({"suppressions": _suppressions(finding)} if decided else {}),
    }


def _suppressions(finding: FindingRow) -> list[dict[str, str]]:
    """A finding that a person has rejected is not counted as a problem any more."""
    if not finding.rejected:
        return []
    return [{"kind": "external", "status": "accepted", "justification": finding.decision}]


def _notification(name: str, error: LnaError) -> dict[str, Any]:
    return {
        "level": "error",
        "descriptor": {"id": error.code},
        "message": {"text": safe(str(error))},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(safe(name))}}}],
    }


def _audit(content: Report) -> dict[str, Any]:
    return {
        "file": content.file,
        "asOf": content.as_of.isoformat(),
        "summary": content.summary,
        "parameters": {field.label: field.value for field in content.parameters},
        "disclaimers": list(content.disclaimers),
        "requirements": [_requirement(row) for row in content.requirements],
        "references": [
            {
                "quote": row.quote,
                "clauses": [place.clause for place in row.places],
                "act": row.act_id,
                "status": row.status,
                "statusText": row.status_words,
                "successor": row.successor,
            }
            for row in content.references
        ],
    }


def _requirement(row: RequirementRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "checklist": row.checklist,
        "title": row.title,
        "status": row.status,
        "kind": _KINDS[row.status],
        "confidence": row.confidence,
        "review": row.review,
        "clauses": [place.clause for place in row.evidence],
        **({"decision": row.decision} if row.decision else {}),
    }
