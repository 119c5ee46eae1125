"""The findings of an audit: what to mend first stands first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from analyzer.law.load import rules
from analyzer.model import Audit, Finding
from analyzer.reports.decided import finding_keys, verdict_of
from analyzer.reports.decision import Decision
from analyzer.reports.words import plural
from analyzer.ui.components import choose_row, heading, label, prose, quotation, severity_words
from analyzer.ui.decision_form import decision_form, mark
from analyzer.ui.evidence import Focus, clause_at

_FILTERS = {"error": "ошибки", "warning": "предупреждения", "note": "замечания"}
_WIDTHS: dict[str, int] = {"Тяжесть": 140, "Что найдено": 340, "Где": 82, "Решение": 112}


def findings_view(audit: Audit, found: Mapping[str, Decision]) -> Focus:
    """Draws the findings and tells what the document pane is to show."""
    wanted = st.pills(
        "Показать находки",
        list(_FILTERS),
        selection_mode="multi",
        key="severity",
        bind="query-params",
        format_func=lambda name: _FILTERS[name],
        label_visibility="collapsed",
    )
    pairs = zip(audit.findings, finding_keys(audit), strict=True)
    findings = [(finding, key) for finding, key in pairs if not wanted or finding.severity in wanted]
    st.caption(severity_line(audit))
    row = choose_row(
        [_row(finding, found.get(key)) for finding, key in findings],
        _WIDTHS,
        key=f"findings-{'-'.join(wanted)}-{audit.document.sha256[:12]}",
        alt="Находки: тяжесть, что найдено и где",
        height=292,
    )
    if row is None:
        st.success("Таких находок нет.", icon=":material/check_circle:")
        return Focus()
    finding, key = findings[row]
    with st.container(border=True, gap="xsmall"):
        _head(finding)
        decision_form(audit, key, found, verdict_of(audit, finding))
        _detail(finding)
    clause = clause_at(audit.act, finding.clause, finding.quote)
    return Focus((clause,)) if clause else Focus(note="Находка обо всём акте: показано начало документа.")


def severity_line(audit: Audit) -> str:
    """«3 ошибки, 12 предупреждений, 1 замечание»."""
    counts = Counter(finding.severity for finding in audit.findings)
    return ", ".join(
        (
            plural(counts["error"], "ошибка", "ошибки", "ошибок"),
            plural(counts["warning"], "предупреждение", "предупреждения", "предупреждений"),
            plural(counts["note"], "замечание", "замечания", "замечаний"),
        )
    )


def _row(finding: Finding, decision: Decision | None) -> dict[str, str]:
    return {
        "Тяжесть": severity_words(finding.severity),
        "Что найдено": _sentence(finding.message),
        "Где": _place(finding, short=True),
        "Решение": mark(decision),
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _place(finding: Finding, *, short: bool = False) -> str:
    places = [f"п. {finding.clause}"] if finding.clause else []
    places += [f"с. {finding.page}"] if finding.page and not (short and places) else []
    return ", ".join(places) or "весь акт"


def _head(finding: Finding) -> None:
    heading(_sentence(finding.message))
    recognised = "; текст распознан с картинки" if finding.ocr else ""
    st.caption(f"{severity_words(finding.severity)} · правило {finding.rule} · {_place(finding)}{recognised}")


def _detail(finding: Finding) -> None:
    rule = next((rule for rule in rules().rules if rule.id == finding.rule), None)
    if finding.quote:
        label("Что написано в акте")
        quotation(finding.quote, _place(finding))
    label("Как исправить")
    prose(finding.fix)
    if finding.norm:
        label("Норма")
        quotation(finding.norm)
    if rule is not None:
        with st.expander("О правиле", key=f"rule-{finding.rule}"):
            prose(rule.finds)
            label("Зачем")
            prose(rule.why)
            label("Чего правило не делает")
            prose(rule.limits)
