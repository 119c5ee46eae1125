"""Clauses in, requirement ids out: what ``lna classify`` does with lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from analyzer.errors import DataError
from analyzer.matching.features import ClauseFeatures, clause_features
from analyzer.matching.model import Floats, Model, shipped

_BATCH = 256


def classify_lines(text: str, source: str) -> Iterator[dict[str, Any]]:
    """For each line ``{"id", "text", "context", "act"}`` a record of the requirements that the clause covers.

    Raises:
        DataError: A line is no such object; names the line.
    """
    model = shipped()
    records: list[tuple[Any, ClauseFeatures]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            clause, context = str(record["text"]), str(record.get("context") or "")
            name = record.get("id", number)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                "bad_line", f"{source}, строка {number}: не пункт", "нужен объект JSON с полями id и text"
            ) from error
        records.append((name, clause_features(clause, context)))
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        scores = model.probabilities(model.margins(model.space.rows([features for _, features in batch])))
        for (name, _), row in zip(batch, scores, strict=True):
            yield {"id": name, "labels": labels(model, row)}


def labels(model: Model, scores: Floats) -> list[dict[str, Any]]:
    """Requirements whose probability reaches the shipped threshold, best first."""
    found = [
        (float(score), name)
        for score, name, limit in zip(scores, model.ids, model.thresholds, strict=True)
        if score >= limit
    ]
    return [
        {"id": name, "score": round(score, 3)}
        for score, name in sorted(found, key=lambda pair: (-pair[0], pair[1]))
    ]
