"""The act beside the verdict: the printed page with frames, or the clauses with marks."""

from __future__ import annotations

import html

import streamlit as st

from analyzer.model import Audit, Clause
from analyzer.reports.words import plural
from analyzer.ui import search
from analyzer.ui.evidence import Focus, frames
from analyzer.ui.picture import corners, page_picture
from analyzer.ui.safe import marked
from analyzer.ui.state import Upload

_HEIGHT = 640
_AROUND = 700  # clauses shown on either side of the evidence: whole acts, unless they are books
_DEEPEST = 6
_PAGE, _TEXT = "Страница", "Пункты"


def document_pane(upload: Upload, audit: Audit, focus: Focus) -> None:
    """Draws the document with the focus in view."""
    pictured = audit.document.pages is not None  # a PDF or scans: what has no pages has no picture
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        kinds = [_PAGE, _TEXT] if pictured else [_TEXT]
        kind = st.segmented_control(
            "Вид документа", kinds, default=kinds[0], required=True, key="pane", label_visibility="collapsed"
        )
        pages = audit.document.pages or 1
        page = _page_choice(focus, pages) if kind == _PAGE else 0
    if kind == _PAGE:
        _page(upload, audit, focus, page)
    else:
        _clauses(audit, focus)


def _page_choice(focus: Focus, pages: int) -> int:
    """The page to show: of the focus at first, then as the user turns."""
    if pages == 1:
        return 1
    first = min(max(focus.page or 1, 1), pages)
    return int(
        st.number_input(
            f"Страница из {pages}",
            1,
            pages,
            value=first,
            key=f"page-{focus.key}",
            label_visibility="collapsed",
            width=130,
            help=f"Номер страницы, всего {plural(pages, 'страница', 'страницы', 'страниц')}",
        )
    )


def _page(upload: Upload, audit: Audit, focus: Focus, page: int) -> None:
    boxes = frames(audit.document, focus.clauses)
    turn = audit.document.turn(page)
    picture = page_picture(upload.sha256, page, turn, corners(boxes.get(page, ())), upload.data)
    others = sorted(number for number in boxes if number != page)
    pages = audit.document.pages or 1
    place = f"Страница {page} из {pages}. {focus.note}"
    if others:
        place += f" Ещё места: с. {', '.join(map(str, others))}."
    st.caption(place)
    if picture is None:
        st.warning(
            "Эту страницу не удалось показать картинкой; откройте вид «Пункты».",
            icon=":material/image_not_supported:",
        )
        return
    st.image(
        picture,
        width="stretch",
        output_format="PNG",  # as it is: packed once, letters sharp
        alt=f"Страница {page} документа; места, на которых держится вывод, обведены рамкой",
    )


def _clauses(audit: Audit, focus: Focus) -> None:
    """The act from top to bottom; style.css scrolls the first place of the focus into view."""
    if focus.note:
        st.caption(focus.note)
    clauses = audit.act.clauses
    chosen = {clause.start for clause in focus.clauses}
    wanted = focus.clauses[0].start if focus.clauses else -1
    at = next((i for i, clause in enumerate(clauses) if clause.start == wanted), 0)
    first, last = max(at - _AROUND, 0), min(at + _AROUND, len(clauses))
    pieces = [
        _clause(clause, (clause.start in chosen) + (clause.start == wanted), focus.words)
        for clause in clauses[first:last]
    ]
    if first:
        pieces.insert(0, f'<p class="lna-cut">… выше {plural(first, "пункт", "пункта", "пунктов")}</p>')
    if last < len(clauses):
        pieces.append(
            f'<p class="lna-cut">… ниже {plural(len(clauses) - last, "пункт", "пункта", "пунктов")}</p>'
        )
    with st.container(height=_HEIGHT, border=True, key="clauses"):
        st.html(f'<div class="lna-act">{"".join(pieces)}</div>')


def _clause(clause: Clause, chosen: int, words: str) -> str:
    """One clause as safe HTML; ``chosen`` is 1 for a place of the focus and 2 for the one to scroll to."""
    names = ["lna-clause", f"lna-level-{min(clause.level, _DEEPEST)}"]
    names += ["lna-heading"] * clause.heading + ["lna-chosen", "lna-first"][:chosen]
    number = f"<b>{html.escape(clause.number)}</b> " if clause.number else ""
    return f'<p class="{" ".join(names)}">{number}{marked(clause.text, search.spans(words, clause.text))}</p>'
