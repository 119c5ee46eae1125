"""Text made even for the grammar: look-alike letters, dashes, links, hyphens at line ends; offsets kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

LOOK_ALIKE = str.maketrans("ABCEHKMOPTXaceopxyё", "АВСЕНКМОРТХасеорхуе")
"""Latin letters that look like Russian ones, and ё."""
OCR_DIGITS = str.maketrans("lI|OОоЗзбB", "1110003368")
"""Letters that a recogniser puts for digits."""
# Kinds of spaces and dashes: one sign for one, offsets hold.
_EVEN = LOOK_ALIKE | str.maketrans(
    "\u00a0\u2007\u202f\t*[]|\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    " " * 8 + "-" * 7,
)
# «[приказ](https://…)»: the address of a link in a text exported from the web says nothing.
_LINK = re.compile(r"\]\([^()\s]{0,300}\)")
_BROKEN = re.compile(r"(?<=[а-яё])[-\u2010\u2011][ \t]*\n\s{0,40}(?=[а-яё])|\u00ad[ \t]*\n?\s{0,40}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in even writing.

    Attributes:
        text: What the grammar reads.
        source: The text as it stands.
        cuts: Pairs of an offset in ``text`` and the number of signs of ``source`` left out before it.
    """

    text: str
    source: str
    cuts: tuple[tuple[int, int], ...]

    def origin(self, offset: int) -> int:
        """Offset in ``source`` of the sign at ``offset`` in ``text``."""
        before = bisect_right(self.cuts, offset, key=lambda cut: cut[0])
        return offset + (self.cuts[before - 1][1] if before else 0)


def fold(source: str) -> Folded:
    """Even writing of ``source``: words broken at a line end are joined, look-alike letters are Russian."""
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    done = length = gone = 0
    for broken in _BROKEN.finditer(source):
        pieces.append(source[done : broken.start()])
        length += len(pieces[-1])
        gone += len(broken[0])
        done = broken.end()
        cuts.append((length, gone))
    joined = "".join((*pieces, source[done:]))
    joined = _LINK.sub(lambda link: " " * len(link[0]), joined)
    return Folded(joined.translate(_EVEN), source, tuple(cuts))


def join_lines(source: str) -> str:
    """A quote on one line: hyphens at line ends gone, white space squeezed, the rest as it stands."""
    return " ".join(_BROKEN.sub("", source).split())
