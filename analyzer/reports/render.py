"""``--format``: the outcome of a call as one text, whatever the format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analyzer.errors import LnaError
from analyzer.model import Audit
from analyzer.reports.compose import report

Outcome = tuple[str, Audit | LnaError]
"""Name of a document, and its audit or why there is none."""


def render(
    form: str,
    outcomes: Sequence[Outcome],
    checklist_names: Sequence[str],
    *,
    alone: bool,
    colour: bool = False,
    masked: bool = False,
    files: Sequence[Path] = (),
) -> str | None:
    """What goes to standard output.

    Args:
        form: ``text``, ``json``, ``sarif`` or ``html``.
        outcomes: What became of every document, in the order of the call.
        checklist_names: Names or paths of the checklists.
        alone: The call names a single document: its JSON is an object, not a list.
        colour: Use ANSI colours in text.
        masked: The audits went through ``mask_names``.
        files: The files that were audited: SARIF tells lines of plain text.

    Returns:
        The text; None when there is nothing to say beyond the error on stderr.
    """
    # Each format brings its own library, so it is imported when it is asked for.
    from analyzer.reports.jsonout import audit_json, dumps, error_json

    if form == "json":
        data = [error_json(n, r) if isinstance(r, LnaError) else audit_json(r) for n, r in outcomes]
        if alone:
            return None if isinstance(outcomes[0][1], LnaError) else dumps(data[0])
        return dumps(data)
    contents = [report(r, checklist_names, masked=masked) for _, r in outcomes if not isinstance(r, LnaError)]
    failures = [(name, result) for name, result in outcomes if isinstance(result, LnaError)]
    if form == "sarif":
        from analyzer.reports.region import file_texts
        from analyzer.reports.sarif import report_sarif

        read = [result.document for _, result in outcomes if not isinstance(result, LnaError)]
        return dumps(report_sarif(contents, failures, file_texts(read, files)))
    if form == "html":
        from analyzer.reports.html import report_html

        return report_html(contents, failures)
    from analyzer.reports.text import report_text

    return "\n\n".join(report_text(content, colour=colour) for content in contents) or None
