"""Page «Черновик»: a draft in, a list of what to add out, with wordings and a DOCX."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from analyzer.model import Audit
from analyzer.reports.compose import report
from analyzer.reports.draft import KINDS, Change, Draft, draft, draft_docx, instruction, short_name
from analyzer.reports.words import plural
from analyzer.ui.components import choose_row, heading, label, prose, wording
from analyzer.ui.downloads import DOCX, save
from analyzer.ui.safe import file_label
from analyzer.ui.state import MAX_MEGABYTES, Asked, Upload, settings_form
from analyzer.ui.work import audit_all, warm_up

_LONGEST = 400_000  # characters of a pasted text: an act of two hundred pages
_PASTED = "черновик.txt"
_WIDTHS: dict[str, int] = {"№": 44, "Что сделать": 122, "О чём": 290, "Где": 230}
_SHORT = {
    "add": "+ дополнить",
    "rewrite": "↻ переписать",
    "complete": "◐ дописать",
    "references": "§ ссылка",
    "other": "! исправить",
}


def main() -> None:
    """Draws the page."""
    warm_up()
    st.title("Черновик акта", anchor=False)
    prose(
        "Вставьте текст будущего акта или загрузите файл: программа покажет, чего в нём не хватает, "
        "предложит готовые пункты с названием школы и соберёт проект изменений."
    )
    upload, asked = _inputs()
    if upload is None:
        return
    audited, refused = audit_all([upload], asked)
    for item in refused:
        st.error(item.line, icon=":material/error:")
    if audited:
        _result(upload, audited[0].audit, asked)


def _inputs() -> tuple[Upload | None, Asked]:
    """The draft and the settings; folded away once there is something to show."""
    box = st.expander("Черновик и настройки", expanded=True, key="draft-inputs", on_change="rerun")
    with box, st.form("draft", border=False):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            text = st.text_area(
                "Текст черновика",
                height=150,
                max_chars=_LONGEST,
                key="draft-text",
                placeholder="1. Общие положения\n1.1. Настоящее Положение …",
            )
        with right:
            file = st.file_uploader(
                "или файл", key="draft-file", max_upload_size=MAX_MEGABYTES, accept_multiple_files=False
            )
        st.form_submit_button(
            "Проверить черновик", type="primary", icon=":material/play_arrow:", on_click=_fold
        )
    with box:
        asked = settings_form()
    if file is not None:
        return Upload.of(file.name, file.getvalue()), asked
    return (Upload.of(_PASTED, text.encode("utf-8", "replace")) if text.strip() else None), asked


def _fold() -> None:
    st.session_state["draft-inputs"] = not (
        st.session_state.get("draft-file") or (st.session_state.get("draft-text") or "").strip()
    )


def _result(upload: Upload, audit: Audit, asked: Asked) -> None:
    if not audit.on_subject:
        st.warning(
            "Похоже, черновик о другом предмете: проверьте, тот ли текст вставлен. "
            "Заголовок акта должен стоять первой строкой.",
            icon=":material/info:",
        )
    content = report(audit, asked.checklists)
    named, saved = st.columns([3, 1], vertical_alignment="bottom")
    with named:
        school = st.text_input(
            "Как назвать школу в пунктах",
            value=short_name(content.organization),
            max_chars=200,
            key=f"school-{upload.sha256[:12]}",
            placeholder="МБОУ «Школа № 1»",
            help="Название встанет вместо слова «школа» там, где пункт говорит о ней впервые.",
        )
    made = draft(content, audit, school)
    with saved:
        save("Проект изменений (DOCX)", upload, "проект изменений.docx", DOCX, lambda: draft_docx(made))
    if not made.changes:
        st.success("Все требования чек-листа в черновике нашлись.", icon=":material/check_circle:")
        return
    st.caption(_summary(made, file_label(upload.name)))
    with st.container(key="sides"):
        left, right = st.columns([11, 9], gap="medium")
    with left:
        row = choose_row(
            [_row(number, change) for number, change in enumerate(made.changes, 1)],
            _WIDTHS,
            key=f"changes-{upload.sha256[:12]}",
            alt="Что изменить в черновике",
            height=480,
        )
    with right, st.container(border=True, gap="xsmall"):
        _detail(made.changes[row or 0])
    for text in made.disclaimers:
        st.caption(text)


def _summary(made: Draft, name: str) -> str:
    counts = Counter(change.kind for change in made.changes)
    parts = [
        f"{KINDS[kind].lower().removeprefix('кроме того, ')} — {counts[kind]}"
        for kind in KINDS
        if counts[kind]
    ]
    total = plural(len(made.changes), "изменение", "изменения", "изменений")
    return f"{total}: {'; '.join(parts)}"


def _row(number: int, change: Change) -> dict[str, str]:
    return {
        "№": str(number),
        "Что сделать": _SHORT[change.kind],
        "О чём": f"{change.title[:1].upper()}{change.title[1:]}",
        "Где": change.place,
    }


def _detail(change: Change) -> None:
    heading(f"{change.title[:1].upper()}{change.title[1:]}")
    prose(instruction(change))
    if change.wording:
        wording(change.wording)
    label("Почему")
    prose(f"{change.why[:1].upper()}{change.why[1:]}")
    if change.basis:
        label("Основание")
        prose(change.basis)


main()
