"""Is a checklist file in order? Its shape, and what it cannot tell: patterns, acts and rules named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analyzer.errors import DataError
from analyzer.language.patterns import compile_pattern
from analyzer.law.load import checklist_problems, place, registry, rules
from analyzer.law.yaml_file import YamlFile, read_yaml

Location = tuple[int | str, ...]
_PATTERN_FIELDS = frozenset({"patterns", "any", "unless", "unmet", "vocabulary"})


def problems(path: Path) -> tuple[str, ...]:
    """Everything that is wrong with a checklist file, a line of text each; empty when it is right."""
    found = checklist_problems(path)
    if found:
        return found
    file = read_yaml(path)
    return tuple(f"{place(file, location)}: {message}" for location, message in _wrong(file))


def _wrong(file: YamlFile) -> Iterator[tuple[Location, str]]:
    data = file.data
    if data.get("cite") and registry().get(data["act"]) is None:
        yield ("act",), f"акта {data['act']} нет в acts.yaml: ссылку на него нельзя проверить"
    for location, pattern in _patterns(data):
        message = _pattern_problem(pattern)
        if message is not None:
            yield location, message
    for index, requirement in enumerate(data["requirements"]):
        for number, rule in enumerate(requirement.get("contradicted_by", [])):
            if rules().get(str(rule).partition("/")[0]) is None:
                yield ("requirements", index, "contradicted_by", number), f"правила {rule} нет"


def _patterns(data: dict[str, Any]) -> Iterator[tuple[Location, str]]:
    """Every pattern of the file with its place."""
    subject = data["subject"]
    # Only the subject's title is made of patterns: those of the checklist and of requirements are plain text.
    for number, pattern in enumerate(subject["title"]):
        yield ("subject", "title", number), pattern
    yield from _below(subject, ("subject",))
    for index, requirement in enumerate(data["requirements"]):
        yield from _below(requirement, ("requirements", index))


def _below(value: Any, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _PATTERN_FIELDS:
                yield from (((*location, key, number), pattern) for number, pattern in enumerate(inner))
            else:
                yield from _below(inner, (*location, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _below(inner, (*location, number))


def _pattern_problem(pattern: str) -> str | None:
    """What keeps a pattern from working as its author meant it."""
    try:
        compile_pattern(pattern)
    except DataError as error:
        return f"{error.message}; {error.advice}"
    for piece in pattern.split():
        if piece in {"...", "…", "&", "+"}:
            continue
        for option in piece.split("/"):
            if option in {"", "=", "*"}:
                return f"в образце «{pattern}» пустой вариант слова в «{piece}»"
            if "&" in option:
                return f"в образце «{pattern}» знак & пишется с пробелами с обеих сторон"
            if "*" in option[:-1]:
                return f"в образце «{pattern}» знак * ставится только в конце слова"
    return None
