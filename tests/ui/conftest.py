"""What the tests of several pages share."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from analyzer.model import Document
from analyzer.ui import work
from tests.ui import made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list:
    """The pipeline replaced by an audit made by hand; what it was asked."""
    from analyzer import audit

    monkeypatch.setenv("LNA_DATA_DIR", str(tmp_path))

    asked: list = []

    def audit_document(document: Document, settings: audit.Settings, on_stage: Callable[[str], None]) -> object:
        asked.append((document.name, settings))
        return made.audit(document, settings.as_of, on_subject="чужой" not in document.name)

    monkeypatch.setattr(audit, "audit_document", audit_document)
    monkeypatch.setattr(work, "warm_up", lambda: None)
    st.cache_data.clear()  # every AppTest is the same session to Streamlit
    return asked
