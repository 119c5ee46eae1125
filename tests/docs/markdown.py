"""Markdown from the words of YAML files, which know nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CODE = re.compile(r"(`[^`]+`)")
_MARKS = re.compile(r"([\\*_<>\[\]|~#])")
_RULE = re.compile(r"\b[A-Z]{3,5}\d{3}\b")
_OPTION = re.compile(r"(?<![\w`-])--[a-z][a-z-]+")


def plain(text: str) -> str:
    """Text in which nothing but ``code`` in backticks means anything to Markdown."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part if index % 2 else _MARKS.sub(r"\\\1", part) for index, part in enumerate(parts))


def linked(text: str, rules: str) -> str:
    """Plain text with options as code and every rule named leading to its page in the folder ``rules``."""
    parts = _CODE.split(_OPTION.sub(r"`\g<0>`", plain(text)))
    return "".join(
        part if index % 2 else _RULE.sub(lambda found: link(found[0], f"{rules}{found[0]}.md"), part)
        for index, part in enumerate(parts)
    )


def link(words: str, target: str) -> str:
    """A link; ids, and so names of files, hold no blanks."""
    return f"[{words}]({target})"


def quoted(text: str) -> str:
    """A quotation, a paragraph."""
    return f"> {plain(text)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
