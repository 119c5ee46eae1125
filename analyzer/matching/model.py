"""The trained model: arrays and JSON, no pickles; scoring is one gather and one product."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analyzer.errors import DataError
from analyzer.matching.features import BLOCKS, ClauseFeatures

Floats = NDArray[np.float32]
MODEL_DIR = Path(__file__).parent / "trained"
# Share of each block in a clause's features, chosen by folds grouped by author (corpus/QUALITY.md).
WEIGHTS = {"w": 1.0, "c": 1.0, "h": 0.6, "k": 0.3}
VECTOR_WEIGHT, CONTEXT_WEIGHT = 1.0, 0.5
DENSE = 600
_SHAPE = ("k:число", "k:срок", "k:дата", "k:время", "k:лицо", "k:сервис", "k:адрес", "k:длина", "k:коротко")
_REQUIREMENT_WEIGHT = 0.5


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

    def sparse(self, features: ClauseFeatures) -> tuple[NDArray[np.int32], Floats]:
        """Columns and values of one clause, each block of unit length times its share."""
        columns: list[int] = []
        values: list[float] = []
        for block in BLOCKS:
            pairs = [
                (column, weight * float(self.idf[column]))
                for name, weight in features.counts.items()
                if name[0] == block and (column := self.index.get(name)) is not None
            ]
            length = 1.0 if block == "k" else float(np.sqrt(sum(value * value for _, value in pairs))) or 1.0
            columns.extend(column for column, _ in pairs)
            values.extend(value / length * WEIGHTS[block] for _, value in pairs)
        return np.asarray(columns, dtype=np.int32), np.asarray(values, dtype=np.float32)

    @staticmethod
    def dense(features: ClauseFeatures) -> Floats:
        """The two sentence vectors side by side, shape (600,)."""
        return np.concatenate([features.vector * VECTOR_WEIGHT, features.context_vector * CONTEXT_WEIGHT])


def pair_features(margin: float, column: int, requirements: int, clause: ClauseFeatures) -> Floats:
    """What a clause and a requirement are to each other: the score, the clause's classes, which requirement it is."""
    result = np.zeros(1 + len(_SHAPE) + requirements, dtype=np.float32)
    result[0] = margin
    result[1 : 1 + len(_SHAPE)] = [clause.counts.get(name, 0.0) for name in _SHAPE]
    result[1 + len(_SHAPE) + column] = _REQUIREMENT_WEIGHT
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
    """One linear model a requirement, and what turns its score into a probability and a decision.

    Attributes:
        ids: Requirement ids, in the order of the columns.
        space: The feature space.
        sparse_weights: Shape (features, requirements).
        dense_weights: Shape (600, requirements).
        bias: Shape (requirements,).
        slope: Sigmoid calibration, shape (requirements,).
        offset: Sigmoid calibration, shape (requirements,).
        thresholds: Least probability that counts as a match, shape (requirements,).
        strength: Full or partial.
        meta: How it was trained.
    """

    ids: tuple[str, ...]
    space: Space
    sparse_weights: Floats
    dense_weights: Floats
    bias: Floats
    slope: Floats
    offset: Floats
    thresholds: Floats
    strength: Strength
    meta: dict[str, object]

    def margins(self, clauses: Sequence[ClauseFeatures]) -> Floats:
        """Raw scores, shape (clauses, requirements)."""
        result = np.empty((len(clauses), len(self.ids)), dtype=np.float32)
        for row, features in enumerate(clauses):
            columns, values = self.space.sparse(features)
            result[row] = values @ self.sparse_weights[columns] + self.space.dense(features) @ self.dense_weights + self.bias
        return result

    def probabilities(self, margins: Floats) -> Floats:
        """Calibrated probabilities of raw scores, shape (clauses, requirements)."""
        result: Floats = (1.0 / (1.0 + np.exp(-(self.slope * margins + self.offset)))).astype(np.float32)
        return result

    def full(self, clause: ClauseFeatures, column: int, margin: float) -> float:
        """Probability that a clause which speaks of a requirement covers the whole of it."""
        columns, values = self.space.sparse(clause)
        strength = self.strength
        score = float(values @ strength.sparse[columns] + self.space.dense(clause) @ strength.dense) + strength.bias
        score += float(pair_features(margin, column, len(self.ids), clause) @ strength.pair)
        return float(1.0 / (1.0 + np.exp(-score)))

    def save(self, directory: Path) -> None:
        """Writes ``weights.npz`` and ``model.json``."""
        directory.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            directory / "weights.npz",
            idf=self.space.idf.astype(np.float16), sparse=self.sparse_weights.astype(np.float16),
            dense=self.dense_weights.astype(np.float16), bias=self.bias, slope=self.slope, offset=self.offset,
            thresholds=self.thresholds, strength_sparse=self.strength.sparse.astype(np.float16),
            strength_dense=self.strength.dense.astype(np.float16), strength_pair=self.strength.pair.astype(np.float16),
            strength_bias=np.float32(self.strength.bias),
        )
        document = {"ids": self.ids, "meta": self.meta, "features": self.space.names}
        (directory / "model.json").write_text(json.dumps(document, ensure_ascii=False, indent=0), encoding="utf-8")


def load(directory: Path = MODEL_DIR) -> Model:
    """The model in a directory.

    Raises:
        DataError: It is not there or its parts do not fit together.
    """
    try:
        document = json.loads((directory / "model.json").read_text(encoding="utf-8"))
        with np.load(directory / "weights.npz", allow_pickle=False) as arrays:
            parts = {name: arrays[name].astype(np.float32) for name in arrays.files}
    except (OSError, ValueError) as error:
        raise DataError("bad_model", "обученная модель не читается", "переустановите программу или выполните lna train") from error
    names = tuple(document["features"])
    if parts["sparse"].shape != (len(names), len(document["ids"])):
        raise DataError("bad_model", "части модели не подходят друг к другу", "выполните lna train")
    space = Space(names, {name: index for index, name in enumerate(names)}, parts["idf"])
    return Model(
        tuple(document["ids"]), space, parts["sparse"], parts["dense"], parts["bias"], parts["slope"], parts["offset"],
        parts["thresholds"],
        Strength(parts["strength_sparse"], parts["strength_dense"], parts["strength_pair"], float(parts["strength_bias"])),
        document["meta"],
    )


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that travels with the program."""
    return load()
