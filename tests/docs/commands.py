"""The reference of the command line, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from markdown import table
from typer.core import TyperArgument, TyperGroup

from analyzer.cli import app
from analyzer.cli_words import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_WRONG, in_russian

Path = tuple[str, ...]

# Calls worth copying; a test parses each of them, and one asks that every command has some.
EXAMPLES: dict[Path, list[tuple[str, str]]] = {
    ("audit",): [
        ("lna audit положение.pdf", "что урегулировано, что нет, какие ссылки устарели"),
        ("lna audit положение.docx --report отчёт", "справка DOCX, таблица XLSX и сам акт с замечаниями в папке «отчёт»"),
        ("lna audit *.docx --format json --output итог.json --fail-on never", "для других программ"),
        ("lna audit акт.pdf --as-of 2024-08-31 --level ноо,ооо", "по праву на дату, для школы без старших классов"),
        ("lna audit акт.pdf --checklist pp-1678 --checklist local-act", "по двум чек-листам"),
        ("lna audit скан.pdf --ocr always --mask-names", "распознать все страницы, имена людей скрыть"),
    ],
    ("district",): [
        ("lna district район --out итоги", "вложенная папка — школа; та же команда продолжает прерванное"),
        ("lna district акты.zip --out итоги --jobs 4 --no-letters", "четыре процесса, без писем школам"),
        ("lna district район --out итоги --store-texts --deadline 2027-02-01", "с текстами для lna recheck и сроком исправления"),
    ],
    ("recheck",): [
        ("lna recheck итоги/journal.sqlite --as-of 2027-09-01", "у кого изменится итог, когда изменится право"),
    ],
    ("outline",): [
        ("lna outline положение.docx", "реквизиты и дерево пунктов, JSON"),
        ("lna outline положение.pdf --format html --output дерево.html", "дерево рядом со страницами"),
    ],
    ("classify",): [("lna classify пункты.jsonl", "требования каждого пункта"), ("lna classify -", "строки со стандартного ввода")],
    ("evaluate",): [
        ("lna evaluate размеченные.jsonl", "найдено, всего, ложных по каждому требованию"),
        ("lna evaluate corpus/clauses --report corpus/QUALITY.md", "на авторах, которых модель не видела; пишет отчёт"),
        ("lna evaluate размеченные.jsonl --against прежняя-модель", "что найдено и потеряно по сравнению с другой моделью"),
    ],
    ("train",): [("lna train corpus/clauses --output новая-модель", "обучить и записать в папку, не трогая модель программы")],
    ("explain",): [("lna explain 13.в", "требование"), ("lna explain REF001", "правило")],
    ("serve",): [("lna serve --port 8600", "страница на http://127.0.0.1:8600")],
    ("checklist", "list"): [("lna checklist list", "чек-листы программы")],
    ("checklist", "show"): [("lna checklist show local-act", "требования одного из них")],
    ("checklist", "validate"): [("lna checklist validate сайт.yaml", "ошибка называет файл, строку и поле")],
    ("acts", "find"): [('lna acts find "приказ 816"', "по номеру, дате или словам")],
    ("acts", "show"): [("lna acts show order-816-2017 --as-of 2024-08-31", "реквизиты, судьба на дату, источники")],
    ("acts", "check"): [("lna acts check положение.docx", "таблица ссылок документа")],
    ("journal", "list"): [
        ("lna journal list итоги/journal.sqlite", "прогоны"),
        ("lna journal list итоги/journal.sqlite --run last --status open --overdue", "у кого истёк срок"),
    ],
    ("journal", "show"): [("lna journal show итоги/journal.sqlite 17", "запись 17, JSON")],
    ("journal", "export"): [("lna journal export итоги/journal.sqlite", "строка JSON на файл")],
    ("journal", "decide"): [
        ('lna journal decide итоги/journal.sqlite 17 --decision mended --author "Иванова И. И."', "акт исправлен"),
    ],
    ("journal", "purge"): [("lna journal purge итоги/journal.sqlite --older-than 365", "уничтожить записи старше года")],
}  # fmt: skip


def root() -> TyperGroup:
    """``lna`` as Typer built it."""
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    return command


def commands(group: Any = None, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every command that does something, with its words."""
    group = group or root()
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        elif not command.hidden:
            yield (*path, name), command


def cli_page() -> str:
    """The whole reference."""
    found = list(commands())
    names = [f"[`lna {' '.join(path)}`](#{anchor(path)})" for path, _ in found]
    judging = ", ".join(
        f"`lna {' '.join(path)}`" for path, command in found if "--fail-on" in _options(command)
    )
    parts = [
        "# Команды",
        f"{root().help} Ошибка — одна строка: что не так и что делать. У каждой команды есть `--help`.",
        table(("команда", "что делает"), [(name, command.help or "") for name, (_, command) in zip(names, found, strict=True)]),
        "## Коды возврата",
        table(
            ("код", "когда"),
            (
                (str(EXIT_CLEAN), "сделано, и находок тяжести `--fail-on` нет"),
                (str(EXIT_FINDINGS), f"находки тяжести `--fail-on` есть: {judging}"),
                (str(EXIT_WRONG), "вызов неверен или файл не читается; остальные файлы всё равно проверены"),
                (str(EXIT_INTERRUPTED), "прервано с клавиатуры; сделанное командой `lna district` сохранено"),
            ),
        ),
        *(part for path, command in found for part in _command(path, command)),
    ]  # fmt: skip
    return "\n\n".join(parts)


def _options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


def anchor(path: Path) -> str:
    """Anchor of a command's section, as GitHub makes it from the heading."""
    return "-".join(("lna", *path))


def _command(path: Path, command: Any) -> Iterator[str]:
    yield f"## lna {' '.join(path)}"
    yield command.help
    context = command.context_class(command, info_name=f"lna {' '.join(path)}")
    arguments = [parameter for parameter in command.params if isinstance(parameter, TyperArgument)]
    options = [
        parameter for parameter in command.params if parameter not in arguments and not parameter.hidden
    ]
    usage = " ".join(_usage(argument) for argument in arguments)
    yield f"```text\nlna {' '.join(path)}{' [ПАРАМЕТРЫ]' if options else ''}{' ' + usage if usage else ''}\n```"
    for head, parameters in (("аргумент", arguments), ("параметр", options)):
        if parameters:
            yield table((head, "смысл"), (_row(parameter, context) for parameter in parameters))
    yield (
        "```console\n" + "\n".join(f"$ {call}   # {what}" for call, what in EXAMPLES.get(path, ())) + "\n```"
    )


def _usage(argument: Any) -> str:
    return shown(argument) if argument.required else f"[{shown(argument)}]"


def shown(argument: Any) -> str:
    """Name of an argument in the usage line."""
    return argument.metavar or argument.name.upper()


def _row(parameter: Any, context: Any) -> tuple[str, str]:
    """A parameter as ``--help`` prints it, its default and whether it is required included."""
    name, words = parameter.get_help_record(context)
    name = shown(parameter) if isinstance(parameter, TyperArgument) else in_russian(name).strip()
    cells = (f"`{name}`", " ".join(in_russian(words).split()))
    return cells[0].replace("|", "\\|"), cells[1].replace("|", "\\|")
