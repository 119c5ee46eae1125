"""Features of a clause, and the shipped model's arithmetic and files."""

import json
import shutil

import numpy as np
import pytest

from analyzer.errors import DataError
from analyzer.language.patterns import prepare
from analyzer.law.load import checklist
from analyzer.matching.features import clause_features, content_lemmas
from analyzer.matching.model import (
    DENSE,
    MODEL_DIR,
    SHARES,
    likeness,
    load,
    pair_features,
    shipped,
    with_common,
)

TEXTS = ["Учитель проводит консультации по средам в 15:30.", "Школа не использует прокторинг.", "Суп варят в столовой."]


@pytest.fixture(scope="module")
def model():
    return shipped()


@pytest.fixture(scope="module")
def features():
    return [clause_features(text, "Помощь ученикам") for text in TEXTS]


def test_content_lemmas_keep_the_negation():
    assert content_lemmas(prepare("Школа не использует прокторинг, а также Zoom.")) == ["школа", "не", "использовать", "прокторинг", "zoom"]


@pytest.mark.parametrize(("text", "bare"), [("3.4. Учитель отвечает.", "Учитель отвечает."), ("а) связь;", "связь;"), ("1) связь", "связь")])
def test_number_before_a_clause_changes_nothing(text, bare):
    assert clause_features(text, "").counts == clause_features(bare, "").counts


def test_blocks_of_features():
    counts = clause_features("Учитель отвечает за день.", "Сроки ответа").counts
    assert {name[0] for name in counts} == {"w", "c", "h", "k"}
    assert {"w:учитель", "w:учитель отвечать", "w:учитель * день", "h:срок", "k:лицо", "k:коротко"} <= counts.keys()


@pytest.mark.parametrize("text", ["", " ", "№", "1.", "а)"])
def test_empty_clauses_have_features_of_zero(model, text):
    row = model.space.sparse([clause_features(text, "")])
    assert row.shape == (1, len(model.space.names))
    assert np.isfinite(model.probabilities(model.margins(model.space.rows([clause_features(text, "")])))).all()


def test_each_block_has_its_share(model, features):
    sparse, dense = model.space.sparse(features), model.space.dense(features)
    assert dense.shape == (len(TEXTS), DENSE)
    for block, share in SHARES.items():
        columns = [index for index, name in enumerate(model.space.names) if name[0] == block]
        squares = np.asarray(sparse[:, columns].power(2).sum(axis=1)).ravel()
        assert squares == pytest.approx([share] * len(TEXTS), rel=1e-4)


def test_likeness_is_a_kernel(model, features):
    sparse, dense = model.space.sparse(features), model.space.dense(features)
    kernel = likeness(sparse, dense, sparse, dense)
    assert np.diag(kernel) == pytest.approx(1.0, abs=1e-5)
    assert kernel == pytest.approx(kernel.T, abs=1e-6)
    assert (kernel > 0).all()
    assert (kernel <= 1 + 1e-6).all()


def test_common_score_is_capped():
    scores = np.array([[0.0, -1.0], [0.0, 5.0]], dtype=np.float32)
    low, high = with_common(scores).ravel()
    assert low < 0 < high < 1


def test_batches_and_single_clauses_give_the_same(model, features):
    together = model.margins(model.space.rows(features))
    apart = np.vstack([model.margins(model.space.rows([one])) for one in features])
    assert together == pytest.approx(apart, abs=1e-4)


def test_a_long_act_is_compared_in_blocks(model, features, monkeypatch):
    rows = model.space.rows(features)
    whole = model.margins(rows)
    monkeypatch.setattr("analyzer.matching.model._BLOCK", 2)
    assert model.margins(rows) == pytest.approx(whole, abs=1e-4)
    assert model.margins(model.space.rows([])).shape == (0, len(model.ids))


def test_lacking_aspects_lower_the_probability_of_full(model, features):
    strength = float(model.text_strength(model.space.rows(features[:1]))[0])
    whole, half = (
        model.full(strength, pair_features(1.0, 0, len(model.ids), features[0], lacking)) for lacking in (0.0, 1.0)
    )
    assert 0 < half < whole < 1


def test_shipped_model_fits_the_checklist(model):
    assert set(model.ids) == {requirement.id for requirement in checklist("pp-1678").requirements}
    assert model.coefficients.shape == (model.examples.shape[0], len(model.ids) + 1)
    assert ((model.thresholds > 0) & (model.thresholds < 1)).all()
    assert list(model.space.names) == sorted(model.space.names)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("model.json", None),
        ("weights.npz", None),
        ("model.json", b"{"),
        ("model.json", b"[]"),
        ("model.json", b'{"ids": ["5"], "features": []}'),
        ("weights.npz", b"not an archive"),
        ("weights.npz", b""),
        ("weights.npz", b"PK\x03\x04" + b"\x00" * 400),
    ],
)
def test_broken_model_is_told_in_russian(tmp_path, name, change):
    for part in ("model.json", "weights.npz"):
        (tmp_path / part).symlink_to(MODEL_DIR / part)
    (tmp_path / name).unlink()
    if change is not None:
        (tmp_path / name).write_bytes(change)
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert caught.value.code == "bad_model"


def test_model_whose_parts_do_not_fit_is_refused(tmp_path):
    shutil.copy(MODEL_DIR / "weights.npz", tmp_path)
    document = json.loads((MODEL_DIR / "model.json").read_text(encoding="utf-8"))
    document["ids"] = document["ids"][1:]
    (tmp_path / "model.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DataError, match="не подходят"):
        load(tmp_path)


def test_no_pickle_is_ever_read(tmp_path):
    shutil.copy(MODEL_DIR / "model.json", tmp_path)
    np.savez(tmp_path / "weights.npz", ends=np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(DataError):
        load(tmp_path)
