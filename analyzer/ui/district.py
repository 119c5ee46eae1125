"""Page «Район»: all acts of many schools: start a run, watch it, see who must mend what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from analyzer.errors import LnaError
from analyzer.reports.words import plural, short_date
from analyzer.ui.components import prose
from analyzer.ui.district_runs import Run, forget, found_runs, is_alive, keep_archive, start, stop
from analyzer.ui.district_views import result
from analyzer.ui.safe import code, markdown
from analyzer.ui.state import as_of_input

_FOLDER, _ARCHIVE = "Папка на этом компьютере", "Архив ZIP"
_MOST_MEGABYTES = 200
_STATES = {"running": "оборвалась", "interrupted": "остановлена", "finished": "закончена"}


def main() -> None:
    """Draws the page."""
    st.title("Район: все акты сразу", anchor=False)
    prose(
        "Укажите папку, в которой у каждой школы своя вложенная папка с актами, или загрузите такую папку "
        "архивом ZIP. Каждый файл будет проверен или назван с причиной, почему не прочитан; прерванная "
        "проверка продолжится с того же места."
    )
    runs = found_runs()
    # Another key makes it another expander: the one that has been used closes.
    key = f"district-new-{st.session_state.get('district-starts', 0)}"
    with st.expander("Новая проверка", expanded=not runs, icon=":material/play_circle:", key=key):
        _starter()
    run = _choice(runs)
    if run is None:
        return
    if is_alive(run):
        _live(run)
        return
    _head(run)
    if run.state == "finished":
        result(run)


def _starter() -> None:
    kind = st.segmented_control(
        "Откуда", [_FOLDER, _ARCHIVE], default=_FOLDER, required=True, key="district-kind"
    )
    archive = None
    if kind == _ARCHIVE:
        archive = st.file_uploader(
            "Архив: в нём вложенная папка — школа",
            type="zip",
            max_upload_size=_MOST_MEGABYTES,
            key="district-archive",
        )
        folder = ""
    else:
        folder = st.text_input(
            "Путь к папке: вложенная папка — школа",
            key="district-folder",
            placeholder="скопируйте адрес папки из проводника",
        )
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        day = as_of_input("district-date")
    with right:
        towns = st.checkbox("Папки верхнего уровня — муниципалитеты, школы в них", key="district-towns")
        masked = st.checkbox(
            "Скрыть имена людей",
            key="district-mask",
            help="Фамилии и имена во всех результатах станут «[Ф. И. О.]»; названия файлов останутся.",
        )
    if st.button("Начать или продолжить", type="primary", key="district-start", icon=":material/play_arrow:"):
        try:
            source = keep_archive(archive.name, archive.getvalue()) if archive else _checked(folder)
            st.session_state["district-run"] = start(source, day, municipalities=towns, masked=masked).name
        except LnaError as error:
            st.error(f"{markdown(error.message)}; {markdown(error.advice)}", icon=":material/error:")
            return
        st.session_state["district-starts"] = st.session_state.get("district-starts", 0) + 1
        st.rerun()


def _checked(folder: str) -> str:
    path = Path(folder.strip()).expanduser()
    if not folder.strip() or not path.is_dir():
        raise LnaError("not_found", "такой папки на этом компьютере нет", "проверьте путь")
    return str(path.resolve())


def _choice(runs: list[Run]) -> Run | None:
    if not runs:
        return None
    names = {run.name: run for run in runs}
    if st.session_state.get("district-run") not in names:
        st.session_state["district-run"] = runs[0].name
    name = st.selectbox(
        "Проверка",
        list(names),
        key="district-run",
        format_func=lambda name: _label(names[name]) if name in names else "",
        filter_mode=None,
    )
    return names[name]


def _label(run: Run) -> str:
    # One that has said nothing yet has begun just now: a label that changed later would stay on the page.
    day = date.fromisoformat(run.started[:10]) if run.started else date.today()
    return f"{run.title} — {short_date(day)}"


@st.fragment(run_every=1.0)
def _live(run: Run) -> None:
    """Progress of a run; the whole page is drawn anew when it ends."""
    now = run.fresh()
    if not is_alive(now):
        st.rerun()
    total = max(1, now.found)
    done = now.audited + now.failed + now.skipped
    left = f", осталось около {_time((total - done) / now.rate)}" if now.rate and done < total else ""
    stage = "пишем сводку и письма школам" if now.state == "finished" else "проверяем"
    speed = f"{now.rate:.1f}".replace(".", ",") + f" документа в секунду{left}"
    counted = f"{stage}: {done} из {now.found}, не прочитано {now.failed}; {speed}"
    st.progress(min(1.0, done / total), counted if now.rate else "запускаем рабочие процессы…")
    if st.button("Остановить", key="district-stop", icon=":material/stop:", help="Сделанное сохранится."):
        stop(now)


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} с"
    return f"{seconds / 60:.0f} мин" if seconds < 5400 else f"{seconds / 3600:.1f} ч"


def _head(run: Run) -> None:
    files = plural(run.found, "файл", "файла", "файлов")
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.caption(
        f"{code(run.title)}: {_STATES.get(run.state, 'не начата')}. {files}: проверено {run.audited}, "
        f"не прочитано {run.failed}, пропущено {run.skipped}."
    )
    if run.state != "finished":
        st.warning(
            "Проверка не закончена. Нажмите «Начать или продолжить» с той же папкой: сделанное сохранено.",
            icon=":material/pause_circle:",
        )
        if run.trouble:
            st.error(markdown(run.trouble), icon=":material/error:")
    if right.button("Удалить результаты", key="district-forget", icon=":material/delete:", width="stretch"):
        forget(run)
        st.rerun()


main()
