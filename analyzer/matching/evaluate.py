"""Quality on labelled clauses: found, total, false by requirement; macro and micro, with intervals.

A requirement that a clause only touches (label with ``~``) is neutral: finding it is neither right nor wrong.
Macro figures are over the requirements that occur in the labels; clauses that cover nothing count through
what is falsely found on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyzer.errors import DataError
from analyzer.matching.corpus import Labelled, read_labelled
from analyzer.matching.features import clause_features
from analyzer.matching.model import Model, shipped
from analyzer.matching.score import Score

_SEED = 20240901
_RESAMPLES = 2000
_BATCH = 256
_FEWEST_GROUPS = 5  # fewer acts or authors tell nothing about the spread between them

Counts = NDArray[np.int64]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quality:
    """The whole measurement.

    Attributes:
        clauses: Number of clauses.
        scores: One a requirement that was labelled or found, in the order of their numbers.
        micro: The sum.
        macro_precision: Mean over the requirements that occur in the labels.
        macro_recall: The same.
        macro_f1: The same.
        empty: Clauses that cover nothing.
        clean: Those of them on which nothing was found.
        units: What the intervals were drawn from: ``act``, ``author`` or ``clause``.
        groups: Number of such units.
        macro_f1_interval: Bootstrap interval of 95 %.
        micro_precision_interval: The same.
        micro_recall_interval: The same.
    """

    clauses: int
    scores: tuple[Score, ...]
    micro: Score
    macro_precision: float
    macro_recall: float
    macro_f1: float
    empty: int
    clean: int
    units: str
    groups: int
    macro_f1_interval: Interval
    micro_precision_interval: Interval
    micro_recall_interval: Interval


def evaluate_file(path: Path) -> str:
    """The shipped model measured on a file of labelled clauses, as a Russian table.

    Raises:
        DataError: The file is no such file, or is empty.
    """
    records = read_labelled(path)
    if not records:
        raise DataError("empty_corpus", f"в файле {path.name} нет размеченных пунктов", "укажите другой файл")
    return quality_text(evaluate(records, shipped()))


def evaluate(records: Sequence[Labelled], model: Model) -> Quality:
    """Measures a model on labelled clauses at its own thresholds."""
    return measure(records, predict(records, model))


def predict(records: Sequence[Labelled], model: Model) -> list[frozenset[str]]:
    """Requirements that the model finds on each clause, as ``lna classify`` does."""
    found: list[frozenset[str]] = []
    for start in range(0, len(records), _BATCH):
        batch = [clause_features(record.text, record.context) for record in records[start : start + _BATCH]]
        hits = model.probabilities(model.margins(model.space.rows(batch))) >= model.thresholds
        found += (frozenset(name for name, hit in zip(model.ids, row, strict=True) if hit) for row in hits)
    return found


def measure(records: Sequence[Labelled], found: Sequence[frozenset[str]]) -> Quality:
    """Compares what was found on each clause with its labels."""
    seen = {name for record, got in zip(records, found, strict=True) for name in record.full | got}
    ids = sorted(seen, key=_printed_order)
    right, total, false = _counts(records, found, ids)
    scores = tuple(
        Score(name, int(r), int(t), int(f))
        for name, r, t, f in zip(ids, right.sum(0), total.sum(0), false.sum(0), strict=True)
    )
    labelled = [score for score in scores if score.total]
    empty = [not record.touched for record in records]
    units, groups = _groups(records)
    intervals = _bootstrap(*(_grouped(counts, groups) for counts in (right, total, false)))
    return Quality(
        len(records),
        scores,
        Score("", int(right.sum()), int(total.sum()), int(false.sum())),
        _mean([score.precision for score in labelled]),
        _mean([score.recall for score in labelled]),
        _mean([score.f1 for score in labelled]),
        sum(empty),
        sum(nothing and not got for nothing, got in zip(empty, found, strict=True)),
        units,
        len(set(groups)),
        *intervals,
    )


def _printed_order(requirement: str) -> list[tuple[int, str]]:
    """«5.а» stands before «11.1», as in the act of the state."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in requirement.split(".")]


def _counts(
    records: Sequence[Labelled], found: Sequence[frozenset[str]], ids: Sequence[str]
) -> tuple[Counts, Counts, Counts]:
    """Right, total and false, each of shape (clauses, requirements)."""
    got = _table(found, ids)
    full = _table([record.full for record in records], ids)
    weak = _table([record.partial for record in records], ids)
    return got & full, full, got & (1 - full) & (1 - weak)


def _table(sets: Sequence[frozenset[str]], ids: Sequence[str]) -> Counts:
    rows = [[name in names for name in ids] for names in sets]
    return np.array(rows, dtype=np.int64).reshape(len(sets), len(ids))


def _groups(records: Sequence[Labelled]) -> tuple[str, list[int]]:
    """Units that are drawn together, since clauses of one act or author resemble each other."""
    acts = [(record.author, record.act) for record in records]
    authors = [record.author for record in records]
    if all(act for _, act in acts) and len(set(acts)) >= _FEWEST_GROUPS:
        return "act", _numbered(acts)
    if all(authors) and len(set(authors)) >= _FEWEST_GROUPS:
        return "author", _numbered(authors)
    return "clause", list(range(len(records)))


def _numbered(keys: Sequence[object]) -> list[int]:
    order = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return [order[key] for key in keys]


def _grouped(counts: Counts, groups: Sequence[int]) -> Counts:
    """Sums of the counts over each group, shape (groups, requirements)."""
    result = np.zeros((max(groups, default=-1) + 1, counts.shape[1]), dtype=np.int64)
    np.add.at(result, np.asarray(groups, dtype=np.int64), counts)
    return result


def _bootstrap(right: Counts, total: Counts, false: Counts) -> tuple[Interval, Interval, Interval]:
    """Intervals of macro-F1, micro precision and micro recall over groups drawn with replacement."""
    if not len(right):
        return (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)
    random = np.random.default_rng(_SEED)
    drawn = random.multinomial(len(right), np.full(len(right), 1 / len(right)), size=_RESAMPLES)
    found, there, wrong = drawn @ right, drawn @ total, drawn @ false
    f1 = 2 * found / np.maximum(1, there + found + wrong)
    labelled = there > 0
    macro = (f1 * labelled).sum(1) / np.maximum(1, labelled.sum(1))
    precision = found.sum(1) / np.maximum(1, found.sum(1) + wrong.sum(1))
    recall = found.sum(1) / np.maximum(1, there.sum(1))
    return _interval(macro), _interval(precision), _interval(recall)


def _interval(values: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


_UNITS = {"act": "по актам", "author": "по авторам", "clause": "по пунктам"}
_ROW = "{:<8} {:>7} {:>7} {:>7} {:>9} {:>9} {:>9}"


def quality_text(quality: Quality) -> str:
    """The measurement as a Russian table; requirements that the labels do not have get no figures."""
    lines = [_ROW.format("", "найдено", "всего", "ложных", "точность", "полнота", "F1")]
    for score in quality.scores:
        figures = (score.precision, score.recall, score.f1) if score.total else ("—", "—", "—")
        lines.append(_row(score.id, score, *figures))
    micro = quality.micro
    lines.append(_row("микро", micro, micro.precision, micro.recall, micro.f1))
    macro = map(printed, (quality.macro_precision, quality.macro_recall, quality.macro_f1))
    lines.append(_ROW.format("макро", "", "", "", *macro))
    labelled = sum(score.total > 0 for score in quality.scores)
    lines += [
        "",
        f"Пунктов: {quality.clauses}; требований в разметке: {labelled}.",
        f"Пункты, которые ничего не урегулируют: чистыми остались {quality.clean} из {quality.empty}.",
        f"Границы 95 % (бутстреп {_UNITS[quality.units]}, {quality.groups}): "
        f"макро-F1 {span(quality.macro_f1_interval)}, "
        f"микро-точность {span(quality.micro_precision_interval)}, "
        f"микро-полнота {span(quality.micro_recall_interval)}.",
    ]
    return "\n".join(lines)


def _row(name: str, score: Score, *figures: float | str) -> str:
    return _ROW.format(name, score.found, score.total, score.false, *map(printed, figures))


def printed(figure: float | str) -> str:
    """A figure with three decimals and a comma; words as they are."""
    return figure if isinstance(figure, str) else f"{figure:.3f}".replace(".", ",")


def span(interval: Interval) -> str:
    """Both ends of an interval."""
    return "–".join(map(printed, interval))
