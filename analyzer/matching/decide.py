"""Scores → probabilities → decisions: calibration and thresholds, learned on clauses of unseen authors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from analyzer.matching.model import Floats

_PRECISION_FLOOR = 0.94
_OWN_SHARE = 0.2
_THRESHOLDS = np.arange(0.1, 0.91, 0.01)


@dataclass(frozen=True, slots=True)
class Labels:
    """What clauses are labelled with.

    Attributes:
        touched: Shape (clauses, requirements): the clause covers or touches the requirement.
        partial: Shape (clauses, requirements): it only touches it.
    """

    touched: NDArray[np.int8]
    partial: NDArray[np.bool_]

    def subset(self, rows: NDArray[np.int64]) -> Labels:
        """The labels of some clauses."""
        return Labels(self.touched[rows], self.partial[rows])


def calibrate(margins: Floats, labels: Labels) -> tuple[Floats, Floats]:
    """Platt's sigmoid on scores out of fold; one slope for all, since one has only tens of clauses."""
    rows, columns = np.nonzero(~labels.partial)
    count = margins.shape[1]
    which = sp.csr_matrix((np.ones(len(rows)), (np.arange(len(rows)), columns)), shape=(len(rows), count))
    x = sp.hstack([sp.csr_matrix(margins[rows, columns][:, None]), which]).tocsr()
    model = LogisticRegression(C=10.0, solver="lbfgs", max_iter=500).fit(x, labels.touched[rows, columns])
    slope = np.full(count, model.coef_[0][0], dtype=np.float32)
    # Rounded for the same reason as the kernel.
    return np.round(slope, 4), np.round((model.coef_[0][1:] + model.intercept_[0]).astype(np.float32), 4)


def choose_thresholds(probability: Floats, labels: Labels) -> Floats:
    """A threshold a requirement: the best for all, drawn a little to its own, since one has few clauses."""
    counted = ~labels.partial
    truth = labels.touched.astype(bool)
    common = _best_threshold(probability[counted], truth[counted])
    own = [
        _best_threshold(probability[counted[:, column], column], truth[counted[:, column], column])
        for column in range(probability.shape[1])
    ]
    return np.asarray([round(common + _OWN_SHARE * (value - common), 3) for value in own], dtype=np.float32)


def _best_threshold(probability: Floats, truth: NDArray[np.bool_]) -> float:
    """The threshold with the best F1 among those over the precision floor."""
    found = probability[None, :] >= _THRESHOLDS[:, None]
    hits = (found & truth).sum(axis=1)
    precision = hits / np.maximum(1, found.sum(axis=1))
    recall = hits / max(1, int(truth.sum()))
    score = 2 * precision * recall / np.maximum(1e-9, precision + recall)
    # A plateau of equal scores is common with few clauses: smooth, then take its middle.
    score = np.convolve(np.pad(score, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    score = np.where(precision >= min(_PRECISION_FLOOR, float(precision.max())), score, score - 1.0)
    return float(_THRESHOLDS[int(np.argmax(score))])
