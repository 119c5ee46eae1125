"""``summary.xlsx``: the matrix of schools and requirements in colour, and every table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from analyzer.district.headlines import headlines
from analyzer.district.model import Remark, School, Summary
from analyzer.district.words import MEANING, SCHOOL_MARK, SCHOOL_STATUS, STATE
from analyzer.district.workbook import Book, Heads, Row, Toned
from analyzer.reports.words import SEVERITY, short_date

_GAPS = ("contradicted", "missing", "partial")


def summary_xlsx(summary: Summary, remarks: Iterable[tuple[str, str, Remark]], path: Path) -> None:
    """Writes the workbook.

    Args:
        summary: What it says.
        remarks: Findings with municipality and school; taken one by one.
        path: Where to.
    """
    book = Book(path)
    _overview(book, summary)
    _matrix(book, summary)
    book.table("Школы", _SCHOOLS, map(_school, summary.schools))
    statuses = [(SCHOOL_STATUS[status], 15.0) for status in SCHOOL_STATUS]
    book.table("Пробелы", [("Норма", 8), ("Требование", 50), *statuses], _gaps(summary))
    book.table("Что исправить", _MEND, _mend(summary))
    book.table("Находки", _REMARKS, map(_remark, remarks))
    book.table("Устаревшие ссылки", _OBSOLETE, _obsolete(summary))
    book.table("Не прочитано", _UNREAD, _unread(summary))
    book.table("Похожие акты", [("Группа", 8), ("Школа", 40), ("Акт", 70)], _alike(summary))
    parameters = ((item.label, item.value) for item in summary.parameters)
    book.table("Параметры", [("Параметр", 44), ("Значение", 100)], parameters)
    book.close()


_SCHOOLS: Heads = (
    ("Муниципалитет", 24), ("Школа", 40), ("Файлов", 9), ("Проверено", 11), ("По теме", 11),
    ("Урегулировано", 14), *((words, 14.0) for words in SCHOOL_STATUS.values()), ("Ошибок в актах", 12),
)  # fmt: skip
_MEND: Heads = (
    ("Муниципалитет", 20), ("Школа", 32), ("Норма", 8), ("Требование", 36), ("Итог", 16), ("Пояснение", 44),
    ("Решает человек", 10), ("Акт", 34), ("Где", 14), ("Слова акта", 50), ("Предлагаемая формулировка", 60),
)  # fmt: skip
_REMARKS: Heads = (
    ("Муниципалитет", 20), ("Школа", 32), ("Тяжесть", 16), ("Правило", 10), ("Что обнаружено", 50),
    ("Акт", 34), ("Где", 14), ("Слова акта", 46), ("Как исправить", 50), ("Отпечаток", 34),
)  # fmt: skip
_OBSOLETE: Heads = (
    ("Акт", 60), ("Что с ним", 36), ("На что сослаться", 60), ("Ссылок", 9), ("Школ", 9), ("Доля школ", 10),
)  # fmt: skip
_UNREAD: Heads = (("Школа", 36), ("Файл", 60), ("Что с ним", 14), ("Причина", 80))


def _overview(book: Book, summary: Summary) -> None:
    sheet = book.sheet("Сводка", (60, 16, 16, 70))
    sheet.line(Toned("Проверка локальных актов школ", "title"))
    sheet.line(f"Источник: {summary.source}")
    sheet.line(f"На соответствие: {'; '.join(summary.subjects)}")
    sheet.line(f"Право на дату {short_date(summary.as_of)}, прогон {short_date(summary.made_on)}")
    sheet.line()
    sheet.line(Toned("Главное", "title"))
    for number, words in enumerate(headlines(summary), 1):
        sheet.wide(f"{number}. {words}")
    sheet.line()
    sheet.heads("Файлы", "Сколько", "Доля")
    for label, count in (
        ("Найдено", summary.found), ("— проверено", summary.audited), ("— не прочитано", summary.failed),
        ("— пропущено", summary.skipped),
    ):  # fmt: skip
        sheet.cells(label, count, count / summary.found)
    sheet.cells("Школ", len(summary.schools))
    without = sum(not school.on_subject for school in summary.schools)
    sheet.cells("— без акта по теме", without, without / max(1, len(summary.schools)))
    sheet.line()
    sheet.heads("Итог по требованию", "Случаев", "Доля", "Что это значит")
    cells = [cell.status for school in summary.schools for cell in school.cells.values()]
    for status, words in SCHOOL_STATUS.items():
        count = cells.count(status)  # type: ignore[arg-type]
        mark = Toned(f"{SCHOOL_MARK[status]} {words}", status)
        sheet.cells(mark, count, count / max(1, len(cells)), MEANING[status])
    sheet.line()
    if summary.municipalities:
        sheet.heads("Муниципалитет", "Школ", "Урегулировано", "Без акта по теме")
        for item in summary.municipalities:
            sheet.cells(item.name, item.schools, item.share.part("covered"), item.without_act)
        sheet.line()
    sheet.heads("Показатели ЦОС", "Школ", "Доля школ", "Что считает сам показатель")
    for footing in summary.footings:
        share = footing.schools / max(1, len(summary.schools))
        name = f"{footing.id}. {footing.title}"
        sheet.cells(name, footing.schools, share, f"долю {footing.counts}; {summary.footing_source}")
    sheet.line(summary.footing_note)


def _matrix(book: Book, summary: Summary) -> None:
    fixed = ("Муниципалитет" if summary.municipalities else "", "Школа", "Актов по теме", "Урегулировано")
    widths = (22 if summary.municipalities else 3, 40, 9, 15, *(5.5 for _ in summary.columns))
    sheet = book.sheet("Матрица", widths, title_height=150)
    sheet.cells("", "Обозначения:", *_legend())
    sheet.heads("", "", "", "", *(column.title for column in summary.columns), turned=True)
    sheet.heads(*fixed, *(column.id for column in summary.columns))
    sheet.freeze(3, len(fixed))
    for school in summary.schools:
        marks = (
            Toned(SCHOOL_MARK[cell.status] + ("?" if cell.review else ""), cell.status)
            for cell in school.cells.values()
        )
        sheet.cells(school.municipality, school.name, school.on_subject, school.share, *marks)


def _legend() -> Iterator[Toned | str]:
    """Mark and word of every status, spread over the narrow columns below which they stand."""
    yield ""
    yield ""
    for status, words in SCHOOL_STATUS.items():
        yield Toned(SCHOOL_MARK[status], status)
        yield Toned(words, "free")
        yield ""
        yield ""
    yield Toned("? — решает человек", "free")


def _school(school: School) -> Row:
    audited = sum(act.state == "audited" for act in school.acts)
    return (
        school.municipality, school.name, len(school.acts), audited, school.on_subject, school.share,
        *(school.count(status) for status in SCHOOL_STATUS), school.errors,  # type: ignore[arg-type]
    )  # fmt: skip


def _gaps(summary: Summary) -> Iterator[Row]:
    for column, share in summary.gaps:
        yield (column.id, column.title, *(share.counts.get(status, 0) for status in SCHOOL_STATUS))


def _mend(summary: Summary) -> Iterator[Row]:
    for school in summary.schools:
        if not school.on_subject:
            words = Toned(f"{SCHOOL_MARK['no_act']} {SCHOOL_STATUS['no_act']}", "no_act")
            lack = "среди сданных файлов его нет: принять или прислать"
            yield (school.municipality, school.name, "", "Акт по теме проверки", words, lack, *[""] * 5)
        for column in summary.columns:
            cell = school.cells[column.key]
            if cell.status in _GAPS:
                words = Toned(f"{SCHOOL_MARK[cell.status]} {SCHOOL_STATUS[cell.status]}", cell.status)
                yield (
                    school.municipality, school.name, column.id, column.title, words, cell.remark,
                    "да" if cell.review else "", cell.act, cell.place, cell.quote, column.template,
                )  # fmt: skip


def _remark(entry: tuple[str, str, Remark]) -> Row:
    municipality, school, item = entry
    severity = Toned(SEVERITY[item.severity], item.severity)
    return (
        municipality, school, severity, item.rule, item.message, item.act, item.place, item.quote, item.fix,
        item.fingerprint,
    )  # fmt: skip


def _obsolete(summary: Summary) -> Iterator[Row]:
    for item in summary.obsolete:
        share = item.schools / max(1, len(summary.schools))
        yield (item.name, item.fate, item.successor, item.citations, item.schools, share)


def _unread(summary: Summary) -> Iterator[Row]:
    for school, act in summary.unread:
        yield (school, act.path, STATE[act.state], act.reason)


def _alike(summary: Summary) -> Iterator[Row]:
    for number, group in enumerate(summary.alike, 1):
        for school, path in group.acts:
            yield (number, school, path)
