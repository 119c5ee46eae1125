"""Search in the act."""

from __future__ import annotations

import streamlit as st

from analyzer.model import Audit, Clause
from analyzer.reports.words import plural
from analyzer.ui import search
from analyzer.ui.components import choose_row, heading, label, prose, quotation, search_box
from analyzer.ui.evidence import Focus

_WIDTHS: dict[str, int] = {"Пункт": 86, "С.": 48, "Текст": 530}


def text_view(audit: Audit) -> Focus:
    """Draws the search and tells what the document pane is to show."""
    example = "Слова в любом порядке: консультации срок"
    query = search_box("Поиск по акту", example, key="find", in_address=False, bare=True)
    found = [clause for clause in audit.act.clauses if search.holds(query, clause.text, clause.number)]
    if not found:
        st.info("Таких слов в акте нет.", icon=":material/search_off:")
        return Focus()
    st.caption(
        f"Найдено: {plural(len(found), 'пункт', 'пункта', 'пунктов')}"
        if query
        else plural(len(found), "пункт", "пункта", "пунктов")
    )
    row = choose_row(
        [_row(clause) for clause in found],
        _WIDTHS,
        key=f"clauses-{query}-{audit.document.sha256[:12]}",
        alt="Пункты акта",
        height=360,
    )
    clause = found[row or 0]
    with st.container(border=True, gap="xsmall"):
        heading(f"п. {clause.path}" if clause.path else "Без номера")
        if clause.section and not clause.heading:
            label("Раздел")
            prose(clause.section)
            label("Текст")
        quotation(clause.text, spans=search.spans(query, clause.text))
    return Focus((clause,), words=query)


def _row(clause: Clause) -> dict[str, str]:
    return {"Пункт": clause.path, "С.": str(clause.page or ""), "Текст": clause.text}
