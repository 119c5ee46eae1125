"""Sign-in on a server: where ``secrets.toml`` has an ``[auth]`` part, nobody sees a page before it."""

from __future__ import annotations

import streamlit as st

from analyzer.ui.components import prose
from analyzer.ui.safe import markdown, plain


def person() -> str:
    """Who has signed in; "" without sign-in."""
    if not st.user.get("is_logged_in"):
        return ""
    names = (st.user.get(claim) for claim in ("email", "preferred_username", "sub"))
    return next((plain(name) for name in names if isinstance(name, str) and plain(name)), "")


def signed_in() -> bool:
    """Asks for sign-in where the server wants it; False: nothing else may be drawn."""
    # Streamlit puts the mark there only where sign-in is set up.
    if st.user.get("is_logged_in", True):
        return True
    st.title("Аудит локальных актов", anchor=False)
    prose("Войдите под своей учётной записью: решения по актам записываются в журнал с вашим именем.")
    st.button("Войти", key="sign-in", icon=":material/login:", type="primary", on_click=st.login)
    return False


def sign_out() -> None:
    """Draws the way out for who has signed in."""
    who = person()
    if who:
        st.button(f"Выйти: {markdown(who)}", key="sign-out", type="tertiary", on_click=st.logout)
