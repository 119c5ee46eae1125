"""``lna district``, ``lna journal``, ``lna recheck``: many acts at once, and what is remembered of them."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from analyzer.cli_words import (
    DATES,
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_WRONG,
    AsOf,
    ChecklistOption,
    FailOn,
    Interrupted,
)
from analyzer.law import USUAL

if TYPE_CHECKING:
    from rich.progress import TaskID

    from analyzer.district.run import Plan, Progress

journal_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Журнал: показать, решить, выгрузить, очистить."
)
JournalArgument = Annotated[
    str,
    typer.Argument(
        metavar="JOURNAL", help="Файл журнала, папка результатов или адрес postgresql://…", show_default=False
    ),
]
RunOption = Annotated[str, typer.Option("--run", help="Прогон: id или его начало; по умолчанию последний.")]


def district(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="Папка (вложенная папка — школа), ZIP, таблица CSV (school, municipality, path), адрес s3://…",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Папка результатов.", show_default=False)],
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", min=1, max=256, help="Сколько процессов; по умолчанию — ядер.", show_default=False
        ),
    ] = os.cpu_count() or 1,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="tcp://…", help="Планировщик Dask: считать на кластере.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Проверить заново и то, что уже проверено.")] = False,
    municipalities: Annotated[
        bool, typer.Option("--municipalities", help="Папки верхнего уровня — муниципалитеты, в них школы.")
    ] = False,
    checklist: ChecklistOption = None,
    as_of: AsOf = None,
    level: Annotated[
        str, typer.Option("--level", help="Уровни программ школ через запятую: ноо,ооо,соо.")
    ] = "",
    ocr: Annotated[str, typer.Option("--ocr", help="Распознавание: auto, never, always.")] = "auto",
    timeout: Annotated[
        float, typer.Option("--timeout", min=1, help="Предел на один документ, секунд.")
    ] = 900.0,
    letters: Annotated[
        bool, typer.Option("--letters/--no-letters", help="Справка и письмо каждой школе.")
    ] = True,
    journal: Annotated[
        str,
        typer.Option(
            "--journal",
            envvar="LNA_JOURNAL",
            show_envvar=False,
            help="Журнал: файл SQLite или postgresql://…; по умолчанию LNA_JOURNAL, без неё в DIR.",
        ),
    ] = "",
    store_texts: Annotated[
        bool, typer.Option("--store-texts", help="Хранить в журнале тексты пунктов: нужны для lna recheck.")
    ] = False,
    mask: Annotated[
        bool,
        typer.Option(
            "--mask-names", help="Скрыть имена людей во всех результатах; названия файлов остаются как есть."
        ),
    ] = False,
    deadline: Annotated[
        datetime | None, typer.Option("--deadline", formats=DATES, help="Срок исправления, в журнал.")
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            help="С какой тяжести находок код возврата 1 (а 2 — если какой-то файл не прочитан); "
            "never: 0, когда прогон дошёл до конца, что бы ни нашлось.",
        ),
    ] = FailOn.never,
) -> None:
    """Проверить все акты района: папку, архив или таблицу; прерванный прогон продолжается той же командой."""
    from analyzer.audit import Settings
    from analyzer.district.conditions import Task
    from analyzer.district.journal import FILE, Journal
    from analyzer.district.papers import write_papers
    from analyzer.district.run import Plan, day_of_law
    from analyzer.errors import LnaError

    if ocr not in {"auto", "never", "always"}:
        raise LnaError("bad_option", f"--ocr {ocr} не бывает", "укажите auto, never или always")
    names = tuple(checklist or USUAL)
    levels = frozenset(part.strip().lower() for part in level.split(",") if part.strip())
    day = day_of_law(out, as_of.date() if as_of else None)
    settings = Settings(names, day, levels, ocr)  # type: ignore[arg-type]  # checked above
    task = Task(settings, store_texts, mask)
    plan = Plan(source, out, task, jobs, scheduler, force, municipalities, timeout)
    signal.signal(signal.SIGTERM, _stop)
    try:
        place = journal or str(out / FILE)
        if journal or Path(place).is_file():
            Journal(place).close()  # what is wrong with it is told at once, not after hours of work
        progress = _run(plan)
        summary = write_papers(out, names, letters=letters, jobs=jobs, tell=_stage)
        with closing(Journal(place)) as book:
            book.record(out, texts=store_texts, deadline=deadline.date() if deadline else None)
    except KeyboardInterrupt:
        raise Interrupted("сделанное сохранено, та же команда продолжит") from None
    typer.echo(
        f"Найдено {progress.found} = проверено {progress.audited} + не прочитано {progress.failed} "
        f"+ пропущено {progress.skipped}; без повторной проверки {progress.reused}."
    )
    speed = f" Скорость: {_comma(progress.rate, 2)} документа в секунду." if progress.rate else ""
    typer.echo(f"Школ: {len(summary.schools)}.{speed}")
    typer.echo(f"Сводка: {out / 'index.html'}, {out / 'summary.xlsx'}")
    raise typer.Exit(_status(out, progress, fail_on))


def _status(out: Path, progress: Progress, fail_on: FailOn) -> int:
    """The worst of all files, when it is wanted: in every district there is something to mend."""
    from analyzer.district.store import RESULTS, records

    if fail_on is FailOn.never:
        return EXIT_CLEAN
    if progress.failed:
        return EXIT_WRONG
    found = (line["audit"]["summary"] for line in records(out / RESULTS) if line["audit"])
    reached = any(fail_on.reached(item["errors"], item["warnings"]) for item in found)
    return EXIT_FINDINGS if reached else EXIT_CLEAN


def _run(plan: Plan) -> Progress:
    """Runs with a bar on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from analyzer.district.run import run

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} из {task.total}"),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Проверка", total=None, rate="")

        def tell(progress: Progress) -> None:
            _draw(bar, task, progress)

        return run(plan, tell)


def _draw(bar: Any, task: TaskID, progress: Progress) -> None:
    rate = f"{_comma(progress.rate, 1)} док./с, не прочитано {progress.failed}"
    bar.update(task, completed=progress.done, total=progress.found, rate=rate)


def _comma(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _stage(stage: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[KПишем: {stage}", end="" if "из" in stage else "\n", file=sys.stderr, flush=True)


@journal_app.command("list")
def journal_list(
    journal: JournalArgument,
    run: Annotated[str, typer.Option("--run", help="Файлы этого прогона («last» — последнего).")] = "",
    status: Annotated[
        str, typer.Option("--status", help="Только такие: open, clean, mended, dismissed.")
    ] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Только с истёкшим сроком.")] = False,
) -> None:
    """Перечислить прогоны или файлы прогона."""
    from analyzer.district.journal import STATUSES
    from analyzer.district.words import STATE
    from analyzer.errors import LnaError

    if status and status not in STATUSES:
        raise LnaError("bad_option", f"--status {status} не бывает", f"укажите {', '.join(STATUSES)}")
    with _opened(journal) as book:
        if not (run or status or overdue):
            for row in book.runs():
                recorded = row["recorded"][:16].replace("T", " ")
                typer.echo(
                    f"{row['run'][:12]}  {recorded} UTC  право на {row['as_of']}  файлов {row['found']}: "
                    f"проверено {row['audited']}, не прочитано {row['failed']}; "
                    f"исправить {row['open']}  {row['source']}"
                )
            return
        for row in book.audits("" if run == "last" else run, status=status, overdue=overdue):
            term = f"  срок {row['deadline']}" if row["deadline"] else ""
            words = STATE["skipped"] if row["state"] == "skipped" else STATUSES[row["status"]]
            typer.echo(f"{row['id']:>7}  {words:<15} {row['school']}: {row['path']}{term}")


@journal_app.command("show")
def journal_show(
    journal: JournalArgument, number: Annotated[int, typer.Argument(metavar="N", help="Номер записи.")]
) -> None:
    """Показать запись: вердикты, находки, решения людей (JSON)."""
    with _opened(journal) as book:
        typer.echo(json.dumps(book.show(number), ensure_ascii=False, indent=2))


@journal_app.command("export")
def journal_export(journal: JournalArgument, run: RunOption = "") -> None:
    """Выгрузить прогон: строка JSON на файл."""
    with _opened(journal) as book:
        for row in book.export(run):
            typer.echo(json.dumps(row, ensure_ascii=False))


@journal_app.command("decide")
def journal_decide(
    journal: JournalArgument,
    number: Annotated[int, typer.Argument(metavar="N", help="Номер записи.")],
    decision: Annotated[
        str, typer.Option("--decision", help="confirm, reject, mended, postpone, note, withdraw.")
    ],
    author: Annotated[str, typer.Option("--author", help="Кто решил.")],
    finding: Annotated[str, typer.Option("--finding", help="Отпечаток находки; без него — об акте.")] = "",
    comment: Annotated[str, typer.Option("--comment", help="Пояснение.")] = "",
    deadline: Annotated[
        datetime | None, typer.Option("--deadline", formats=DATES, help="Новый срок исправления.")
    ] = None,
) -> None:
    """Записать решение человека об акте или находке."""
    from analyzer.district.journal import DECISIONS

    day = deadline.date() if deadline else None
    with _opened(journal) as book:
        book.decide(number, decision, author, comment=comment, fingerprint=finding or None, deadline=day)
    typer.echo(f"Записано: {number}, {DECISIONS[decision]}.")


@journal_app.command("purge")
def journal_purge(
    journal: JournalArgument,
    older_than: Annotated[
        int, typer.Option("--older-than", min=0, metavar="DAYS", help="Старше скольких дней.")
    ],
) -> None:
    """Уничтожить записи старше срока (152-ФЗ); печатает, что уничтожено."""
    with _opened(journal) as book:
        gone = book.purge(older_than)
    typer.echo(
        f"Уничтожено {date.today():%d.%m.%Y}: прогонов {len(gone.runs)}, записей о файлах {gone.audits}, "
        f"текстов {gone.texts}; записанное до {gone.before:%d.%m.%Y %H:%M} UTC."
    )
    for run in gone.runs:
        typer.echo(f"прогон {run}")


def recheck(
    journal: JournalArgument,
    checklist: Annotated[
        list[str] | None, typer.Option("--checklist", help="Новый чек-лист: имя или путь; можно повторять.")
    ] = None,
    as_of: AsOf = None,
    run: RunOption = "",
    output_format: Annotated[str, typer.Option("--format", help="text или json.")] = "text",
) -> None:
    """Пересмотреть сохранённые тексты по новому чек-листу и показать, у кого изменился итог."""
    from analyzer.audit import Settings
    from analyzer.district.recheck import recheck as changes
    from analyzer.errors import LnaError

    if output_format not in {"text", "json"}:
        raise LnaError("bad_option", f"--format {output_format} не бывает", "укажите text или json")
    with _opened(journal) as book:
        levels = frozenset(book.run(run)["conditions"]["levels"])
        day = as_of.date() if as_of else date.today()
        settings = Settings(tuple(checklist or USUAL), day, levels)
        found = list(changes(book, settings, run))
    if not found:
        what = "тексты актов этого прогона не сохранены: пересматривать нечего"
        advice = (
            "проверьте район ещё раз с --store-texts, дальше хватит журнала: lna district … --store-texts"
        )
        raise LnaError("no_texts", what, advice)
    changed = [item for item in found if item.changes]
    if output_format == "json":
        rows = [{**item.audit, "changes": item.changes} for item in changed]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    typer.echo(f"Пересмотрено актов: {len(found)}, итог изменился у {len(changed)}.")
    _tell_changes((item.audit, item.changes) for item in changed)


def _tell_changes(rows: Iterable[tuple[dict[str, Any], dict[str, tuple[str | None, str | None]]]]) -> None:
    from analyzer.reports.words import STATUS

    for audit, changes in rows:
        typer.echo(f"{audit['school']}: {audit['path']}")
        for requirement, statuses in changes.items():
            before, after = (STATUS.get(status or "", "не действует") for status in statuses)
            typer.echo(f"  {requirement}: {before} → {after}")


def _opened(journal: str) -> Any:
    from analyzer.district.journal import FILE, Journal

    beside = Path(journal) / FILE  # people name the folder of the results
    return closing(Journal(str(beside) if beside.is_file() else journal, must_exist=True))


def add_to(app: typer.Typer) -> None:
    """Adds the commands to ``lna``."""
    app.command()(district)
    app.command()(recheck)
    app.add_typer(journal_app, name="journal")
