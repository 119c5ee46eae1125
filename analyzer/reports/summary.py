"""One line that says how an act stands."""

from __future__ import annotations

from collections import Counter

from analyzer.model import Audit
from analyzer.reports.words import plural


def summary_line(audit: Audit) -> str:
    """«Требований: 33; урегулировано 20 …; 10 ошибок, 4 предупреждения»."""
    statuses = Counter(verdict.status for verdict in audit.verdicts)
    severities = Counter(finding.severity for finding in audit.findings)
    subject = "" if audit.on_subject else "Акт о другом предмете. "
    return (
        f"{subject}Из {plural(len(audit.verdicts), 'требования', 'требований', 'требований')}: "
        f"урегулировано {statuses['covered']}, частично {statuses['partial']}, "
        f"не найдено {statuses['missing']}, противоречит {statuses['contradicted']}, "
        f"не применимо {statuses['not_applicable']}. "
        f"{plural(severities['error'], 'ошибка', 'ошибки', 'ошибок')}, "
        f"{plural(severities['warning'], 'предупреждение', 'предупреждения', 'предупреждений')}, "
        f"{plural(severities['note'], 'замечание', 'замечания', 'замечаний')}."
    )
