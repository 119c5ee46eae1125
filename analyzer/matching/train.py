"""Training: from labelled clauses to the shipped arrays, the same bits on every run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from analyzer.law.checklist import Checklist
from analyzer.matching.aspects import lacking
from analyzer.matching.corpus import Labelled, requirement_ids
from analyzer.matching.decide import Labels, calibrate, choose_thresholds
from analyzer.matching.features import ClauseFeatures, clause_features
from analyzer.matching.model import (
    Floats,
    Model,
    Space,
    Strength,
    likeness,
    pair_features,
    probabilities,
    with_common,
)

_MIN_DOCUMENTS = {"w": 2, "c": 3, "h": 2}
_C = 10.0
_PARTIAL_WEIGHT = 0.5  # a clause that only touches a requirement speaks of it, but less clearly
_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled clauses in a feature space.

    Attributes:
        sparse: Shape (clauses, features).
        dense: Shape (clauses, 600).
        kernel: Likeness of every two clauses, shape (clauses, clauses).
        labels: What they are labelled with.
    """

    sparse: sp.csr_matrix
    dense: Floats
    kernel: NDArray[np.float64]
    labels: Labels


def build_space(clauses: Sequence[ClauseFeatures]) -> Space:
    """The feature space of some clauses: names that occur often enough, with their IDF."""
    frequency = Counter(name for clause in clauses for name in clause.counts)
    names = tuple(
        sorted(
            name
            for name, count in frequency.items()
            if name[0] in _MIN_DOCUMENTS and count >= _MIN_DOCUMENTS[name[0]]
        )
    )
    idf = [np.log((1 + len(clauses)) / (1 + frequency[name])) + 1 for name in names]
    return Space(names, {name: index for index, name in enumerate(names)}, _stored(np.asarray(idf)))


def build_examples(
    space: Space, clauses: Sequence[ClauseFeatures], records: Sequence[Labelled], ids: Sequence[str]
) -> Examples:
    """Clauses in a feature space, as they will be stored: training and use see the same numbers."""
    sparse, dense = space.sparse(clauses), _stored(space.dense(clauses))
    sparse.data = _stored(sparse.data)
    # Rounded, so that the last bits of another machine's arithmetic do not change the model.
    kernel: NDArray[np.float64] = likeness(sparse, dense, sparse, dense).astype(np.float64)
    np.round(kernel, 5, out=kernel)
    touched = np.asarray([[label in record.touched for label in ids] for record in records], dtype=np.int8)
    partial = np.asarray([[label in record.partial for label in ids] for record in records], dtype=bool)
    return Examples(sparse, dense, kernel, Labels(touched, partial))


def train(records: Sequence[Labelled], checklist: Checklist) -> Model:
    """A model from labelled clauses: folds by author calibrate it and set thresholds, then all train it.

    Args:
        records: Labelled clauses.
        checklist: Checklist of the labels; its aspects help to tell full from partial.
    """
    ids = requirement_ids(records)
    clauses = [clause_features(record.text, record.context) for record in records]
    space = build_space(clauses)
    examples = build_examples(space, clauses, records, ids)
    margins = out_of_fold(examples, [record.author for record in records])
    slope, offset = calibrate(margins, examples.labels)
    thresholds = choose_thresholds(probabilities(margins, slope, offset), examples.labels)
    coefficients, bias = fit(examples, np.arange(len(records)))
    meta: dict[str, object] = {
        "clauses": len(records),
        "authors": sorted({record.author for record in records}),
        "corpus_sha256": _digest(records),
    }
    return Model(
        ids,
        space,
        examples.sparse,
        examples.dense,
        _stored(coefficients),
        bias,
        slope,
        offset,
        thresholds,
        _fit_strength(examples, margins, clauses, records, ids, checklist),
        meta,
    )


def out_of_fold(examples: Examples, authors: Sequence[str]) -> Floats:
    """Scores of each clause by a model that never saw its author, shape (clauses, requirements)."""
    folds = author_folds(authors)
    scores = np.zeros(
        (examples.labels.touched.shape[0], examples.labels.touched.shape[1] + 1), dtype=np.float32
    )
    for fold in range(_FOLDS):
        held, rows = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        if held.size:
            coefficients, bias = fit(examples, rows)
            scores[held] = examples.kernel[np.ix_(held, rows)] @ coefficients[rows] + bias
    return with_common(scores)


def author_folds(authors: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each clause: all clauses of an author stand in one."""
    place = {author: index % _FOLDS for index, author in enumerate(sorted(set(authors)))}
    return np.asarray([place[author] for author in authors])


def fit(examples: Examples, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """One support vector machine a requirement and one for «covers anything».

    Returns:
        Coefficients, shape (clauses, requirements + 1), and bias, shape (requirements + 1,).
    """
    kernel = np.ascontiguousarray(examples.kernel[np.ix_(rows, rows)])
    targets = np.hstack([examples.labels.touched, examples.labels.touched.any(axis=1, keepdims=True)]).astype(
        np.int8
    )
    count = targets.shape[1]
    coefficients = np.zeros((targets.shape[0], count), dtype=np.float32)
    bias = np.zeros(count, dtype=np.float32)

    def fit_one(column: int) -> None:
        weight = np.ones(len(rows))
        if column < examples.labels.partial.shape[1]:
            weight[examples.labels.partial[rows, column]] = _PARTIAL_WEIGHT
        machine = SVC(kernel="precomputed", C=_C, cache_size=300).fit(
            kernel, targets[rows, column], sample_weight=weight
        )
        coefficients[rows[machine.support_], column] = machine.dual_coef_[0]
        bias[column] = machine.intercept_[0]

    # libsvm works without the interpreter's lock, each requirement on its own: the order cannot matter.
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fit_one, range(count)))
    return coefficients, bias


def _fit_strength(
    examples: Examples,
    margins: Floats,
    clauses: Sequence[ClauseFeatures],
    records: Sequence[Labelled],
    ids: Sequence[str],
    checklist: Checklist,
) -> Strength:
    """Does a clause that speaks of a requirement cover the whole of it? One model for all requirements.

    Clauses that restate the norm are left out: rules, not learning, decide about them.
    """
    rows, columns = np.nonzero(examples.labels.touched)
    kept = np.asarray([not records[int(row)].restated for row in rows])
    rows, columns = rows[kept], columns[kept]
    pairs = [
        pair_features(
            float(margins[row, column]),
            int(column),
            margins.shape[1],
            clauses[int(row)],
            lacking(checklist, ids[int(column)], records[int(row)].text),
        )
        for row, column in zip(rows, columns, strict=True)
    ]
    x = sp.hstack(
        [examples.sparse[rows], sp.csr_matrix(examples.dense[rows]), sp.csr_matrix(np.stack(pairs))]
    ).tocsr()
    y = (~examples.labels.partial[rows, columns]).astype(np.int8)
    model = LogisticRegression(C=1.0, solver="liblinear", random_state=0, max_iter=300).fit(x, y)
    weights = _stored(model.coef_[0])
    first, second = examples.sparse.shape[1], examples.sparse.shape[1] + examples.dense.shape[1]
    return Strength(
        weights[:first], weights[first:second], weights[second:], float(np.float32(model.intercept_[0]))
    )


def _stored(values: NDArray[np.floating]) -> Floats:
    """Numbers as the model file keeps them."""
    return values.astype(np.float16).astype(np.float32)


def _digest(records: Sequence[Labelled]) -> str:
    digest = hashlib.sha256()
    for record in records:
        line = (
            f"{record.id}\t{record.text}\t{record.context}\t{sorted(record.full)}\t{sorted(record.partial)}\n"
        )
        digest.update(line.encode())
    return digest.hexdigest()
