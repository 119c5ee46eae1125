"""Typer in Russian: its help, and its complaints about a wrong call as one line with advice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from analyzer.errors import LnaError

# Typer breaks lines between any two words, so every blank of a phrase is «\s+».
_HELP = {
    "Usage:": "Использование:",
    "[OPTIONS]": "[ПАРАМЕТРЫ]",
    "COMMAND [ARGS]...": "КОМАНДА [АРГУМЕНТЫ]...",
    "Options:": "Параметры:",
    "Arguments:": "Аргументы:",
    "Commands:": "Команды:",
    "Show this message and exit.": "Показать эту справку.",
    "[default: ": "[по умолчанию: ",
    "[required]": "[обязательно]",
}
_RANGES = {r"\b(\S+)<=x<=(\S+)(?=\])": r"от \1 до \2", r"\bx>=(\S+)(?=\])": r"не меньше \1"}
_TYPES = re.compile(r" <(?:list\[)?(?:str|path|int|float|%)[^>\n]*>")
_CALLS = {
    r"No such command '(.+?)'": "команды «{}» нет",
    r"No such option:? '?(--?[^ .']+)": "параметра «{}» нет",
    r"Missing command": "не указана команда",
    r"Missing \w+ '(.+?)'": "не указано: {}",
    r"Invalid value for '(.+?)': .*?'(.*?)' is not one of (.+?)\.?$": (
        "у параметра «{}» неверное значение «{}», возможны: {}"
    ),
    r"Invalid value for '(.+?)': .*?'(.*?)' does not match": (
        "у параметра «{}» неверная дата «{}», нужна в виде ГГГГ-ММ-ДД"
    ),
    r"Invalid value for '(.+?)'": "неверное значение у «{}»",
    r"Option '(.+?)' requires an argument": "у параметра «{}» нет значения",
    r"unexpected extra argument\S* \((.+?)\)": "лишнее: {}",
}

DATES = ["%Y-%m-%d"]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=DATES, help="На какую дату смотреть право; по умолчанию сегодня."),
]
ChecklistOption = Annotated[
    list[str] | None, typer.Option("--checklist", help="Чек-лист: имя или путь; можно повторять.")
]
EXIT_CLEAN, EXIT_FINDINGS, EXIT_WRONG = 0, 1, 2
EXIT_INTERRUPTED = 130  # as shells say it


class Interrupted(Exception):  # noqa: N818  it is no error
    """Ctrl-C during a command that has something to say about it: what is kept, in Russian."""


class Format(StrEnum):
    """Formats of an audit on stdout."""

    text = "text"
    json = "json"
    sarif = "sarif"
    html = "html"


class OutlineFormat(StrEnum):
    """Formats of an outline."""

    json = "json"
    html = "html"


class OcrMode(StrEnum):
    """Which pages are recognised from their pictures."""

    auto = "auto"
    never = "never"
    always = "always"


class FailOn(StrEnum):
    """The least severity that makes the exit status 1."""

    error = "error"
    warning = "warning"
    never = "never"

    def reached(self, errors: int, warnings: int) -> bool:
        """Whether findings are heavy enough.

        Args:
            errors: Number of errors.
            warnings: Number of warnings.
        """
        return self is not FailOn.never and bool(errors or (warnings and self is FailOn.warning))


def in_russian(text: str) -> str:
    """The help of a command with Typer's own words in Russian."""
    for english, russian in _HELP.items():
        text = re.sub(r"\s+".join(map(re.escape, english.split())), russian.rstrip(), text)
    for english, russian in _RANGES.items():
        text = re.sub(english, russian, text)
    return _TYPES.sub(lambda found: " " * len(found[0]), text)


def complaint(error: TyperException) -> LnaError:
    """What is wrong with a call."""
    said = " ".join(error.format_message().split())
    for pattern, russian in _CALLS.items():
        if match := re.search(pattern, said):
            return LnaError("bad_call", russian.format(*match.groups()), "посмотрите lna --help")
    return LnaError("bad_call", "неверный вызов", "посмотрите lna --help")


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return in_russian(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return in_russian(super().get_help(ctx))


class RussianTyper(typer.Typer):
    """A Typer application whose help is Russian throughout."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=_Group, no_args_is_help=True, rich_markup_mode=None, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Registers a command, as Typer does."""
        return super().command(name, cls=_Command, **options)

    def add_typer(self, typer_instance: typer.Typer, **options: Any) -> None:
        """Adds a group of commands, whatever class it was made with."""
        for command in typer_instance.registered_commands:
            command.cls = _Command
        super().add_typer(typer_instance, cls=_Group, **options)
