"""Foreign text on the page: words of documents and file names are shown, never executed or formatted."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@])")
_LONGEST_NAME = 90


def plain(text: str) -> str:
    """Text on one line without control, bidirectional or other invisible characters."""
    visible = "".join(
        sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"} or sign.isspace()
    )
    return " ".join(visible.split())


def file_label(name: str) -> str:
    """A user's file name fit to be shown: one line, the extension kept when it is cut."""
    name = plain(name) or "без имени"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 12]}…{name[-11:]}"


def markdown(text: str) -> str:
    """Text for places that Streamlit reads as Markdown (errors, labels): every sign stands for itself."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def code(text: str) -> str:
    """Text as a Markdown code span: links, pictures, colours and formulas inside stay dead."""
    return f"`{plain(text).replace('`', 'ʼ')}`"


def marked(text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
    """Text as safe HTML with some stretches of it marked."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if end <= start:
            continue
        pieces += [html.escape(text[at:start]), "<mark>", html.escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, html.escape(text[at:])])
