"""The verdict for reading on a terminal: the summary first, then the problems, then what is in order."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from analyzer.law.load import checklist as load_checklist
from analyzer.model import Audit, Finding
from analyzer.reports.summary import summary_line
from analyzer.reports.words import CITATION_STATUS, STATUS, STATUS_MARK, confidence_words, long_date, plural, point_label

_WIDTH = 100
_COLOURS = {"error": "31", "warning": "33", "note": "36", "ok": "32", "bold": "1", "dim": "2"}
_HEADS = {"error": "ОШИБКИ", "warning": "ПРЕДУПРЕЖДЕНИЯ", "note": "ЗАМЕЧАНИЯ"}
_MARKS = {"error": "✗", "warning": "!", "note": "·"}


def audit_text(audit: Audit, checklist_names: tuple[str, ...], *, colour: bool) -> str:
    """An audit as lines of at most a hundred characters.

    Args:
        audit: The audit.
        checklist_names: Names or paths by which the checklists are loaded again.
        colour: Use ANSI colours: for a terminal only.
    """
    return "\n".join(_Writer(audit, checklist_names, colour).lines())


class _Writer:
    def __init__(self, audit: Audit, checklist_names: tuple[str, ...], colour: bool) -> None:
        self.audit = audit
        self.checklists = {item.id: item for item in map(load_checklist, checklist_names)}
        self.colour = colour

    def paint(self, text: str, name: str) -> str:
        return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if self.colour else text

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for severity in ("error", "warning", "note"):
            findings = [finding for finding in self.audit.findings if finding.severity == severity]
            if findings:
                yield ""
                yield self.paint(f"{_HEADS[severity]} ({len(findings)})", "bold")
                for finding in findings:
                    yield from self._finding(finding)
        yield from self._requirements()
        yield from self._citations()
        yield ""
        for checklist in self.checklists.values():
            yield from self._wrap(checklist.disclaimer, "")

    def _head(self) -> Iterator[str]:
        block, document = self.audit.act.title_block, self.audit.document
        yield from self._wrap(self.paint(block.title or document.name, "bold"), "")
        if block.organization:
            yield from self._wrap(block.organization, "")
        approved = f"утверждено {long_date(block.approved_on)}" if block.approved_on else "дата утверждения не найдена"
        number = f" № {block.approval_number}" if block.approval_number else ""
        size = plural(document.pages, "страница", "страницы", "страниц") + ", " if document.pages else ""
        clauses = plural(len(self.audit.act.clauses), "пункт", "пункта", "пунктов")
        yield f"{document.name}: {approved}{number}; {size}{clauses}; право на {long_date(self.audit.as_of)}"
        yield ""
        yield from self._wrap(self.paint(summary_line(self.audit), "bold"), "")

    def _finding(self, finding: Finding) -> Iterator[str]:
        place = f"п. {finding.clause}" if finding.clause else ""
        if finding.page:
            place += f"{', ' if place else ''}с. {finding.page}"
        mark = self.paint(f"{_MARKS[finding.severity]} {finding.rule}", finding.severity)
        yield from self._wrap(f"{mark} {finding.message}" + (f" ({place})" if place else ""), "  ", first="")
        if finding.quote and finding.clause:
            yield from self._wrap(f"в акте: «{_short(finding.quote, 260)}»", "    ")
        if finding.requirement:
            for checklist in self.checklists.values():
                requirement = checklist.requirement(finding.requirement)
                if requirement is not None:
                    yield from self._wrap(f"норма: {_short(requirement.norm, 260)} — {point_label(checklist, requirement)}", "    ")
        yield from self._wrap(f"как исправить: {_short(finding.fix, 320)}", "    ")

    def _requirements(self) -> Iterator[str]:
        yield ""
        yield self.paint("ТРЕБОВАНИЯ", "bold")
        for verdict in self.audit.verdicts:
            mark = STATUS_MARK[verdict.status]
            tone = {"covered": "ok", "partial": "warning", "missing": "error", "contradicted": "error"}.get(verdict.status, "dim")
            places = ", ".join(dict.fromkeys(match.clause.path for match in verdict.evidence[:4]))
            where = f"; п. {places}" if places else ""
            sure = f"; {confidence_words(verdict.confidence)}" if verdict.review else ""
            restated = "; повтор нормы" if verdict.restated else ""
            yield from self._wrap(
                f"{self.paint(mark, tone)} {verdict.requirement:<5} {verdict.title}: {STATUS[verdict.status]}{restated}{where}{sure}", "        ", first="  "
            )

    def _citations(self) -> Iterator[str]:
        if not self.audit.citations:
            return
        yield ""
        yield self.paint("ССЫЛКИ НА НОРМАТИВНЫЕ АКТЫ", "bold")
        seen: set[tuple[str, str]] = set()
        for citation in self.audit.citations:
            key = (citation.quote, citation.status)
            if key in seen:
                continue
            seen.add(key)
            status = "региональный или местный акт" if citation.resolution == "local" else CITATION_STATUS[citation.status]
            yield from self._wrap(f"п. {citation.clause}: {_short(citation.quote, 120)} — {status}", "        ", first="  ")

    @staticmethod
    def _wrap(text: str, indent: str, first: str | None = None) -> list[str]:
        return textwrap.wrap(
            " ".join(text.split()), _WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent,
            break_long_words=False, break_on_hyphens=False,
        ) or [""]


def _short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
