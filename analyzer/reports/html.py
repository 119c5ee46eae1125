"""The report as one HTML file: no scripts, nothing fetched, everything escaped by the template engine."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from analyzer.errors import LnaError
from analyzer.reports.content import Report, safe
from analyzer.reports.decision import HEAD
from analyzer.reports.palette import TONES
from analyzer.reports.words import SEVERITY_HEAD, long_date, plural


def report_html(reports: Sequence[Report], failures: Sequence[tuple[str, LnaError]] = ()) -> str:
    """A page with every report, one below the other.

    Args:
        reports: What was audited.
        failures: Files that could not be read, with the reason.
    """
    environment = Environment(
        loader=PackageLoader("analyzer.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = long_date
    environment.globals["plural"] = plural
    environment.globals["decision_head"] = HEAD
    return environment.get_template("report.html").render(
        reports=reports,
        failures=[(safe(name), safe(str(error))) for name, error in failures],
        tones=TONES,
        heads=SEVERITY_HEAD,
    )
