"""``lna acts check``: the references of one document as a table, nothing else of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analyzer.citations.naming import act_name
from analyzer.law.load import registry
from analyzer.model import Citation
from analyzer.reports.acts import fate
from analyzer.reports.words import long_date, plural

_WIDTH = 110
_RESOLUTION = {
    "near": "реквизиты не сходятся, вероятно: ",
    "ambiguous": "не различить: ",
    "unknown": "нет в реестре: проверьте вручную",
    "local": "региональный или местный акт: не оценивается",
}


def citations_text(name: str, citations: Sequence[Citation], day: date) -> str:
    """References in order of the act: where, as written, which act it is, what became of it by ``day``."""
    if not citations:
        return f"{name}: ссылок на нормативные акты не найдено."
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column("Пункт", no_wrap=True)
    table.add_column("С.", justify="right", no_wrap=True)
    table.add_column("Как написано", ratio=5)
    table.add_column("Какой это акт", ratio=4)
    table.add_column(f"На {day:%d.%m.%Y}", ratio=4)
    for citation in citations:
        page = str(citation.page) if citation.page else "—"
        cells = (citation.clause or "—", page, citation.quote, _known(citation), _status(citation, day))
        # Text, not str: square brackets in an act are no markup.
        table.add_row(*map(Text, cells))
    ended = sum(citation.status == "repealed" and not citation.historical for citation in citations)
    return f"{_head(name, len(citations), ended, day)}\n\n{_printed(table)}"


def _head(name: str, count: int, ended: int, day: date) -> str:
    found = plural(count, "ссылка", "ссылки", "ссылок")
    return f"{name}: {found}, на недействующие акты — {ended}; право на {long_date(day)}"


def _known(citation: Citation) -> str:
    acts = [act for name in _ids(citation) if (act := registry().get(name)) is not None]
    names = "; ".join(map(act_name, acts))
    return _RESOLUTION.get(citation.resolution, "") + names


def _ids(citation: Citation) -> tuple[str, ...]:
    return (citation.act_id,) if citation.act_id else citation.candidates


def _status(citation: Citation, day: date) -> str:
    act = registry().get(citation.act_id) if citation.act_id else None
    if act is None:
        return "—"
    text = fate(act, day)
    if citation.historical:
        return f"{text}; назван как прежний"
    successor = registry().successor(act)
    if citation.status != "in_force" and successor is not None:
        return f"{text}; вместо него {act_name(successor)}"
    return text


def _printed(table: Table) -> str:
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())
