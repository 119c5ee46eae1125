"""The registry of normative acts for people: find one, show one, and what became of it by a day."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from analyzer.citations.naming import act_name
from analyzer.errors import LnaError
from analyzer.law.load import registry
from analyzer.law.registry import RegisteredAct
from analyzer.reports.act_search import find
from analyzer.reports.words import long_date, plural

_WIDTH = 100
_SHOWN = 10
_NEAREST = 5
_OWN_SOURCE = "исходные документы проекта"
_CONFIDENCE = {
    "high": "сведения сверены",
    "medium": "сведения сверены не полностью: проверьте",
    "low": "сведения не сверены: проверьте обязательно",
}
_REPEAL_CONFIDENCE = {
    "high": "отмена подтверждена",
    "medium": "отмена известна, но отменяющий пункт не сверен: проверьте",
    "low": "отмена не сверена: проверьте обязательно",
}


def find_text(query: str, day: date) -> str:
    """Acts that fit a query, best first, each with its status on ``day``.

    Args:
        query: Number, date, words of the title, in any order; typing errors are forgiven.
        day: Day on which the law is looked at.
    """
    found = find(query)
    if not found:
        return (
            f"По запросу «{query}» в реестре ничего нет; всего в нём {_acts(len(registry().acts))}.\n"
            "Попробуйте номер, дату или одно-два слова названия. Нет в реестре — не значит, что акта нет."
        )
    lines = [f"Найдено: {_acts(len(found))}" + (f", показаны первые {_SHOWN}" if len(found) > _SHOWN else "")]
    for act in found[:_SHOWN]:
        lines += ["", *_card(act, day)]
    return "\n".join(lines)


def show_text(act_id: str, day: date) -> str:
    """Everything that the registry knows of one act.

    Raises:
        LnaError: ``unknown_id``: there is none; names the nearest.
    """
    act = registry().get(act_id.strip().lower())
    if act is None:
        ids = [known.id for known in registry().acts]
        near = difflib.get_close_matches(act_id.lower(), ids, _NEAREST)
        near = near or [found.id for found in find(act_id)[:_NEAREST]]
        advice = f"похожие: {', '.join(near)}" if near else "поищите: lna acts find СЛОВА"
        raise LnaError("unknown_id", f"акта «{act_id}» в реестре нет", advice)
    lines = [*_card(act, day), *_wrap(f"предмет: {act.topic}")]
    if act.aliases:
        lines += _wrap(f"так его ещё называют: {'; '.join(act.aliases)}")
    if act.note:
        lines += _wrap(f"примечание: {act.note}")
    lines += [f"  {source}" for source in act.sources]
    return "\n".join(lines)


def _card(act: RegisteredAct, day: date) -> Iterator[str]:
    name = act_name(act)
    yield from _wrap(name, "")
    if not act.title.startswith(name):
        yield from _wrap(act.title)
    yield from _wrap(f"на {long_date(day)}: {fate(act, day)}")
    chain = registry().chain(act)
    for following in chain:
        yield from _wrap(f"→ {act_name(following)} ({following.id}): {fate(following, day)}")
    successor = registry().successor(act)
    stands = successor is not None and registry().status_on(successor, day) == "in_force"
    if successor is not None and stands and chain[:1] != (successor,):
        yield from _wrap(f"ссылаться теперь на: {act_name(successor)} ({successor.id})")
    confidence = _REPEAL_CONFIDENCE if act.status == "repealed" else _CONFIDENCE
    yield from _wrap(f"id: {act.id}; {confidence[act.confidence]}; {_sources(act)}")


def _sources(act: RegisteredAct) -> str:
    """Sites of the sources, each once."""
    if not act.sources:
        return "источников нет"
    sites = (urlsplit(source).hostname or _OWN_SOURCE for source in act.sources)
    return f"источники: {', '.join(dict.fromkeys(sites))}"


def fate(act: RegisteredAct, day: date) -> str:
    """What became of an act by a day, in words."""
    status = registry().status_on(act, day)
    if status == "not_yet_in_force":
        return f"ещё не действует, вступает в силу {long_date(act.effective_from or act.date)}"
    if status == "unknown":
        return "неизвестно, действует ли: день отмены не установлен, проверьте"
    if status == "repealed":
        since = f" с {long_date(act.repealed_on)}" if act.repealed_on else ", день отмены не установлен"
        return f"не действует{since}"
    if act.superseded:
        return "заменён по существу, формальная отмена не проверена"
    if act.outdated:
        return "формально не отменён, но написан под прежнее право: проверьте"
    if act.repealed_on is not None:
        return f"действует; утрачивает силу {long_date(act.repealed_on)}"
    return "действует"


def _acts(count: int) -> str:
    return plural(count, "акт", "акта", "актов")


def _wrap(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
