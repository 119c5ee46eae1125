"""Is that a Russian word? The dictionary of pymorphy3, loaded once and only when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import pymorphy3

_BROKEN_WORD = re.compile(r"([А-Яа-яЁё]+)-$")
_FIRST_WORD = re.compile(r"[а-яё]+")


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """True when the dictionary has the word in this form; case does not matter."""
    return bool(_analyzer().word_is_known(word.lower()))


def join_lines(lines: Iterable[str]) -> str:
    """Joins printed lines: words broken by a hyphen are mended when the dictionary knows the whole.

    Args:
        lines: Lines of one paragraph or one table cell.

    Returns:
        ``дистан-`` + ``ционный`` gives ``дистанционный``; ``онлайн-`` + ``курсы`` keeps its hyphen.
    """
    joined = ""
    for line in lines:
        broken, following = _BROKEN_WORD.search(joined), _FIRST_WORD.match(line)
        if broken and following:
            whole = is_known(broken[1] + following[0])
            joined = (joined[:-1] if whole else joined) + line
        else:
            joined = f"{joined} {line}" if joined and line else joined or line
    return joined
