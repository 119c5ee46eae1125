"""The law as data, loaded: checklists, the registry of acts, services. Errors name file, line and field."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from analyzer.errors import DataError
from analyzer.law.checklist import Checklist
from analyzer.law.citation_tables import CitationTables
from analyzer.law.ignore import IgnoreList
from analyzer.law.indicators import Indicators
from analyzer.law.messages import in_russian
from analyzer.law.registry import Registry
from analyzer.law.rules import Rules
from analyzer.law.services import Services
from analyzer.law.terms import Terms
from analyzer.law.words import Words
from analyzer.law.yaml_file import YamlFile, read_yaml

_Model = TypeVar("_Model", bound=BaseModel)
_NAME = re.compile(r"[a-z0-9][a-z0-9\-]{1,40}")
_ADVICE = "исправьте файл; формат объяснён в checklists/README.md"


def data_dir() -> Path:
    """Directory of the shipped YAML files: inside the wheel, or the checkout's ``checklists``."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_data" / "checklists"
    return shipped if shipped.is_dir() else package.parent / "checklists"


def checklist_names() -> tuple[str, ...]:
    """Names of the shipped checklists, in alphabetical order."""
    return tuple(
        path.stem
        for path in sorted(data_dir().glob("*.yaml"))
        if re.search(r"^requirements:", path.read_text("utf-8", "replace"), re.MULTILINE)
    )


def checklist(name_or_path: str | Path) -> Checklist:
    """The checklist of that name, or in that file.

    Raises:
        DataError: There is none, or the file is wrong.
    """
    path = _checklist_path(name_or_path)
    stamp = path.stat() if path.is_file() else None
    return _checklist(path, (stamp.st_mtime_ns, stamp.st_size) if stamp else (0, 0))


def ignore_list(path: Path) -> IgnoreList:
    """What a person has decided to leave out.

    Raises:
        DataError: The file is absent or wrong.
    """
    return _checked(path, IgnoreList)


def checklist_problems(path: Path) -> tuple[str, ...]:
    """Everything that is wrong with a checklist file, a line of text each; empty when it is right."""
    try:
        _checked(path, Checklist)
    except _InvalidError as error:
        return error.problems
    except DataError as error:
        return (error.message,)
    return ()


@cache
def registry() -> Registry:
    """The registry of normative acts."""
    return _checked(data_dir() / "acts.yaml", Registry)


@cache
def services() -> Services:
    """Messengers, services and the rules about them."""
    return _checked(data_dir() / "services.yaml", Services)


@cache
def words() -> Words:
    """Word lists of the subject."""
    return _checked(data_dir() / "words.yaml", Words)


@cache
def rules() -> Rules:
    """The catalogue of rules."""
    return _checked(data_dir() / "rules.yaml", Rules)


@cache
def terms() -> Terms:
    """Vocabulary of law that no longer stands."""
    return _checked(data_dir() / "terms.yaml", Terms)


@cache
def citation_tables() -> CitationTables:
    """Words by which acts refer to acts."""
    return _checked(data_dir() / "citations.yaml", CitationTables)


@cache
def indicators() -> Indicators:
    """Indicators of the digital environment."""
    return _checked(data_dir() / "indicators.yaml", Indicators)


class _InvalidError(DataError):
    """A file that is YAML but not the model: keeps every problem, prints the first."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        more = f" (и ещё ошибок: {len(problems) - 1})" if len(problems) > 1 else ""
        super().__init__("data", problems[0] + more, _ADVICE)
        self.problems = problems


def _checklist_path(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and _NAME.fullmatch(name_or_path):
        shipped = data_dir() / f"{name_or_path}.yaml"
        if shipped.is_file():
            return shipped
        if not path.is_file():
            known = ", ".join(checklist_names())
            raise DataError(
                "checklist_unknown",
                f"чек-листа «{name_or_path}» нет",
                f"есть: {known}; или укажите путь к своему файлу .yaml",
            )
    return path.resolve()


@cache
def _checklist(path: Path, _stamp: tuple[int, int]) -> Checklist:
    # The stamp is part of the key only: an edited file must be read again by a running web interface.
    return _checked(path, Checklist)


def _checked(path: Path, model: type[_Model]) -> _Model:
    file = read_yaml(path)
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        raise _InvalidError(_problems(file, error)) from error


def place(file: YamlFile, location: tuple[int | str, ...]) -> str:
    """Where in a file a problem lies: ``pp-1678.yaml, строка 40, поле requirements[2].norm (5.а)``."""
    field = _field(location)
    where = f"поле {field}{_entry(file.data, location)}" if field else "файл целиком"
    return f"{file.path.name}, строка {file.line(location)}, {where}"


def _problems(file: YamlFile, error: ValidationError) -> tuple[str, ...]:
    details = error.errors(include_url=False)
    return tuple(f"{place(file, detail['loc'])}: {in_russian(detail)}" for detail in details)


def _entry(data: Any, location: tuple[int | str, ...]) -> str:
    """`` (13.в)``: the id of the entry that ``location`` lies in, when it has one."""
    if len(location) < 2 or not isinstance(data, dict):
        return ""
    try:
        entry = data[location[0]][location[1]]
    except (KeyError, IndexError, TypeError):
        return ""
    return f" ({entry['id']})" if isinstance(entry, dict) and "id" in entry else ""


def _field(location: tuple[int | str, ...]) -> str:
    """``requirements[3].aspects[0].name``: counted from 1, as a person counts."""
    written = ""
    for step in location:
        written += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return written.lstrip(".")
