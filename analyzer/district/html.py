"""``index.html``: the summary as a page that works offline: no scripts, charts drawn as SVG on the spot."""

from __future__ import annotations

from analyzer.district.headlines import headlines
from analyzer.district.model import Share, Summary
from analyzer.district.words import MEANING, SCHOOL_MARK, SCHOOL_STATUS, SCHOOL_TONES, STATE
from analyzer.reports.page import environment

_MOST = 2_000  # schools on the page: a browser draws no more cells in a reasonable time
_ORDER = ("covered", "partial", "contradicted", "missing", "no_act")


def summary_html(summary: Summary) -> str:
    """The page.

    Args:
        summary: What it says.
    """
    engine = environment("analyzer.district")
    engine.filters.update(percent=percent, count_of=_count_of)
    return engine.get_template("district.html").render(
        s=summary,
        headlines=list(headlines(summary)),
        most=_MOST,
        order=_ORDER,
        words=SCHOOL_STATUS,
        marks=SCHOOL_MARK,
        meaning=MEANING,
        tones=SCHOOL_TONES,
        states=STATE,
    )


def percent(part: float) -> str:
    """A share in words that never round a gap away: 0,4 % is not 0."""
    if 0 < part < 0.01 or 0.99 < part < 1:
        return f"{part * 100:.1f} %".replace(".", ",")
    return f"{part * 100:.0f} %"


def _count_of(name: str, share: Share) -> int:
    return share.counts.get(name, 0)
