"""Reading a YAML file that nobody has vouched for: limits first, objects later, line numbers kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from analyzer.errors import DataError

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ALIASES = 50
MAX_NODES = 100_000

# The C loader is ten times faster; wheels without libyaml have only the other.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's plain data, and the nodes that know its lines.

    Attributes:
        path: Where it came from.
        data: dicts, lists and scalars.
        root: Root node.
    """

    path: Path
    data: Any
    root: yaml.Node

    def line(self, location: tuple[int | str, ...]) -> int:
        """Line of the value at ``location``, or of the innermost thing around it that exists."""
        node, line = self.root, self.root.start_mark.line
        for step in location:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            else:
                break
        return int(line) + 1


def read_yaml(path: Path) -> YamlFile:
    """Read ``path`` within the limits.

    Raises:
        DataError: The file is absent, too large, not UTF-8, not YAML, or built to exhaust memory.
    """
    text = _text(path)
    loader = None
    try:
        _guard(path, text)
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise _error(path, 1, "файл пуст", "заполните его по образцу из checklists/README.md")
        _refuse_repeated_keys(path, root)
        return YamlFile(path, loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(
            path, mark.line + 1 if mark else 1, "это не YAML", "проверьте отступы, кавычки и двоеточия"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        # ValueError comes from impossible dates (2024-02-31), without a line.
        raise _error(path, 1, "недопустимый символ или невозможная дата", "исправьте файл") from error
    finally:
        if loader is not None:
            loader.dispose()


def _error(path: Path, line: int, message: str, advice: str) -> DataError:
    return DataError("data", f"{path.name}, строка {line}: {message}", advice)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError("data_absent", f"файл {path} не читается", "проверьте путь и права") from error
    if len(raw) > MAX_BYTES:
        raise DataError("data_limit", f"{path.name} больше 1 МБ", "разделите его на несколько файлов")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("data", f"{path.name} не в кодировке UTF-8", "сохраните его в UTF-8") from error


def _guard(path: Path, text: str) -> None:
    """Count events before anything is built: a bomb is cheap to parse and dear to construct."""
    depth = aliases = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        for count, limit, what in (
            (depth, MAX_DEPTH, "вложенность"),
            (aliases, MAX_ALIASES, "число ссылок *"),
            (nodes, MAX_NODES, "число значений"),
        ):
            if count > limit:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise _error(path, line, f"{what} больше {limit}", "упростите файл")


def _refuse_repeated_keys(path: Path, root: yaml.Node) -> None:
    """YAML lets the last of two equal keys win in silence; here the second is an error."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value in keys:
                    raise _error(
                        path, key.start_mark.line + 1, f"поле {key.value} записано дважды", "оставьте одно"
                    )
                keys.add(key.value)
                waiting.append(value)
