"""Decisions of an inspector as labelled clauses, in the shape of ``corpus/clauses``, for the next training.

A record is a clause that a decision speaks of. It carries everything that the program found on it, put right
by what the person said; ``checked`` names the requirements that the person looked at, the rest is the
program's own opinion.
"""

from __future__ import annotations

import json
from collections import defaultdict

from analyzer.model import Audit, Clause, Verdict
from analyzer.reports.decision import Decided, Decision

_AUTHOR = "inspector"
_FULL, _WEAK = "", "~"  # endings of labels: covers, only touches
_HALF = 0.5
_GRADES = {"covered": _FULL, "contradicted": _FULL, "partial": _WEAK}


def labelled_lines(audit: Audit, decided: Decided) -> str:
    """JSON lines, one a clause; "" when no decision says anything about a clause."""
    grades: dict[int, dict[str, str]] = defaultdict(dict)
    turned: dict[int, set[str]] = defaultdict(set)
    restated: set[int] = set()
    for verdict in audit.verdicts:
        for match in verdict.evidence:
            if verdict.status in _GRADES:
                # A verdict may rest on its best clause alone: the others count as what they are themselves.
                weak = match is not verdict.evidence[0] and match.full < _HALF
                grade = _FULL if match.restated else _WEAK if weak else _GRADES[verdict.status]
                grades[match.clause.start][verdict.requirement] = grade
            if verdict.status == "contradicted":
                turned[match.clause.start].add(verdict.requirement)
            if match.restated:
                restated.add(match.clause.start)
    checked: dict[int, list[str]] = defaultdict(list)
    for verdict, decision in zip(audit.verdicts, decided.verdicts, strict=False):
        for start in _correct(verdict, decision, grades, turned):
            checked[start].append(verdict.requirement)
    clauses = {clause.start: clause for clause in audit.act.clauses}
    records = [
        _record(audit, clauses[start], grades[start], turned[start], start in restated, checked[start])
        for start in sorted(checked)
        if start in clauses
    ]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _correct(
    verdict: Verdict,
    decision: Decision | None,
    grades: dict[int, dict[str, str]],
    turned: dict[int, set[str]],
) -> set[int]:
    """Puts the labels right for one verdict; the starts of the clauses that are now known."""
    if decision is None or not decision.choice or decision.about != verdict.status:
        return set()
    name, shown = verdict.requirement, {match.clause.start for match in verdict.evidence}
    if decision.choice == "confirmed":
        return shown if verdict.status in _GRADES else set()
    if not decision.status and verdict.status != "covered":
        return set()  # wrong, but nobody said in which way
    for start in shown:
        grades[start].pop(name, None)
        turned[start].discard(name)
    named = {decision.start} if decision.start is not None else shown
    if decision.status in _GRADES:
        for start in named:
            grades[start][name] = _GRADES[decision.status]
            if decision.status == "contradicted":
                turned[start].add(name)
        return shown | named
    return shown


def _record(
    audit: Audit, clause: Clause, grades: dict[str, str], turned: set[str], restated: bool, checked: list[str]
) -> dict[str, object]:
    return {
        "id": f"{audit.document.sha256[:12]}-{clause.start}",
        "author": _AUTHOR,
        "act": audit.act.title_block.title or "",
        "context": clause.lead or clause.section,
        "text": clause.text,
        "labels": sorted(f"{name}{grade}" for name, grade in grades.items()) or ["none"],
        "checked": checked,
        **({"restated": True} if restated else {}),
        **({"contradicts": sorted(turned)} if turned else {}),
    }
