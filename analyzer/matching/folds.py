"""Quality on unseen authors: folds, reliability, abstention, learning curve, two models compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzer.matching.corpus import Labelled, requirement_ids
from analyzer.matching.decide import Labels, calibrate, choose_thresholds
from analyzer.matching.evaluate import Quality, measure, predict
from analyzer.matching.features import clause_features
from analyzer.matching.model import Floats, Model, probabilities, with_common
from analyzer.matching.train import Examples, author_folds, build_examples, build_space, fit, out_of_fold

_BINS = np.linspace(0.0, 1.0, 11)
_COVERAGES = (1.0, 0.98, 0.95, 0.9, 0.85, 0.8)
_CURVE = (500, 1000, 2000, 3000, 4500, 6000)
_SEED = 1678


@dataclass(frozen=True, slots=True)
class Bin:
    """Clauses × requirements whose probability lies in one tenth.

    Attributes:
        low: Lower end, 0 to 1.
        count: How many.
        expected: Mean probability.
        observed: Share that truly covers or touches the requirement.
    """

    low: float
    count: int
    expected: float
    observed: float


@dataclass(frozen=True, slots=True)
class Folds:
    """What folds grouped by author tell.

    Attributes:
        quality: Over all clauses, each judged by a model that never saw its author.
        by_author: The same for each author alone.
        reliability: Calibration in tenths.
        abstention: Pairs of share of clauses decided, the least certain left to a person, and micro-F1.
        curve: Pairs of number of training clauses and macro-F1 on unseen authors.
        confusions: Requirement missed («none» where there is none), requirement found instead, how often.
    """

    quality: Quality
    by_author: tuple[tuple[str, Quality], ...]
    reliability: tuple[Bin, ...]
    abstention: tuple[tuple[float, float], ...]
    curve: tuple[tuple[int, float], ...]
    confusions: tuple[tuple[str, str, int], ...]


def cross_author(records: Sequence[Labelled]) -> Folds:
    """Trains and measures on folds grouped by author; about a minute for 8,000 clauses."""
    ids = requirement_ids(records)
    clauses = [clause_features(record.text, record.context) for record in records]
    examples = build_examples(build_space(clauses), clauses, records, ids)
    authors = [record.author for record in records]
    margins = out_of_fold(examples, authors)
    probability = probabilities(margins, *calibrate(margins, examples.labels))
    thresholds = choose_thresholds(probability, examples.labels)
    found = _found(probability, thresholds, ids)
    chosen = {
        author: [i for i, name in enumerate(authors) if name == author] for author in sorted(set(authors))
    }
    by_author = tuple(
        (author, measure([records[i] for i in rows], [found[i] for i in rows]))
        for author, rows in chosen.items()
    )
    return Folds(
        measure(records, found),
        tuple(by_author),
        _reliability(probability, examples.labels),
        _abstention(probability, thresholds, records, found),
        _learning_curve(examples, records, ids),
        _confusions(records, found),
    )


def changes(records: Sequence[Labelled], before: Model, after: Model) -> list[str]:
    """Gains and losses of one model against another, clause by clause, with the texts.

    Returns:
        A summary line («+12 найдено, −3 потеряно …») and a line for each change.
    """
    lines: list[str] = []
    counts = {"+": 0, "-": 0, "ложных меньше": 0, "ложных больше": 0}
    for record, old, new in zip(records, predict(records, before), predict(records, after), strict=True):
        for name in sorted(old ^ new):
            right, gained = name in record.full, name in new
            if name in record.partial:
                continue
            kind = ("+" if gained else "-") if right else ("ложных больше" if gained else "ложных меньше")
            counts[kind] += 1
            lines.append(f"{kind:14} {name:6} {record.id}: {record.text[:140]}")
    less, more = counts["ложных меньше"], counts["ложных больше"]
    summary = f"+{counts['+']} найдено, −{counts['-']} потеряно; ложных: −{less}, +{more}"
    return [summary, *lines]


def _found(probability: Floats, thresholds: Floats, ids: Sequence[str]) -> list[frozenset[str]]:
    hits = probability >= thresholds
    return [frozenset(name for name, hit in zip(ids, row, strict=True) if hit) for row in hits]


def _reliability(probability: Floats, labels: Labels) -> tuple[Bin, ...]:
    counted = ~labels.partial
    values, truth = probability[counted], labels.touched[counted]
    which = np.clip(np.digitize(values, _BINS) - 1, 0, len(_BINS) - 2)
    bins = []
    for number in range(len(_BINS) - 1):
        inside = which == number
        if inside.any():
            bins.append(
                Bin(
                    float(_BINS[number]),
                    int(inside.sum()),
                    float(values[inside].mean()),
                    float(truth[inside].mean()),
                )
            )
    return tuple(bins)


def _abstention(
    probability: Floats, thresholds: Floats, records: Sequence[Labelled], found: Sequence[frozenset[str]]
) -> tuple[tuple[float, float], ...]:
    """Micro-F1 on the clauses decided, when those nearest to a threshold are left to a person."""
    certainty = np.abs(probability - thresholds).min(axis=1)
    order = np.argsort(-certainty, kind="stable")
    result = []
    for share in _COVERAGES:
        rows = [int(row) for row in order[: int(len(order) * share)]]
        micro = measure([records[i] for i in rows], [found[i] for i in rows]).micro
        result.append((share, micro.f1))
    return tuple(result)


def _confusions(
    records: Sequence[Labelled], found: Sequence[frozenset[str]]
) -> tuple[tuple[str, str, int], ...]:
    """What is taken for what, commonest first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for record, got in zip(records, found, strict=True):
        missed = record.full - got or ({"none"} if not record.touched else set())
        pairs.update((true, wrong) for true in missed for wrong in got - record.touched)
    return tuple((true, wrong, count) for (true, wrong), count in pairs.most_common(40))


def _learning_curve(
    examples: Examples, records: Sequence[Labelled], ids: Sequence[str]
) -> tuple[tuple[int, float], ...]:
    """Macro-F1 on the authors of one fold after training on so many clauses of the others."""
    folds = author_folds([record.author for record in records])
    held, rows = np.flatnonzero(folds == 0), np.flatnonzero(folds != 0)
    shuffled: NDArray[np.int64] = np.random.default_rng(_SEED).permutation(rows)
    result = []
    for size in [*(size for size in _CURVE if size < len(rows)), len(rows)]:
        chosen = np.sort(shuffled[:size])
        coefficients, bias = fit(examples, chosen)
        scores = examples.kernel[np.ix_(held, chosen)] @ coefficients[chosen] + bias
        margins = with_common(scores.astype(np.float32))
        labels = examples.labels.subset(held)
        probability = probabilities(margins, *calibrate(margins, labels))
        found = _found(probability, choose_thresholds(probability, labels), ids)
        result.append((size, measure([records[int(i)] for i in held], found).macro_f1))
    return tuple(result)
