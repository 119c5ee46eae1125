"""Entry of the web page: which pages there are and how the window looks, nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from analyzer.ui.sign_in import sign_out, signed_in

_HERE = Path(__file__).resolve().parent
_PAGES = (  # file, address, title, icon, what it is for
    ("check", "proverka", "Проверка акта", "fact_check",
     "Загрузите акт и получите заключение по каждому требованию."),
    ("draft", "draft", "Черновик", "edit_note",
     "Чего не хватает в проекте акта, с готовыми формулировками."),
    ("district", "rayon", "Район", "domain",
     "Все акты многих школ сразу: кому что исправить, письма школам, что изменилось."),
    ("checklist", "checklist", "Чек-лист", "checklist",
     "Требования, по которым идёт проверка: нормы, источники, образцы."),
    ("acts", "acts", "Реестр актов", "gavel",
     "Нормативные акты: что действует на дату и что пришло на смену."),
    ("quality", "quality", "Качество", "monitoring",
     "Как часто программа права, чего она не проверяет."),
)  # fmt: skip


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
                _HERE / f"{name}.py",
                title=title,
                icon=f":material/{icon}:",
                url_path=address,
                default=name == "check",
                help=text,
            )
            for name, address, title, icon, text in _PAGES
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
