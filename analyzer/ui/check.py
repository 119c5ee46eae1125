"""Page «Проверка акта»: files in, verdict out, the document beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analyzer.law.load import checklist as load_checklist
from analyzer.model import Audit
from analyzer.reports.decided import decided
from analyzer.reports.words import long_date, plural
from analyzer.ui.components import document_head, prose, tiles
from analyzer.ui.decision_form import decisions_on
from analyzer.ui.document_pane import document_pane
from analyzer.ui.downloads import downloads
from analyzer.ui.findings_view import findings_view, severity_line
from analyzer.ui.references_view import references_view
from analyzer.ui.requirements_view import requirements_view
from analyzer.ui.safe import file_label
from analyzer.ui.state import MAX_FILES, MAX_MEGABYTES, Asked, Upload, sample, samples, settings_form, uploads
from analyzer.ui.text_view import text_view
from analyzer.ui.work import Audited, Refused, audit_all, unpacked, warm_up

_REQUIREMENTS, _FINDINGS, _REFERENCES, _TEXT = "Требования", "Находки", "Ссылки", "Поиск по акту"
_VIEWS = (_REQUIREMENTS, _FINDINGS, _REFERENCES, _TEXT)
_LIMITS = (
    "PDF, DOCX, DOC, ODT, RTF, HTML, TXT, сканы в PDF, PNG, JPEG, TIFF, архивы ZIP с ними; "
    f"до {MAX_FILES} файлов, каждый до {MAX_MEGABYTES} МБ. "
    "Файлы не покидают этот компьютер и забываются, когда вы закрываете вкладку; "
    "ваши решения остаются здесь же, в журнале, с именем файла и названием акта."
)


def main() -> None:
    """Draws the page."""
    warm_up()
    top = st.container()
    files, asked = _inputs()
    if not files:
        with top:
            _welcome()
        return
    acts, shut = _acts(files)
    audited, refused = audit_all(acts, asked)
    for item in (*shut, *refused):
        st.error(item.line, icon=":material/error:")
    if audited:
        _result(_choice(audited), asked)


def _inputs() -> tuple[tuple[Upload, ...], Asked]:
    """The files and the settings; folded away once there is something to show."""
    # No icon of its own: it would stand in place of the arrow that says «this opens».
    with st.expander("Файлы и настройки", expanded=True, key="inputs", on_change="rerun"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            added = st.file_uploader(
                "Перетащите сюда акты или выберите файлы",
                accept_multiple_files=True,
                max_upload_size=MAX_MEGABYTES,
                key="files",
                on_change=_take_files,
            )
            st.caption(_LIMITS)
        with right:
            chosen = _sample_choice()
        asked = settings_form()
    return uploads(added or []) or ((chosen,) if chosen else ()), asked


def _acts(files: Sequence[Upload]) -> tuple[list[Upload], list[Refused]]:
    """The acts to audit, those of archives too, and the archives that cannot be opened."""
    acts, shut = unpacked(files)
    if len(acts) > MAX_FILES:
        st.error(
            f"Файлов больше {MAX_FILES}: проверены первые {MAX_FILES}; остальные загрузите отдельно",
            icon=":material/error:",
        )
    return acts[:MAX_FILES], shut


def _sample_choice() -> Upload | None:
    names = samples()
    if not names:
        return None
    with st.container(gap="small"):
        st.markdown("**Нет акта под рукой?**")
        st.button(
            "Попробовать на примере",
            key="try",
            icon=":material/play_arrow:",
            type="primary",
            on_click=_take_sample,
            args=(next(iter(names)),),
        )
        if not st.session_state.get("sample"):
            return None
        name = st.selectbox(
            "Пример",
            list(names),
            key="sample",
            format_func=lambda name: names.get(name, name),
            filter_mode=None,
        )
    return sample(name)


def _take_sample(name: str) -> None:
    st.session_state["sample"] = name
    st.session_state["inputs"] = False  # fold the form away: the verdict needs the room


def _take_files() -> None:
    """Files of the user's own put the sample aside."""
    st.session_state.pop("sample", None)
    st.session_state["inputs"] = not st.session_state["files"]


def _welcome() -> None:
    st.title("Проверка локального акта", anchor=False)
    prose(
        "Программа читает положение или порядок школы об электронном обучении и дистанционных технологиях, "
        "сверяет каждый пункт с требованиями и показывает, что урегулировано, чего не хватает "
        "и какие ссылки устарели. "
        "У каждого вывода — цитата из акта и текст нормы; решение принимает человек."
    )


def _choice(done: Sequence[Audited]) -> Audited:
    if len(done) == 1:
        return done[0]
    index = st.selectbox(
        plural(len(done), "акт проверен", "акта проверены", "актов проверено"),
        range(len(done)),
        key="act",
        format_func=lambda i: _short_verdict(done[i]),
        filter_mode=None,
    )
    return done[index]


def _short_verdict(item: Audited) -> str:
    missing = sum(verdict.status == "missing" for verdict in item.audit.verdicts)
    return f"{file_label(item.upload.name)} — не найдено: {missing}; {severity_line(item.audit)}"


def _result(item: Audited, asked: Asked) -> None:
    audit = item.audit
    head, save = st.columns([4, 1], vertical_alignment="center")
    with head:
        _head(item.upload, audit)
    found = decisions_on(audit.document.sha256)
    with save:
        downloads(item.upload, audit, asked.checklists, decided(audit, found))
    if not audit.on_subject:
        st.warning(
            "Похоже, акт о другом предмете: требования без упоминаний отмечены «не применимо».",
            icon=":material/info:",
        )
    tiles(audit)
    view = st.segmented_control(
        "Что показать",
        _VIEWS,
        default=_REQUIREMENTS,
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    with st.container(key="sides"):
        left, right = st.columns([11, 9], gap="medium")
    with left:
        if view == _FINDINGS:
            focus = findings_view(audit, found)
        elif view == _REFERENCES:
            focus = references_view(audit)
        elif view == _TEXT:
            focus = text_view(audit)
        else:
            focus = requirements_view(audit, asked.checklists, found)
    with right, st.container(key="document"):
        document_pane(item.upload, audit, focus)
    for name in asked.checklists:
        st.caption(load_checklist(name).disclaimer)


def _head(upload: Upload, audit: Audit) -> None:
    block, document = audit.act.title_block, audit.document
    approved = (
        f"утверждено {long_date(block.approved_on)}" if block.approved_on else "дата утверждения не найдена"
    )
    number = f" № {block.approval_number}" if block.approval_number else ""
    size = f"{plural(document.pages, 'страница', 'страницы', 'страниц')}, " if document.pages else ""
    size += plural(len(audit.act.clauses), "пункт", "пункта", "пунктов")
    document_head(
        block.title or file_label(upload.name),
        [
            block.organization or "организация не названа",
            f"{approved}{number}; {size}; право на {long_date(audit.as_of)}; {severity_line(audit)}",
        ],
    )


main()
