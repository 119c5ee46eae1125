"""Entry of the web page: which pages there are and how the window looks, nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from analyzer.ui.sign_in import sign_out, signed_in

_HERE = Path(__file__).resolve().parent


def main() -> None:
    """Draws the page that the address names."""
    # A picture of our own: named icons and emoji would be fetched from a foreign server.
    st.set_page_config("Аудит локальных актов", _HERE / "favicon.png", layout="wide")
    st.html(_HERE / "style.css")
    with st.container(key="words"):
        # Our own script and nothing else: no word of a document is ever part of it.
        st.html(f"<script>{_words()}</script>", unsafe_allow_javascript=True)
    if not signed_in():
        return
    page = st.navigation(
        [
            st.Page(
                _HERE / "check.py",
                title="Проверка акта",
                icon=":material/fact_check:",
                url_path="proverka",
                default=True,
                help="Загрузите акт и получите заключение по каждому требованию.",
            ),
            st.Page(
                _HERE / "draft.py",
                title="Черновик",
                icon=":material/edit_note:",
                url_path="draft",
                help="Чего не хватает в проекте акта, с готовыми формулировками.",
            ),
            st.Page(
                _HERE / "district.py",
                title="Район",
                icon=":material/domain:",
                url_path="rayon",
                help="Все акты многих школ сразу: матрица школ и требований, письма, сравнение прогонов.",
            ),
            st.Page(
                _HERE / "checklist.py",
                title="Чек-лист",
                icon=":material/checklist:",
                url_path="checklist",
                help="Требования, по которым идёт проверка: нормы, источники, образцы.",
            ),
            st.Page(
                _HERE / "acts.py",
                title="Реестр актов",
                icon=":material/gavel:",
                url_path="acts",
                help="Нормативные акты: что действует на дату и что пришло на смену.",
            ),
            st.Page(
                _HERE / "quality.py",
                title="Качество",
                icon=":material/monitoring:",
                url_path="quality",
                help="Как часто программа права, чего она не проверяет.",
            ),
        ],
        position="top",
    )
    page.run()
    sign_out()


@cache
def _words() -> str:
    return (_HERE / "words.js").read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
