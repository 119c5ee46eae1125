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

from analyzer.matching.corpus import Labelled, requirement_ids
from analyzer.matching.features import ClauseFeatures, clause_features
from analyzer.matching.model import DENSE, Floats, Model, Space, Strength, pair_features

_MIN_DOCUMENTS = {"w": 2, "c": 3, "h": 2, "k": 1}
_C = 20.0  # chosen by folds grouped by author: 5 loses recall, 50 gains nothing
_PARTIAL_WEIGHT = 0.5  # a clause that only touches a requirement speaks of it, but less clearly
_PRECISION_FLOOR = 0.85
_FOLDS = 4
_THRESHOLDS = np.arange(0.1, 0.91, 0.01)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Clauses as one matrix, and what they are labelled with.

    Attributes:
        x: Shape (clauses, features + 600).
        touched: Shape (clauses, requirements): the clause covers or touches the requirement.
        partial: Shape (clauses, requirements): it only touches it.
    """

    x: sp.csr_matrix
    touched: NDArray[np.int8]
    partial: NDArray[np.bool_]


def build_space(clauses: Sequence[ClauseFeatures]) -> Space:
    """The feature space of some clauses: names that occur often enough, with their IDF."""
    frequency = Counter(name for clause in clauses for name in clause.counts)
    names = tuple(sorted(name for name, count in frequency.items() if count >= _MIN_DOCUMENTS[name[0]]))
    idf = np.asarray(
        [1.0 if name[0] == "k" else np.log((1 + len(clauses)) / (1 + frequency[name])) + 1 for name in names],
        dtype=np.float16,
    ).astype(np.float32)  # as it will be stored, so that training and use see the same numbers
    return Space(names, {name: index for index, name in enumerate(names)}, idf)


def build_matrix(space: Space, clauses: Sequence[ClauseFeatures], records: Sequence[Labelled], ids: Sequence[str]) -> Matrix:
    """Clauses in a feature space."""
    columns, values, ends = [], [], [0]
    for clause in clauses:
        names, weights = space.sparse(clause)
        columns.append(names)
        values.append(weights)
        ends.append(ends[-1] + len(names))
    sparse = sp.csr_matrix(
        (np.concatenate(values), np.concatenate(columns), np.asarray(ends)), shape=(len(clauses), len(space.names))
    )
    dense = sp.csr_matrix(np.stack([space.dense(clause) for clause in clauses]))
    touched = np.asarray([[label in record.touched for label in ids] for record in records], dtype=np.int8)
    partial = np.asarray([[label in record.partial for label in ids] for record in records], dtype=bool)
    return Matrix(sp.hstack([sparse, dense]).tocsr(), touched, partial)


def train(records: Sequence[Labelled]) -> Model:
    """A model from labelled clauses: folds by author calibrate it and set the thresholds, then all clauses train it."""
    ids = requirement_ids(records)
    clauses = [clause_features(record.text, record.context) for record in records]
    space = build_space(clauses)
    matrix = build_matrix(space, clauses, records, ids)
    margins = out_of_fold(matrix, [record.author for record in records])
    slope, offset = _calibrate(margins, matrix)
    probabilities = 1.0 / (1.0 + np.exp(-(slope * margins + offset)))
    thresholds = np.asarray([_threshold(probabilities[:, j], matrix, j) for j in range(len(ids))], dtype=np.float32)
    weights, bias = _fit_all(matrix, np.arange(len(records)))
    strength = _fit_strength(matrix, margins, clauses, records)
    count = len(space.names)
    meta: dict[str, object] = {
        "clauses": len(records),
        "authors": sorted({record.author for record in records}),
        "corpus_sha256": _digest(records),
    }
    half = weights.astype(np.float16).astype(np.float32)
    return Model(ids, space, half[:count], half[count:], bias, slope, offset, thresholds, strength, meta)


def out_of_fold(matrix: Matrix, authors: Sequence[str]) -> Floats:
    """Scores of each clause by a model that never saw its author, shape (clauses, requirements)."""
    folds = author_folds(authors)
    margins = np.zeros(matrix.touched.shape, dtype=np.float32)
    for fold in range(_FOLDS):
        held = np.flatnonzero(folds == fold)
        if held.size:
            weights, bias = _fit_all(matrix, np.flatnonzero(folds != fold))
            margins[held] = matrix.x[held] @ weights + bias
    return margins


def author_folds(authors: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each clause: all clauses of an author stand in one."""
    place = {author: index % _FOLDS for index, author in enumerate(sorted(set(authors)))}
    return np.asarray([place[author] for author in authors])


def _fit_all(matrix: Matrix, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """One logistic regression a requirement: weights (features, requirements) and bias."""
    x = matrix.x[rows]
    weights = np.zeros((x.shape[1], matrix.touched.shape[1]), dtype=np.float32)
    bias = np.zeros(matrix.touched.shape[1], dtype=np.float32)

    def fit(column: int) -> None:
        y = matrix.touched[rows, column]
        weight = np.where(matrix.partial[rows, column], _PARTIAL_WEIGHT, 1.0)
        model = LogisticRegression(C=_C, solver="liblinear", class_weight="balanced", random_state=0, max_iter=200)
        model.fit(x, y, sample_weight=weight)
        weights[:, column] = model.coef_[0]
        bias[column] = model.intercept_[0]

    # liblinear works without the interpreter's lock, and each requirement is on its own: the order cannot matter.
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fit, range(matrix.touched.shape[1])))
    return weights, bias


def _fit_strength(matrix: Matrix, margins: Floats, clauses: Sequence[ClauseFeatures], records: Sequence[Labelled]) -> Strength:
    """Does a clause that speaks of a requirement cover the whole of it? One model for all requirements.

    Clauses that restate the norm are left out: rules, not learning, decide about them.
    """
    rows, columns = np.nonzero(matrix.touched)
    kept = np.asarray([not records[row].restated for row in rows])
    rows, columns = rows[kept], columns[kept]
    pair = np.stack([pair_features(margins[row, column], column, margins.shape[1], clauses[row]) for row, column in zip(rows, columns, strict=True)])
    x = sp.hstack([matrix.x[rows], sp.csr_matrix(pair)]).tocsr()
    y = (~matrix.partial[rows, columns]).astype(np.int8)
    model = LogisticRegression(C=1.0, solver="liblinear", class_weight="balanced", random_state=0, max_iter=300).fit(x, y)
    weights = model.coef_[0].astype(np.float16).astype(np.float32)
    sparse = matrix.x.shape[1] - DENSE
    return Strength(weights[:sparse], weights[sparse : sparse + DENSE], weights[sparse + DENSE :], float(model.intercept_[0]))


def _calibrate(margins: Floats, matrix: Matrix) -> tuple[Floats, Floats]:
    """Platt's sigmoid for each requirement on scores out of fold; the slope is shared, since one requirement has only tens of clauses."""
    counted = ~matrix.partial
    count = margins.shape[1]
    rows, columns = np.nonzero(counted)
    score = margins[rows, columns]
    x = sp.hstack([sp.csr_matrix(score[:, None]), sp.csr_matrix((np.ones(len(rows)), (np.arange(len(rows)), columns)), shape=(len(rows), count)) ]).tocsr()
    model = LogisticRegression(C=10.0, solver="lbfgs", max_iter=500).fit(x, matrix.touched[rows, columns])
    slope = np.full(count, model.coef_[0][0], dtype=np.float32)
    return slope, (model.coef_[0][1:] + model.intercept_[0]).astype(np.float32)


def _threshold(probability: Floats, matrix: Matrix, column: int) -> float:
    """The threshold with the best F1 among those over the precision floor; clauses that only touch are neutral."""
    counted = ~matrix.partial[:, column]
    truth = matrix.touched[counted, column].astype(bool)
    found = probability[counted][None, :] >= _THRESHOLDS[:, None]
    hits = (found & truth).sum(axis=1)
    precision = hits / np.maximum(1, found.sum(axis=1))
    recall = hits / max(1, int(truth.sum()))
    score = 2 * precision * recall / np.maximum(1e-9, precision + recall)
    # A plateau of equal scores is common with few clauses: smooth, then take its middle.
    score = np.convolve(np.pad(score, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    score = np.where(precision >= min(_PRECISION_FLOOR, float(precision.max())), score, score - 1.0)
    return float(_THRESHOLDS[int(np.argmax(score))])


def _digest(records: Sequence[Labelled]) -> str:
    digest = hashlib.sha256()
    for record in records:
        digest.update(f"{record.id}\t{record.text}\t{record.context}\t{sorted(record.full)}\t{sorted(record.partial)}\n".encode())
    return digest.hexdigest()
