"""Labelled clauses: the training corpus and evaluation files, read and checked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import DataError


@dataclass(frozen=True, slots=True)
class Labelled:
    """A clause with what it covers.

    Attributes:
        id: Name of the record.
        text: The clause.
        context: Section heading or lead-in of the parent clause.
        act: Title of its act.
        full: Requirements that it covers.
        partial: Requirements that it only touches.
        author: Who wrote it; folds are grouped by it.
        restated: It repeats the norm and decides nothing.
        contradicts: Requirements that it turns round.
        style: formal, plain, table, …; "" when unknown.
    """

    id: str
    text: str
    context: str
    act: str
    full: frozenset[str]
    partial: frozenset[str]
    author: str = ""
    restated: bool = False
    contradicts: frozenset[str] = frozenset()
    style: str = ""

    @property
    def touched(self) -> frozenset[str]:
        """Requirements that it covers or touches."""
        return self.full | self.partial


def read_labelled(path: Path) -> list[Labelled]:
    """Labelled clauses of a JSON-lines file.

    Raises:
        DataError: A line is no object with ``text`` and ``labels``; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            "bad_corpus", f"файл {path.name} не читается", "проверьте путь и кодировку UTF-8"
        ) from error
    return [_record(path.name, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _record(name: str, number: int, line: str) -> Labelled:
    try:
        raw = json.loads(line)
        labels = [str(label) for label in raw["labels"] if label != "none"]
        return Labelled(
            id=str(raw.get("id", number)),
            text=str(raw["text"]),
            context=str(raw.get("context") or ""),
            act=str(raw.get("act") or ""),
            full=frozenset(label for label in labels if not label.endswith("~")),
            partial=frozenset(label[:-1] for label in labels if label.endswith("~")),
            author=str(raw.get("author") or ""),
            restated=bool(raw.get("restated")),
            contradicts=frozenset(raw.get("contradicts") or ()),
            style=str(raw.get("style") or ""),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            "bad_corpus",
            f"{name}, строка {number}: не размеченный пункт",
            "нужен объект JSON с полями text и labels",
        ) from error


def read_corpus(directory: Path) -> list[Labelled]:
    """Every ``*.jsonl`` of a directory, in order of names, so that training is reproducible."""
    return [record for path in sorted(directory.glob("*.jsonl")) for record in read_labelled(path)]


def requirement_ids(records: Iterable[Labelled]) -> tuple[str, ...]:
    """Ids that occur, sorted."""
    return tuple(sorted({label for record in records for label in record.touched}))
