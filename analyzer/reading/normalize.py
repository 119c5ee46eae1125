"""Care of characters, one for all readers: what is invisible goes, what is a space becomes one.

NFC only: NFKC would turn ``№`` into ``No`` and break every reference to an act.
"""

from __future__ import annotations

import re
import unicodedata

# Spaces of every width, and the separators that print as one.
_SPACES = "\t\v\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LINE_ENDS = "\r\x0c\x85\u2028\u2029"
# Soft hyphen, zero-width and direction marks, word joiner, byte order mark, object replacement.
_DROPPED = "\u00ad\u180e\ufeff\ufffc" + "".join(
    chr(code) for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))
)
_CONTROLS = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n")

_TABLE: dict[int, str | None] = {
    **{ord(char): None for char in _CONTROLS + _DROPPED},
    **{ord(char): " " for char in _SPACES},
    **{ord(char): "\n" for char in _LINE_ENDS},
    0x2011: "-",
    # Half of a pair is no character: no file and no report could hold it.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_NEEDS_CARE = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_SPACE_RUN = re.compile(r" {2,}")
_SPACED_WORD = re.compile(r"(?<![^\s«\"(])[А-ЯЁа-яё](?: [А-ЯЁа-яё]){4,}(?![^\s»\".,:;)])")


def clean(text: str) -> str:
    """Makes characters regular and nothing else: NFC, no invisible characters, plain spaces and newlines.

    Args:
        text: Anything that came out of a file.

    Returns:
        The same text in NFC; soft hyphens, zero-width marks and controls removed; every kind of space
        turned into a space, every kind of line end into a newline, the unbreakable hyphen into ``-``.
        Spaces are not squeezed: see ``clean_line``.
    """
    if text.isascii() and text.isprintable():
        return text
    if _NEEDS_CARE.search(text):
        text = text.replace("\r\n", "\n").translate(_TABLE)
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Cleans one line: ``clean``, newlines become spaces, runs of spaces become one, ends are trimmed."""
    return _SPACE_RUN.sub(" ", clean(text).replace("\n", " ")).strip()


def glue_spaced(text: str) -> str:
    """Glues letter-spaced words: ``П О Л О Ж Е Н И Е  о приёме`` → ``ПОЛОЖЕНИЕ о приёме``.

    Two or more spaces are taken for the space between words: call it before spaces are squeezed.

    Args:
        text: A cleaned line.

    Returns:
        The line with every run of five or more single letters glued, other text untouched.
    """
    return _SPACED_WORD.sub(lambda found: found[0].replace(" ", ""), text)
