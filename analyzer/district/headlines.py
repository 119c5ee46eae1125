"""What a reader must know of a run when there is a minute only: a few sentences above all tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.district.model import School, Summary
from analyzer.reports.words import plural

_MOST_NAMES, _MOST_GAPS = 10, 5
_SCHOOLS = ("школа", "школы", "школ")
_OF_SCHOOLS = ("школы", "школ", "школ")


def headlines(summary: Summary) -> Iterator[str]:
    """The sentences.

    Args:
        summary: Of the run.
    """
    schools = summary.schools
    without = [school for school in schools if not school.on_subject]
    handed = len(schools) - len(without)
    yield f"Школ проверено: {len(schools)}; акт по теме проверки есть у {handed}."
    if without:
        yield f"Нет акта по теме ({len(without)}): {_names(without)}."
    if handed:
        yield from _of_acts(summary, handed)
    careless = sum(school.errors > 0 for school in schools)
    if careless:
        total = plural(sum(school.errors for school in schools), "ошибка", "ошибки", "ошибок")
        who = plural(careless, *_OF_SCHOOLS)
        yield f"В актах {who} есть и прочие ошибки (ссылки, сроки, сервисы): {total}."
    if summary.obsolete:
        most = summary.obsolete[0]
        yield (
            f"Отменённых документов, на которые ссылаются акты: {len(summary.obsolete)}; чаще всего это "
            f"{most.name} ({plural(most.schools, *_SCHOOLS)})."
        )
    if summary.failed:
        files = plural(summary.failed, "файл", "файла", "файлов")
        yield f"Не прочитано: {files}; попросите школы прислать заново."


def _of_acts(summary: Summary, handed: int) -> Iterator[str]:
    """Of schools that have an act: what they lack most."""
    gaps = [
        (column, lack)
        for column, share in summary.gaps
        if (lack := share.counts.get("missing", 0) + share.counts.get("contradicted", 0))
    ]
    if gaps:
        told = "; ".join(f"{item.id} {item.title} ({lack} из {handed})" for item, lack in gaps[:_MOST_GAPS])
        yield f"Чаще всего в этих актах не найдено или противоречит норме: {told}."
    else:
        yield "В этих актах нет ни пропущенных требований, ни противоречий норме."
    against = [school for school in summary.schools if school.count("contradicted")]
    if against:
        yield f"Противоречит норме хотя бы один пункт ({len(against)}): {_names(against)}."


def _names(schools: Sequence[School]) -> str:
    told = ", ".join(school.name for school in schools[:_MOST_NAMES])
    return told + (f" и ещё {len(schools) - _MOST_NAMES}" if len(schools) > _MOST_NAMES else "")
