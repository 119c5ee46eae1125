"""The verdict for reading on a terminal: the summary first, then the problems, then what is in order."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from analyzer.model import Audit
from analyzer.reports.compose import report
from analyzer.reports.content import FindingRow, ReferenceRow, Report, RequirementRow
from analyzer.reports.decision import HEAD
from analyzer.reports.words import SEVERITY_HEAD, long_date

_WIDTH = 100
_COLOURS = {"error": "31", "warning": "33", "note": "36", "ok": "32", "bold": "1", "dim": "2"}
_MARKS = {"error": "✗", "warning": "!", "note": "·"}
_TONES = {"covered": "ok", "partial": "warning", "missing": "error", "contradicted": "error"}
_PLACES = 4


def audit_text(audit: Audit, checklist_names: tuple[str, ...], *, colour: bool) -> str:
    """An audit as lines of at most a hundred characters; see ``report_text``."""
    return report_text(report(audit, checklist_names), colour=colour)


def report_text(content: Report, *, colour: bool) -> str:
    """A report as lines of at most a hundred characters.

    Args:
        content: What to say.
        colour: Use ANSI colours: for a terminal only.
    """
    return "\n".join(_Writer(content, colour).lines())


class _Writer:
    def __init__(self, content: Report, colour: bool) -> None:
        self.content = content
        self.colour = colour

    def paint(self, text: str, name: str) -> str:
        return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if self.colour else text

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for severity, head in SEVERITY_HEAD.items():
            findings = [finding for finding in self.content.findings if finding.severity == severity]
            if findings:
                yield from self._section(f"{head.upper()} ({len(findings)})")
                for finding in findings:
                    yield from self._finding(finding)
        yield from self._section("ТРЕБОВАНИЯ")
        for requirement in self.content.requirements:
            yield self._requirement(requirement)
        if self.content.references:
            yield from self._section("ССЫЛКИ НА НОРМАТИВНЫЕ АКТЫ")
            for reference in self.content.references:
                yield self._reference(reference)
        if self.content.suppressed:
            yield from self._section("СКРЫТО РЕШЕНИЕМ ЧЕЛОВЕКА")
            for field in self.content.suppressed:
                yield _wrap(f"{field.label}: {field.value}", "        ", first="  ")
        yield ""
        for disclaimer in self.content.disclaimers:
            yield _wrap(disclaimer, "")

    def _section(self, head: str) -> tuple[str, str]:
        return "", self.paint(head, "bold")

    def _head(self) -> Iterator[str]:
        content = self.content
        yield _wrap(self.paint(content.title, "bold"), "")
        if content.organization:
            yield _wrap(content.organization, "")
        law = f"право на {long_date(content.as_of)}"
        yield _wrap(f"{content.file}: {content.approval}; {content.size}; {law}", "")
        yield ""
        yield _wrap(self.paint(content.summary, "bold"), "")

    def _finding(self, finding: FindingRow) -> Iterator[str]:
        mark = self.paint(f"{_MARKS[finding.severity]} {finding.rule}", finding.severity)
        place = f" ({finding.place.words})" if finding.place.words else ""
        yield _wrap(f"{mark} {finding.message}{place}", "  ", first="")
        if finding.place.quote:
            yield _wrap(f"в акте: «{_short(finding.place.quote, 260)}»", "    ")
        if finding.norm:
            source = f" — {finding.source}" if finding.source else ""
            yield _wrap(f"норма: {_short(finding.norm, 260)}{source}", "    ")
        yield _wrap(f"{finding.fix_label}: {_short(finding.fix, 320)}", "    ")
        if finding.decision:
            yield _wrap(f"{HEAD.lower()}: {finding.decision}", "    ")

    def _requirement(self, row: RequirementRow) -> str:
        places = ", ".join(dict.fromkeys(place.clause for place in row.evidence[:_PLACES] if place.clause))
        where = f"; п. {places}" if places else ""
        sure = f"; {row.confidence_words}" if row.review else ""
        restated = "; повтор нормы" if row.restated else ""
        mark = self.paint(row.mark, _TONES.get(row.status, "dim"))
        decision = f"; {HEAD.lower()}: {row.decision}" if row.decision else ""
        said = f"{mark} {row.id:<5} {row.title}: {row.status_words}{restated}{where}{sure}{decision}"
        return _wrap(said, "        ", first="  ")

    def _reference(self, row: ReferenceRow) -> str:
        places = ", ".join(dict.fromkeys(place.clause for place in row.places if place.clause))
        where = f"п. {places}: " if places else ""
        instead = f"; вместо него {row.successor}" if row.successor else ""
        return _wrap(f"{where}{_short(row.quote, 120)} — {row.status_words}{instead}", "        ", first="  ")


def _wrap(text: str, indent: str, first: str | None = None) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
