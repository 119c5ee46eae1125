"""References of an act to acts of the state: what no longer stands first, with what came instead."""

from __future__ import annotations

import streamlit as st

from analyzer.law.load import registry
from analyzer.model import Audit, Citation
from analyzer.ui.acts_words import act_name, fate, status_words
from analyzer.ui.components import bullets, choose_row, heading, label, prose, quotation
from analyzer.ui.evidence import Focus, clause_at

_WIDTHS: dict[str, int] = {"Статус": 170, "Как написано в акте": 380, "Где": 96}
_ORDER = {"repealed": 0, "unknown": 1, "not_yet_in_force": 2, "in_force": 3}
_RESOLUTION = {
    "exact": "",
    "near": "номер или дата расходятся с реестром: проверьте реквизиты",
    "ambiguous": "подходит несколько актов: уточните реквизиты",
    "unknown": "в реестре программы такого акта нет: проверьте сами",
    "local": "региональный или местный акт: программа его не знает",
}


def references_view(audit: Audit) -> Focus:
    """Draws the references and tells what the document pane is to show."""
    citations = sorted(audit.citations, key=lambda citation: (citation.historical, _ORDER[citation.status]))
    obsolete = sum(citation.status == "repealed" and not citation.historical for citation in citations)
    row = choose_row(
        [_row(citation) for citation in citations],
        _WIDTHS,
        key=f"references-{audit.document.sha256[:12]}",
        alt="Ссылки на нормативные акты и их статус",
        height=292,
    )
    if row is None:
        st.info("Ссылок на нормативные акты в документе не найдено.", icon=":material/link_off:")
        return Focus()
    if not obsolete:
        st.caption("Ссылок на отменённые акты не найдено.")
    citation = citations[row]
    with st.container(border=True, gap="xsmall"):
        _detail(citation, audit)
    clause = clause_at(audit.act, citation.clause, citation.quote)
    return Focus((clause,) if clause else (), words="")


def _row(citation: Citation) -> dict[str, str]:
    return {
        "Статус": _status(citation),
        "Как написано в акте": citation.quote,
        "Где": f"п. {citation.clause}",
    }


def _status(citation: Citation) -> str:
    if citation.historical:
        return "✓ назван прежним"
    if citation.resolution == "local":
        return "· местный акт"
    return status_words(citation.status)


def _detail(citation: Citation, audit: Audit) -> None:
    book = registry()
    act = book.get(citation.act_id) if citation.act_id else None
    heading(_status(citation))
    quotation(citation.quote, f"п. {citation.clause}" + (f", с. {citation.page}" if citation.page else ""))
    if _RESOLUTION[citation.resolution]:
        prose(f"{_RESOLUTION[citation.resolution]}.".capitalize())
    if act is not None:
        label("По реестру")
        prose(f"{act_name(act)} «{act.title}»")
        bullets(fate(act, audit.as_of))
        successor = book.successor(act)
        if successor is not None:
            label("Ссылаться теперь")
            prose(f"{act_name(successor)} «{successor.title}»")
        if act.outdated or act.superseded:
            st.caption("Предупреждение мягкое: акт формально не отменён.")
    candidates = [book.get(name) for name in citation.candidates if name != citation.act_id]
    if candidates:
        label("Похожие акты реестра")
        bullets([f"{act_name(found)} «{found.title}»" for found in candidates if found is not None])
