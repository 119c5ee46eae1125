"""Pieces that several pages share: tiles, quotations, tables with a chosen row."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Literal

import streamlit as st

from analyzer.model import Audit, Verdict
from analyzer.reports.words import SEVERITY, STATUS, STATUS_MARK
from analyzer.ui.safe import marked

Row = Mapping[str, str]
STATUS_ORDER = ("contradicted", "missing", "partial", "covered", "not_applicable")
ROW_HEIGHT = 34
_CELL_PADDING, _LETTER = 16, 6.5  # pixels of a table: both edges of a cell, a letter on average
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
    """Words of an act or a norm: shown letter for letter.

    Args:
        text: The words.
        place: Where they stand, "" for nowhere in particular.
        spans: Parts of the text to be marked, as offsets.
    """
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


def search_box(label: str, example: str, *, key: str, in_address: bool = True, bare: bool = False) -> str:
    """A field that searches while one types: what is in it.

    Args:
        label: What is searched.
        example: Shown while the field is empty.
        key: Stable name, in the address too.
        in_address: What is sought stands in the address and can be sent as a link.
        bare: The label is for screen readers only.
    """
    return (
        st.text_input(
            label,
            key=key,
            bind="query-params" if in_address else None,
            placeholder=example,
            max_chars=200,
            icon=":material/search:",
            live=True,
            label_visibility="collapsed" if bare else "visible",
        )
        or ""
    )


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
        {name: [shortened(row[name], width) for row in rows] for name, width in widths.items()},
        column_config=columns,
        hide_index=True,
        key=key,
        alt=alt,
        on_select="rerun",
        selection_mode="single-cell",
        selection_default={"selection": {"rows": [], "columns": [], "cells": [(0, next(iter(widths)))]}},
        row_height=ROW_HEIGHT,
        height=table_height(len(rows), height),
        width="stretch",
    )
    cells = state.selection.cells
    return min(cells[0][0], len(rows) - 1) if cells else 0


def table_height(rows: int, most: int) -> int:
    """Pixels that a table with its head takes, and no more than ``most``."""
    return min(most, ROW_HEIGHT * (rows + 1) + 3)


def number_width(numbers: Iterable[str]) -> int:
    """Width of a column of numbers that are told apart by their ends («сайт-адрес»): none is cut."""
    return max(54, ceil((max(map(len, numbers), default=0) + 1) * _LETTER) + _CELL_PADDING)


def shortened(text: str, width: int) -> str:
    """What fits into a cell of that width, with «…» where words are lost: the grid itself cuts in silence."""
    room = int((width - _CELL_PADDING) / _LETTER)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
