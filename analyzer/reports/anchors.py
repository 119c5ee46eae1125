"""Where in the act a remark hangs: its clause, else the section nearest to its subject, else the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model import Act, Audit, Clause, Verdict
from analyzer.reports.content import FindingRow, Report


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of one finding.

    Attributes:
        finding: The finding.
        clause: The clause or heading; None for the title of the act.
        note: Why the remark hangs here when the act has no words for it, else "".
    """

    finding: FindingRow
    clause: Clause | None
    note: str = ""


def anchors(audit: Audit, content: Report) -> tuple[Anchor, ...]:
    """One anchor a finding, in the order of the report."""
    return tuple(_anchor(audit, finding) for finding in content.findings)


def _anchor(audit: Audit, finding: FindingRow) -> Anchor:
    clause = _clause(audit.act, finding)
    if clause is not None:
        return Anchor(finding, clause)
    if finding.requirement:
        heading = _nearest_section(audit, finding.requirement)
        missing = any(v.requirement == finding.requirement and v.status == "missing" for v in audit.verdicts)
        why = "В акте такого пункта нет" if missing else "Одного пункта, к которому это относится, нет"
        where = f"ближайшего по предмету раздела «{heading.text}»" if heading is not None else "названия акта"
        return Anchor(finding, heading, f"{why}; замечание поставлено у {where}.")
    return Anchor(finding, None, "Замечание к акту в целом; поставлено у его названия.")


def _clause(act: Act, finding: FindingRow) -> Clause | None:
    """The clause of the finding's path; of several paragraphs under one number the one with the quote."""
    if not finding.place.clause:
        return None
    same = [clause for clause in act.clauses if clause.path == finding.place.clause]
    quote = " ".join(finding.place.quote.split())[:80]
    holding = (clause for clause in same if quote and quote in " ".join(clause.text.split()))
    return next(holding, same[0] if same else None)


def _nearest_section(audit: Audit, requirement: str) -> Clause | None:
    """The heading over the best evidence for the requirement that stands next in the checklist."""
    verdicts = audit.verdicts
    at = next((i for i, verdict in enumerate(verdicts) if verdict.requirement == requirement), None)
    if at is None:
        return None
    for index in sorted(range(len(verdicts)), key=lambda i: _distance(verdicts, i, at)):
        for match in verdicts[index].evidence:
            heading = _heading_above(audit.act, match.clause)
            if heading is not None:
                return heading
    return None


def _distance(verdicts: Sequence[Verdict], index: int, at: int) -> tuple[bool, bool, int]:
    """Same checklist first, then the same point of the norm, then the fewest steps."""
    other, own = verdicts[index], verdicts[at]
    same_point = other.requirement.split(".")[0] == own.requirement.split(".")[0]
    return other.checklist != own.checklist, not same_point, abs(index - at)


def _heading_above(act: Act, clause: Clause) -> Clause | None:
    above = (
        other
        for other in reversed(act.clauses)
        if other.heading and other.part == clause.part and other.start <= clause.start
    )
    return next(above, None)
