"""The JSON of an audit, an outline and an error: the product's public face, fixed by the contract."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from analyzer.errors import LnaError
from analyzer.law.load import registry
from analyzer.model import Act, Audit, Citation, Document, Finding, Severity, Status, Suppressed, Verdict
from analyzer.reports.content import safe
from analyzer.reports.decision import UNDECIDED, Decided, Decision

SCHEMA_VERSION = "1"
_STATUSES: tuple[Status, ...] = ("covered", "partial", "missing", "contradicted", "not_applicable")
_SEVERITIES: tuple[tuple[Severity, str], ...] = (
    ("error", "errors"),
    ("warning", "warnings"),
    ("note", "notes"),
)


def audit_json(audit: Audit, decided: Decided = UNDECIDED) -> dict[str, Any]:
    """An audit as plain data in the contract's shape; what an inspector decided stands where it belongs."""
    statuses = Counter(verdict.status for verdict in audit.verdicts)
    severities = Counter(finding.severity for finding in audit.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "file": file_json(audit.document),
        "act": {**act_json(audit.act), "on_subject": audit.on_subject, "clauses": len(audit.act.clauses)},
        "as_of": audit.as_of.isoformat(),
        "checklists": [{"id": name, "version": version} for name, version in audit.checklists],
        "requirements": [
            {**_verdict(verdict), **_decision(decision)}
            for verdict, decision in zip_longest(audit.verdicts, decided.verdicts)
        ],
        "citations": [_citation(citation) for citation in audit.citations],
        "findings": [
            {**_finding(finding), **_decision(decision)}
            for finding, decision in zip_longest(audit.findings, decided.findings)
        ],
        "suppressed": [_suppressed(item) for item in audit.suppressed],
        "summary": {
            **{status: statuses[status] for status in _STATUSES},
            **{plural: severities[severity] for severity, plural in _SEVERITIES},
            "suppressed": len(audit.suppressed),
        },
    }


def outline_json(document: Document, act: Act) -> dict[str, Any]:
    """The clause tree as plain data, nothing else."""
    sections = [clause.path for clause in act.clauses if clause.heading and clause.level == 1]
    return {
        "file": file_json(document),
        "act": {**act_json(act), "sections": sections},
        "clauses": [
            {
                "clause": clause.path,
                "number": clause.number,
                "page": clause.page,
                "level": clause.level,
                "heading": clause.heading,
                "text": clause.text,
                "kind": clause.kind,
                "start": clause.start,
                "end": clause.end,
            }
            for clause in act.clauses
        ],
    }


def error_json(name: str, error: LnaError) -> dict[str, Any]:
    """A file that could not be read."""
    return {"file": {"name": safe(name)}, "error": {"code": error.code, "message": str(error)}}


def dumps(data: object) -> str:
    """JSON text for people and programs: indented, Cyrillic as it is."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def file_json(document: Document) -> dict[str, Any]:
    """What the contract tells about a file."""
    return {
        "name": safe(document.name),
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "ocr": document.ocr,
    }


def act_json(act: Act) -> dict[str, Any]:
    """The title block."""
    block = act.title_block
    return {
        "title": block.title,
        "kind": block.kind,
        "organization": block.organization,
        "approved_on": block.approved_on.isoformat() if block.approved_on else None,
        "approval_number": block.approval_number,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.requirement,
        "checklist": verdict.checklist,
        "title": verdict.title,
        "status": verdict.status,
        "confidence": verdict.confidence,
        "review": verdict.review,
        "restated": verdict.restated,
        "missing_aspects": list(verdict.missing_aspects),
        "lacking": list(verdict.lacking),
        "reason": verdict.reason,
        "evidence": [
            {
                "clause": match.clause.path,
                "page": match.clause.page,
                "quote": match.quote,
                "score": round(match.score, 3),
                "restated": match.restated,
            }
            for match in verdict.evidence
        ],
    }


def _decision(decision: Decision | None) -> dict[str, Any]:
    return {} if decision is None else {"decision": asdict(decision)}


def _citation(citation: Citation) -> dict[str, Any]:
    act = registry().get(citation.act_id) if citation.act_id else None
    return {
        "clause": citation.clause,
        "page": citation.page,
        "quote": citation.quote,
        "type": citation.type,
        "number": citation.number,
        "date": citation.date.isoformat() if citation.date else None,
        "points": list(citation.points),
        "act_id": citation.act_id,
        "act_number": act.number if act else None,
        "act_date": act.date.isoformat() if act and act.date else None,
        "act_title": act.title if act else None,
        "status": citation.status,
        "resolution": citation.resolution,
        "historical": citation.historical,
        "repealed_on": act.repealed_on.isoformat() if act and act.repealed_on else None,
        "replaced_by": act.replaced_by if act else None,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "clause": finding.clause,
        "page": finding.page,
        "quote": finding.quote,
        "fix": finding.fix,
        "requirement": finding.requirement,
        "norm": finding.norm,
        "ocr": finding.ocr,
    }


def _suppressed(item: Suppressed) -> dict[str, Any]:
    return {
        **_finding(item.finding),
        "reason": item.reason,
        "person": item.person,
        "until": item.until.isoformat(),
    }
