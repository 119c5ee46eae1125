"""Where the server wants sign-in, nothing is drawn before it; elsewhere nobody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analyzer.ui import sign_in

ENTRY = Path(sign_in.__file__).with_name("app.py")


class User(dict):
    """What ``st.user`` is to the page."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> AppTest:
    monkeypatch.setenv("LNA_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("streamlit.user", User(request.param))
    monkeypatch.setattr("analyzer.ui.work.warm_up", lambda: None)
    return AppTest.from_file(str(ENTRY), default_timeout=60).run()


@pytest.mark.parametrize("at", [{"is_logged_in": False}], indirect=True)
def test_a_stranger_sees_the_way_in_and_nothing_else(at: AppTest) -> None:
    assert not at.exception
    assert [item.label for item in at.button] == ["Войти"]
    assert len(at.file_uploader) == 0


@pytest.mark.parametrize(
    ("at", "ways_out"),
    [
        ({}, []),
        ({"is_logged_in": True, "email": "anna@example.org"}, ["Выйти: anna\\@example\\.org"]),
        ({"is_logged_in": True, "email": None, "preferred_username": "анна"}, ["Выйти: анна"]),
    ],
    indirect=["at"],
)
def test_who_may_see_the_page_sees_it(at: AppTest, ways_out: list[str]) -> None:
    assert not at.exception
    assert len(at.file_uploader) == 1
    assert [item.label for item in at.button if item.key == "sign-out"] == ways_out
