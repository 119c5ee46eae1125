"""Colours of statuses and severities, the same in every format; a word always stands beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """A pair of colours that can be read together, as hex digits without ``#``."""

    ink: str
    paper: str


_GOOD, _WARN, _BAD, _MUTED = (
    Tone("14532D", "DCF3E3"),
    Tone("713F12", "FDF0C8"),
    Tone("7F1D1D", "FBDADA"),
    Tone("374151", "E8EAED"),
)
TONES = {
    "covered": _GOOD,
    "partial": _WARN,
    "missing": _BAD,
    "contradicted": _BAD,
    "not_applicable": _MUTED,
    "error": _BAD,
    "warning": _WARN,
    "note": _MUTED,
    "in_force": _GOOD,
    "repealed": _BAD,
    "not_yet_in_force": _WARN,
    "unknown": _MUTED,
}
"""Tones by id of a status (of a requirement or a reference) or of a severity."""
