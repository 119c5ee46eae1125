"""Training gives the same bits on every run, and the shipped model is the one that it gives."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from analyzer.law.load import checklist
from analyzer.matching.corpus import read_corpus
from analyzer.matching.model import MODEL_DIR, Model, load
from analyzer.matching.train import author_folds, train

CLAUSES = Path(__file__).parents[2] / "corpus" / "clauses"
SUBSET = 300


def arrays(model: Model, directory: Path) -> dict[str, np.ndarray]:
    model.save(directory)
    with np.load(directory / "weights.npz", allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def differing(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> set[str]:
    return {
        name
        for name in one.keys() | other.keys()
        if name not in one or name not in other or one[name].tobytes() != other[name].tobytes()
    }


@pytest.fixture(scope="module")
def subset():
    records = read_corpus(CLAUSES)
    return records[:: len(records) // SUBSET][:SUBSET]


@pytest.fixture(scope="module")
def small(subset):
    return train(subset, checklist("pp-1678"))


def test_two_trainings_give_the_same_bits(subset, small, tmp_path):
    again = train(list(subset), checklist("pp-1678"))
    assert differing(arrays(small, tmp_path / "one"), arrays(again, tmp_path / "two")) == set()
    one, two = (tmp_path / name / "model.json" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_saved_model_scores_as_the_trained_one(small, tmp_path):
    small.save(tmp_path)
    loaded = load(tmp_path)
    assert loaded.ids == small.ids
    assert loaded.meta == small.meta
    np.testing.assert_array_equal(loaded.examples.toarray(), small.examples.toarray())
    for name in {field.name for field in fields(Model)} & {"coefficients", "bias", "slope", "offset", "thresholds"}:
        np.testing.assert_array_equal(getattr(loaded, name), getattr(small, name))


def test_model_knows_what_it_was_trained_on(subset, small):
    assert small.meta["clauses"] == SUBSET
    assert small.meta["authors"] == sorted({record.author for record in subset})
    assert small.examples.shape[0] == SUBSET
    assert np.all((small.thresholds >= 0.1) & (small.thresholds <= 0.9))


def test_other_labels_give_other_weights(subset, small, tmp_path):
    wrong = train(subset[1:], checklist("pp-1678"))
    assert "coefficients" in differing(arrays(small, tmp_path / "one"), arrays(wrong, tmp_path / "two"))
    assert wrong.meta["corpus_sha256"] != small.meta["corpus_sha256"]


def test_an_author_stands_in_one_fold():
    authors = ["a", "b", "a", "c", "d", "e", "b"]
    folds = author_folds(authors)
    assert {author: {int(f) for f, name in zip(folds, authors, strict=True) if name == author} for author in authors} == {
        "a": {0}, "b": {1}, "c": {2}, "d": {3}, "e": {0},
    }  # fmt: skip


@pytest.mark.slow
def test_shipped_model_is_the_one_that_training_gives(tmp_path):
    model = train(read_corpus(CLAUSES), checklist("pp-1678"))
    trained = arrays(model, tmp_path)
    with np.load(MODEL_DIR / "weights.npz", allow_pickle=False) as stored:
        shipped = {name: stored[name] for name in stored.files}
    assert differing(trained, shipped) == set()
    assert (tmp_path / "model.json").read_bytes() == (MODEL_DIR / "model.json").read_bytes()
