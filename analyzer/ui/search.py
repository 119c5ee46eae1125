"""Search by words: order and letter case do not matter, ё is е."""

from __future__ import annotations

import re


def fold(text: str) -> str:
    """Text in the form in which spellings are equal; as long as the original, so that offsets stay."""
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text).replace("ё", "е")


def words(query: str) -> tuple[str, ...]:
    """Words of a query, folded."""
    return tuple(fold(query).split())


def holds(query: str, *texts: str | None) -> bool:
    """True when every word of the query stands somewhere in the texts; an empty query fits everything."""
    joined = fold(" ".join(text for text in texts if text))
    return all(word in joined for word in words(query))


def spans(query: str, text: str) -> list[tuple[int, int]]:
    """Places of the query's words in a text."""
    wanted = words(query)
    if not wanted:
        return []
    # Longest first, so that of two words one inside the other the longer is marked.
    pattern = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    return [match.span() for match in re.finditer(pattern, fold(text))]
