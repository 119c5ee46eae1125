"""The page in a test, without a browser: opened, given files, read back."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from analyzer.ui import state
from tests.ui import made

FORMATS = {"PDF", "DOCX", "DOC", "ODT", "RTF", "HTML", "TXT", "PNG", "JPEG", "TIFF", "ZIP", "XLSX"}
ENTRY = Path(state.__file__).with_name("app.py")


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(str(ENTRY), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def uploaded(*names: str, data: str = made.TEXT, **query: str) -> AppTest:
    at = opened(**query)
    for i, name in enumerate(names):
        at.file_uploader(key="files").upload(name, f"{data}\n{i}".encode())
    return at.run()


def shown(at: AppTest) -> str:
    """Everything that is drawn as our own HTML, less the one script that every page has, the same for all."""
    script = f"<script>{ENTRY.with_name('words.js').read_text(encoding='utf-8')}</script>"
    scripts = [item.value for item in at.html if item.value == script]
    assert len(scripts) == 1
    return "\n".join(item.value for item in at.html if item.value != script)


def live(at: AppTest) -> str:
    """Everything that is drawn as Markdown."""
    kinds = (at.markdown, at.caption, at.title, at.error, at.info)
    return "\n".join(item.value for kind in kinds for item in kind)
