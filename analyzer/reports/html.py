"""The report as one HTML file: no scripts, nothing fetched, everything escaped by the template engine."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.errors import LnaError
from analyzer.reports.content import Report, safe
from analyzer.reports.decision import HEAD
from analyzer.reports.page import environment
from analyzer.reports.palette import TONES
from analyzer.reports.words import SEVERITY_HEAD


def report_html(reports: Sequence[Report], failures: Sequence[tuple[str, LnaError]] = ()) -> str:
    """A page with every report, one below the other.

    Args:
        reports: What was audited.
        failures: Files that could not be read, with the reason.
    """
    engine = environment()
    engine.globals["decision_head"] = HEAD
    return engine.get_template("report.html").render(
        reports=reports,
        failures=[(safe(name), safe(str(error))) for name, error in failures],
        tones=TONES,
        heads=SEVERITY_HEAD,
    )
