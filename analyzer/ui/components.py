"""Pieces that several pages share: tiles, quotations, tables with a chosen row."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from analyzer.model import Audit, Verdict
from analyzer.reports.words import SEVERITY, STATUS, STATUS_MARK
from analyzer.ui.safe import marked

Row = Mapping[str, str]
STATUS_ORDER = ("contradicted", "missing", "partial", "covered", "not_applicable")
SEVERITY_MARK = {"error": "✗", "warning": "!", "note": "·"}
CONFIDENCE = {
    "high": "проверено по источнику",
    "medium": "уточняется",
    "low": "требует сверки с официальным текстом",
}
_STATUS_COLOR: dict[str, Literal["green", "orange", "red", "gray"]] = {
    "covered": "green",
    "partial": "orange",
    "missing": "red",
    "contradicted": "red",
    "not_applicable": "gray",
}
_STATUS_HELP = {
    "contradicted": "Пункт есть, но он расходится с нормой.",
    "missing": "Ни один пункт акта не говорит об этом. Это ещё не нарушение: норма может быть в другом акте.",
    "partial": "Пункт есть, но в нём не хватает обязательной части или повторён только текст нормы.",
    "covered": "Пункт есть, и обязательные части названы.",
    "not_applicable": "Условие нормы к этой школе или к этому акту не относится.",
}


def status_words(status: str) -> str:
    """``○ не найдено``: a mark for the eye, a word for everybody."""
    return f"{STATUS_MARK[status]} {STATUS[status]}"


def severity_words(severity: str) -> str:
    """``✗ ошибка``."""
    return f"{SEVERITY_MARK[severity]} {SEVERITY[severity]}"


def only_restated(verdict: Verdict) -> bool:
    """True where repeating the norm is the fault; a norm that leaves nothing to decide may be repeated."""
    return verdict.restated and verdict.status == "partial"


def tiles(audit: Audit) -> None:
    """The verdict in figures."""
    statuses: Counter[str] = Counter(verdict.status for verdict in audit.verdicts)
    restated = sum(only_restated(verdict) for verdict in audit.verdicts)
    with st.grid(6, min_column_width=190, gap="xsmall", key="tiles"):
        for status in STATUS_ORDER:
            st.metric(
                status_words(status),
                statuses[status],
                border=True,
                help=_STATUS_HELP[status],
                height="stretch",
            )
        st.metric(
            "≈ повтор нормы",
            restated,
            border=True,
            height="stretch",
            help="Из «частично»: норма переписана в акт, а своего решения школа не приняла.",
        )


def status_badge(status: str) -> None:
    """The verdict as a coloured word."""
    st.badge(status_words(status), color=_STATUS_COLOR[status])


def quotation(text: str, place: str = "", *, spans: Sequence[tuple[int, int]] = ()) -> None:
    """Words of an act or a norm: shown letter for letter, with the place they stand in."""
    foot = f"<footer>{html.escape(place)}</footer>" if place else ""
    st.html(f'<blockquote class="lna-quote">{marked(text, spans)}{foot}</blockquote>')


def prose(text: str) -> None:
    """A paragraph in which no sign is a command."""
    st.html(f'<p class="lna-prose">{html.escape(text)}</p>')


def heading(text: str) -> None:
    """Heading of a detail view."""
    st.html(f'<h3 class="lna-heading3">{html.escape(text)}</h3>')


def document_head(title: str, lines: Sequence[str]) -> None:
    """The act's title with a few lines about it."""
    rest = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    st.html(f'<header class="lna-head"><h2>{html.escape(title)}</h2>{rest}</header>')


def label(text: str) -> None:
    """A small heading over a part of a detail view; own words only."""
    st.html(f'<p class="lna-label">{html.escape(text)}</p>')


def bullets(items: Sequence[str]) -> None:
    """A list in which no sign is a command."""
    st.html(f'<ul class="lna-list">{"".join(f"<li>{html.escape(item)}</li>" for item in items)}</ul>')


def wording(text: str) -> None:
    """A suggested wording, ready to be copied."""
    st.code(text, language=None, wrap_lines=True)


def choose_row(
    rows: Sequence[Row], widths: Mapping[str, int], *, key: str, alt: str, height: int = 300
) -> int | None:
    """A table in which a click chooses the row: its index, at first the top one, None without rows.

    Args:
        rows: Cells by column.
        widths: Columns in order, with their width.
        key: Stable name; must change when the rows do, or the choice would move to another row.
        alt: What the table is, for screen readers.
        height: Height in pixels; fewer rows take less.
    """
    if not rows:
        return None
    columns = {name: st.column_config.TextColumn(name, width=width) for name, width in widths.items()}
    # Cells, not rows: a click anywhere chooses, and the arrow keys walk through the table.
    state = st.dataframe(
        {name: [row[name] for row in rows] for name in widths},
        column_config=columns,
        hide_index=True,
        key=key,
        alt=alt,
        on_select="rerun",
        selection_mode="single-cell",
        selection_default={"selection": {"rows": [], "columns": [], "cells": [(0, next(iter(widths)))]}},
        row_height=34,
        height=min(height, 34 * (len(rows) + 1) + 3),
        width="stretch",
    )
    cells = state.selection.cells
    return min(cells[0][0], len(rows) - 1) if cells else 0
