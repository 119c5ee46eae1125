"""``lna``: the command line. Every command is one call, and heavy imports wait until they are needed."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from analyzer import cli_district
from analyzer.cli_law import acts_app, checklist_app
from analyzer.cli_words import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_INTERRUPTED,
    EXIT_WRONG,
    AsOf,
    ChecklistOption,
    FailOn,
    Format,
    Interrupted,
    OcrMode,
    OutlineFormat,
    RussianTyper,
    complaint,
    in_russian,
)
from analyzer.errors import LnaError, internal
from analyzer.law import USUAL

if TYPE_CHECKING:
    from analyzer.model import Audit

app = RussianTyper(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Аудит локальных нормативных актов школ об электронном обучении и ДОТ. "
    "Всё считается на этом компьютере.",
)
app.add_typer(checklist_app, name="checklist")
app.add_typer(acts_app, name="acts")


OcrOption = Annotated[
    OcrMode,
    typer.Option("--ocr", help="Распознавание: страниц без текста (auto), никаких (never), всех (always)."),
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Акты: PDF, DOCX, DOC, ODT, RTF, HTML, TXT, сканы PNG, JPEG, TIFF; ZIP с ними.",
        show_default=False,
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option("--report", metavar="DIR", help="Папка для справки DOCX, таблицы XLSX, акта с замечаниями."),
]


@app.command()
def audit(
    files: Files,
    output_format: Annotated[Format, typer.Option("--format", help="Вид результата.")] = Format.text,
    output: Annotated[Path | None, typer.Option("--output", help="Записать результат в файл.")] = None,
    checklist: ChecklistOption = None,
    as_of: AsOf = None,
    level: Annotated[
        str, typer.Option("--level", help="Уровни программ школы через запятую: ноо,ооо,соо.")
    ] = "",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="С какой тяжести находок код возврата 1.")
    ] = FailOn.error,
    ocr: OcrOption = OcrMode.auto,
    report: ReportOption = None,
    mask: Annotated[bool, typer.Option("--mask-names", help="Скрыть имена людей в результате.")] = False,
    ignore: Annotated[
        Path | None,
        typer.Option(
            "--ignore",
            metavar="PATH",
            help="Файл решений, какие находки не показывать; по умолчанию lna-ignore.yaml рядом с актом.",
        ),
    ] = None,
    no_ignore: Annotated[
        bool, typer.Option("--no-ignore", help="Показать все находки, что бы ни лежало рядом с актом.")
    ] = False,
) -> None:
    """Проверить один или несколько актов."""
    from analyzer.reading.sandbox import warm

    warm()  # its start is over before everything below is loaded
    from analyzer.audit import Settings, audit_each
    from analyzer.reports.render import render

    names = tuple(checklist or USUAL)
    settings = Settings(
        names,
        as_of.date() if as_of else date.today(),
        _levels(level),
        ocr.value,
        fitting=not checklist,
        ignore=ignore,
        ignoring=not no_ignore,
    )
    outcomes: list[tuple[str, Audit | LnaError]] = []
    papers = _Papers(report, names, masked=mask)
    status, alone = EXIT_CLEAN, False
    for file in files:
        for name, result in audit_each(Path(file), settings):
            alone = len(files) == 1 and name == Path(file).name  # an archive gives a list, however short
            try:
                if isinstance(result, LnaError):
                    raise result
                result = _masked(result) if mask else result
                outcomes.append((name, result))
                status = max(status, _status(result, fail_on))
                papers.write(Path(file), name, result)
            except LnaError as error:
                _say(file if alone else name, error)
                status = EXIT_WRONG
                if isinstance(result, LnaError):
                    outcomes.append((name, result))
    colour = output is None and sys.stdout.isatty()
    for _, result in outcomes:
        names = names if isinstance(result, LnaError) else _applied(names, result)
    text = render(
        output_format.value,
        outcomes,
        names,
        alone=alone,
        colour=colour,
        masked=mask,
        files=[Path(file) for file in files],
    )
    if text is not None:
        _emit(text, output)
    raise typer.Exit(status)


cli_district.add_to(app)


@app.command()
def outline(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Файл акта.", show_default=False)],
    output_format: Annotated[
        OutlineFormat, typer.Option("--format", help="Вид результата.")
    ] = OutlineFormat.json,
    output: Annotated[Path | None, typer.Option("--output", help="Записать результат в файл.")] = None,
    ocr: OcrOption = OcrMode.auto,
) -> None:
    """Показать, как программа прочла акт: реквизиты и дерево пунктов."""
    from analyzer.outline import outline as build
    from analyzer.reading.sandbox import read_isolated

    document = read_isolated(Path(file), ocr=ocr.value)
    act = build(document)
    if output_format is OutlineFormat.html:
        from analyzer.reports.outline_html import outline_html

        _emit(outline_html(document, act, Path(file).read_bytes()), output)
        return
    from analyzer.reports.jsonout import dumps, outline_json

    _emit(dumps(outline_json(document, act)), output)


@app.command()
def classify(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE.jsonl", help="Строки {id, text, context, act}; «-» — со стандартного ввода."
        ),
    ],
) -> None:
    """Разметить пункты требованиями: строки JSON на входе и на выходе."""
    import json

    from analyzer.matching.classify import classify_lines

    text = sys.stdin.read() if file == "-" else _read_text(file)
    for record in classify_lines(text, file):
        typer.echo(json.dumps(record, ensure_ascii=False))


@app.command()
def evaluate(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl", help="Размеченные пункты; папка — оценка на незнакомых авторах."
        ),
    ],
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Для папки: записать отчёт Markdown и quality.json рядом с моделью."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Папка другой модели: что найдено и потеряно по сравнению с ней."),
    ] = None,
) -> None:
    """Измерить качество на размеченных пунктах: найдено, всего, ложных по каждому требованию."""
    from analyzer.matching.corpus import read_corpus, read_labelled
    from analyzer.matching.evaluate import evaluate_file, quality_text
    from analyzer.matching.model import MODEL_DIR, load, shipped

    if path.is_dir():
        from analyzer.matching.folds import cross_author
        from analyzer.matching.quality_report import write_report

        folds = cross_author(read_corpus(path))
        typer.echo(quality_text(folds.quality))
        if report is not None:
            write_report(folds, shipped(), report, MODEL_DIR / "quality.json")
    elif against is not None:
        from analyzer.matching.folds import changes

        typer.echo("\n".join(changes(read_labelled(path), load(against), shipped())))
    else:
        typer.echo(evaluate_file(path))


@app.command()
def train(
    corpus: Annotated[Path, typer.Argument(help="Папка с размеченными пунктами *.jsonl.")] = Path(
        "corpus/clauses"
    ),
    output: Annotated[
        Path | None, typer.Option("--output", help="Куда записать модель; по умолчанию внутрь программы.")
    ] = None,
) -> None:
    """Обучить модель по корпусу размеченных пунктов."""
    from analyzer.law.load import checklist as load_checklist
    from analyzer.matching.corpus import read_corpus
    from analyzer.matching.model import MODEL_DIR
    from analyzer.matching.train import train as fit

    records = read_corpus(corpus)
    if not records:
        raise LnaError(
            "empty_corpus", f"в папке {corpus} нет размеченных пунктов", "укажите папку с файлами *.jsonl"
        )
    model = fit(records, load_checklist("pp-1678"))
    model.save(output or MODEL_DIR)
    typer.echo(
        f"Обучено на {len(records)} пунктах, требований: {len(model.ids)}. Модель: {output or MODEL_DIR}"
    )


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="Требование (13.в) или правило (REF001).")],
) -> None:
    """Объяснить требование или правило: норма, источник, что ищет проверка, как исправить."""
    from analyzer.reports.explain import explain_text

    typer.echo(explain_text(name))


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Порт на этом компьютере.")] = 8501,
    domain: Annotated[
        str,
        typer.Option(
            "--domain", metavar="ИМЯ", help="Имя сервера, если страницу раздаёт веб-сервер: lna.example.ru."
        ),
    ] = "",
) -> None:
    """Открыть страницу проверки в браузере: http://127.0.0.1."""
    from analyzer.ui.serve import run

    raise typer.Exit(run(port, domain))


class _Papers:
    """Writes the papers of ``--report`` act by act; does nothing without a folder."""

    def __init__(self, directory: Path | None, names: tuple[str, ...], *, masked: bool) -> None:
        self._directory = directory
        self._names = names
        self._masked = masked
        self._taken: set[str] = set()

    def write(self, file: Path, name: str, audit: Audit) -> None:
        if self._directory is None:
            return
        from analyzer.reading.archive import documents
        from analyzer.reports.bundle import write_papers
        from analyzer.reports.compose import report

        data = dict(documents(file)).get(name, b"")
        content = report(audit, _applied(self._names, audit), masked=self._masked)
        for path in write_papers(content, audit, data, self._directory, self._taken):
            print(f"lna: {name}: записано {path}", file=sys.stderr)


def _applied(names: tuple[str, ...], audit: Audit) -> tuple[str, ...]:
    """The checklists asked for, and behind them those that the audit took of itself."""
    from analyzer.law.load import checklist

    known = {checklist(name).id for name in names}
    return (*names, *(name for name, _ in audit.checklists if name not in known))


def _masked(audit: Audit) -> Audit:
    from analyzer.reports.mask import mask_names

    return mask_names(audit)


def _status(audit: Audit, fail_on: FailOn) -> int:
    weights = [finding.severity for finding in audit.findings]
    failed = fail_on.reached(weights.count("error"), weights.count("warning"))
    return EXIT_FINDINGS if failed else EXIT_CLEAN


def _levels(text: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in text.split(",") if part.strip())


def _read_text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LnaError("not_readable", "файл не читается", "проверьте путь и кодировку UTF-8") from error


def _say(name: str, error: LnaError) -> None:
    print(f"lna: {name}: {error}".replace("\n", " "), file=sys.stderr)


def _emit(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        sys.stdout.write(text + "\n")
        return
    try:
        output.write_text(text + "\n", encoding="utf-8", errors="replace")
    except OSError as error:
        raise LnaError("not_writable", f"не удалось записать {output}", "проверьте папку и права") from error


def main() -> None:
    """Runs ``lna``; an error is one line on stderr and exit status 2 (a traceback with ``LNA_DEBUG=1``)."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        # Windows consoles default to a legacy code page; the program speaks UTF-8 everywhere.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(standalone_mode=False)
        if status == EXIT_INTERRUPTED:  # Typer's own answer to Ctrl-C, without a word
            print("lna: прервано", file=sys.stderr)
        sys.exit(status)
    except TyperException as error:
        if error.message.startswith(in_russian("Usage:")):  # a group called without a command shows its help
            print(error.message, file=sys.stderr)
        else:
            _say("вызов", complaint(error))
        sys.exit(EXIT_WRONG)
    except Interrupted as stop:
        print(f"lna: прервано; {stop}", file=sys.stderr)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # «lna … | head»: nobody reads any more; Python's own complaint at the end would be a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_WRONG)
    except Exception as error:
        if os.environ.get("LNA_DEBUG"):
            raise
        fault = error if isinstance(error, LnaError) else internal(error)
        _say(next((word for word in sys.argv[2:] if not word.startswith("-")), "вызов"), fault)
        sys.exit(EXIT_WRONG)
