"""What the HTML papers share: one engine that escapes everything, one ``page.html`` that they extend."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from analyzer.reports.words import long_date, plural


def environment(*packages: str) -> Environment:
    """The template engine.

    Args:
        packages: Packages with ``templates`` of their own, looked into before those of the reports.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, "analyzer.reports")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["long_date"] = long_date
    made.globals["plural"] = plural
    return made
