"""The trained model: a kernel machine kept as arrays and JSON, no pickles.

A clause is compared with every training clause (Gaussian kernel over lemmas, character n-grams, heading
and sentence vectors); each requirement weighs these likenesses in its own way. Chosen over linear models
by folds grouped by author (``corpus/QUALITY.md``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from analyzer.errors import DataError
from analyzer.matching.features import ClauseFeatures
from analyzer.once import once

Floats = NDArray[np.float32]
MODEL_DIR = Path(__file__).parent / "trained"
# Share of each block in the squared distance of two clauses, and the kernel's width; chosen by folds
# grouped by author.
SHARES = {"w": 2.0, "c": 2.0, "h": 0.2}
VECTOR_SHARE, CONTEXT_SHARE = 2.0, 0.4
GAMMA = 0.09
# A clause that covers anything at all is likelier to cover this requirement: how much that counts.
COMMON_SHARE, COMMON_CAP = 0.3, 1.0
DENSE = 600
_SHAPE = ("k:число", "k:срок", "k:дата", "k:время", "k:лицо", "k:сервис", "k:адрес", "k:длина", "k:коротко")
_REQUIREMENT_WEIGHT = 0.5
_BLOCK = 1024  # clauses compared at a time: their likenesses to 9,000 examples take 40 MB

Rows = tuple[sp.csr_matrix, Floats]  # clauses: sparse (clauses, features) and dense (clauses, 600)


@dataclass(frozen=True, slots=True)
class Space:
    """The feature space: names and inverse document frequencies.

    Attributes:
        names: Names of the sparse features, sorted.
        index: Name → column.
        idf: Weight of each column, shape (features,).
    """

    names: tuple[str, ...]
    index: dict[str, int]
    idf: Floats

    def sparse(self, clauses: Sequence[ClauseFeatures]) -> sp.csr_matrix:
        """Clauses as rows (clauses, features): each block of unit length times the root of its share."""
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for clause in clauses:
            blocks: dict[str, tuple[list[int], list[float]]] = {block: ([], []) for block in SHARES}
            for name, weight in clause.counts.items():
                if (column := self.index.get(name)) is not None:
                    places, weights = blocks[name[0]]
                    places.append(column)
                    weights.append(weight)
            for block, (places, weights) in blocks.items():
                rarity = self.idf[places].tolist()
                scaled = [weight * idf for weight, idf in zip(weights, rarity, strict=True)]
                length = float(np.sqrt(sum(value * value for value in scaled))) or 1.0
                scale = float(np.sqrt(SHARES[block])) / length
                columns.extend(places)
                values.extend(value * scale for value in scaled)
            ends.append(len(columns))
        matrix = sp.csr_matrix(
            (np.asarray(values, dtype=np.float32), np.asarray(columns, dtype=np.int32), np.asarray(ends)),
            shape=(len(clauses), len(self.names)),
        )
        matrix.sort_indices()
        return matrix

    def rows(self, clauses: Sequence[ClauseFeatures]) -> Rows:
        """Clauses as rows: the sparse blocks and the vectors."""
        return self.sparse(clauses), self.dense(clauses)

    @staticmethod
    def dense(clauses: Sequence[ClauseFeatures]) -> Floats:
        """The two sentence vectors side by side, shape (clauses, 600)."""
        own, context = np.sqrt(VECTOR_SHARE), np.sqrt(CONTEXT_SHARE)
        rows = [np.concatenate([clause.vector * own, clause.context_vector * context]) for clause in clauses]
        return np.asarray(rows, dtype=np.float32).reshape(len(clauses), DENSE)


def likeness(
    sparse: sp.csr_matrix, dense: Floats, other_sparse: sp.csr_matrix, other_dense: Floats
) -> Floats:
    """Gaussian kernel between the rows of two sets of clauses, shape (clauses, others), 0 to 1."""
    inner = (sparse @ other_sparse.T).toarray() + dense @ other_dense.T
    own = _squares(sparse, dense)[:, None]
    others = _squares(other_sparse, other_dense)[None, :]
    result: Floats = np.exp(-GAMMA * np.maximum(own + others - 2.0 * inner, 0.0)).astype(np.float32)
    return result


def _squares(sparse: sp.csr_matrix, dense: Floats) -> Floats:
    result: Floats = np.asarray(sparse.multiply(sparse).sum(axis=1)).ravel() + (dense * dense).sum(axis=1)
    return result


def with_common(scores: Floats) -> Floats:
    """Scores of the requirements moved by the last column, which tells whether a clause covers anything."""
    common = np.minimum(scores[:, -1:], COMMON_CAP)
    result: Floats = (scores[:, :-1] + COMMON_SHARE * common).astype(np.float32)
    return result


def probabilities(margins: Floats, slope: Floats, offset: Floats) -> Floats:
    """Calibrated probabilities of raw scores, shape (clauses, requirements)."""
    result: Floats = (1.0 / (1.0 + np.exp(-(slope * margins + offset)))).astype(np.float32)
    return result


def pair_features(
    margin: float, column: int, requirements: int, clause: ClauseFeatures, lacking: float
) -> Floats:
    """What a clause and a requirement are to each other.

    Args:
        margin: Raw score.
        column: Which requirement.
        requirements: How many there are.
        clause: The clause.
        lacking: Share of the requirement's required aspects that the clause does not hold, 0 to 1.

    Returns:
        Shape (3 + classes + requirements,).
    """
    head = 3
    result = np.zeros(head + len(_SHAPE) + requirements, dtype=np.float32)
    result[:head] = margin, lacking, float(lacking > 0)
    result[head : head + len(_SHAPE)] = [clause.counts.get(name, 0.0) for name in _SHAPE]
    result[head + len(_SHAPE) + column] = _REQUIREMENT_WEIGHT
    return result


@dataclass(frozen=True, slots=True)
class Strength:
    """Tells a clause that covers a requirement from one that only touches it.

    Attributes:
        sparse: Shape (features,).
        dense: Shape (600,).
        pair: Weights of ``pair_features``.
        bias: Intercept.
    """

    sparse: Floats
    dense: Floats
    pair: Floats
    bias: float


@dataclass(frozen=True, slots=True)
class Model:
    """The kernel machine, and what turns its scores into probabilities and decisions.

    Attributes:
        ids: Requirement ids, in the order of the columns.
        space: The feature space.
        examples: Training clauses, sparse part, shape (examples, features).
        example_vectors: Training clauses, dense part, shape (examples, 600).
        coefficients: Weight of each example for each requirement, and in the last column for
            «covers anything at all», shape (examples, requirements + 1).
        bias: Shape (requirements + 1,).
        slope: Sigmoid calibration, shape (requirements,).
        offset: Sigmoid calibration, shape (requirements,).
        thresholds: Least probability that counts as a match, shape (requirements,).
        strength: Full or partial.
        meta: How it was trained.
    """

    ids: tuple[str, ...]
    space: Space
    examples: sp.csr_matrix
    example_vectors: Floats
    coefficients: Floats
    bias: Floats
    slope: Floats
    offset: Floats
    thresholds: Floats
    strength: Strength
    meta: dict[str, object]

    def margins(self, rows: Rows) -> Floats:
        """Raw scores, shape (clauses, requirements)."""
        sparse, dense = rows
        parts = [
            self._raw((sparse[at : at + _BLOCK], dense[at : at + _BLOCK]))
            for at in range(0, len(dense), _BLOCK)
        ]
        return with_common(np.concatenate(parts) if parts else self._raw(rows))

    def _raw(self, rows: Rows) -> Floats:
        result: Floats = likeness(*rows, self.examples, self.example_vectors) @ self.coefficients + self.bias
        return result

    def probabilities(self, margins: Floats) -> Floats:
        """Calibrated probabilities of raw scores, shape (clauses, requirements)."""
        return probabilities(margins, self.slope, self.offset)

    def text_strength(self, rows: Rows) -> Floats:
        """What the clauses' own words say about covering the whole of anything, shape (clauses,)."""
        sparse, dense = rows
        strength = self.strength
        result: Floats = sparse @ strength.sparse + dense @ strength.dense + strength.bias
        return result

    def full(self, text_strength: float, pair: Floats) -> float:
        """Probability that a clause which speaks of a requirement covers the whole of it.

        Args:
            text_strength: Of the clause, by ``text_strength``.
            pair: Of clause and requirement, by ``pair_features``.
        """
        return float(1.0 / (1.0 + np.exp(-(text_strength + float(pair @ self.strength.pair)))))

    def save(self, directory: Path) -> None:
        """Writes ``weights.npz`` and ``model.json``."""
        directory.mkdir(parents=True, exist_ok=True)
        half = np.float16
        np.savez_compressed(
            directory / "weights.npz",
            idf=self.space.idf.astype(half),
            values=self.examples.data.astype(half),
            columns=self.examples.indices.astype(np.int32),
            ends=self.examples.indptr.astype(np.int32),
            vectors=self.example_vectors.astype(half),
            coefficients=self.coefficients.astype(half),
            bias=self.bias,
            slope=self.slope,
            offset=self.offset,
            thresholds=self.thresholds,
            strength_sparse=self.strength.sparse.astype(half),
            strength_dense=self.strength.dense.astype(half),
            strength_pair=self.strength.pair.astype(half),
            strength_bias=np.float32(self.strength.bias),
        )
        document = {"ids": self.ids, "meta": self.meta, "features": self.space.names}
        (directory / "model.json").write_text(
            json.dumps(document, ensure_ascii=False, indent=0), encoding="utf-8"
        )


def load(directory: Path = MODEL_DIR) -> Model:
    """The model in a directory.

    Raises:
        DataError: It is not there or its parts do not fit together.
    """
    try:
        document = json.loads((directory / "model.json").read_text(encoding="utf-8"))
        with np.load(directory / "weights.npz", allow_pickle=False) as arrays:
            parts = {name: arrays[name] for name in arrays.files}
        floats = {
            name: part.astype(np.float32) for name, part in parts.items() if name not in {"columns", "ends"}
        }
        names = tuple(document["features"])
        shape = (len(parts["ends"]) - 1, len(names))
        examples = sp.csr_matrix((floats["values"], parts["columns"], parts["ends"]), shape=shape)
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise DataError(
            "bad_model", "обученная модель не читается", "переустановите программу или выполните lna train"
        ) from error
    if floats["coefficients"].shape != (shape[0], len(document["ids"]) + 1):
        raise DataError("bad_model", "части модели не подходят друг к другу", "выполните lna train")
    space = Space(names, {name: index for index, name in enumerate(names)}, floats["idf"])
    strength = Strength(
        floats["strength_sparse"],
        floats["strength_dense"],
        floats["strength_pair"],
        float(floats["strength_bias"]),
    )
    return Model(
        tuple(document["ids"]),
        space,
        examples,
        floats["vectors"],
        floats["coefficients"],
        floats["bias"],
        floats["slope"],
        floats["offset"],
        floats["thresholds"],
        strength,
        document["meta"],
    )


@once
def shipped() -> Model:
    """The model that travels with the program."""
    return load()
