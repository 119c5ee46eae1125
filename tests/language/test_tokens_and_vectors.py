"""Tokens with lemmas and offsets, sentences, sentence vectors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.language.tokens import sentences, tokenize
from analyzer.language.vectors import DIMENSIONS, sif
from analyzer.morphology import is_known, is_predicate, lemmas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Учителя ведут журналы", ["учитель", "вести", "журнал"]),
        ("УЧЁТ работ", ["учет", "работа"]),
        ("№ 816", ["№", "816"]),
        ("", []),
    ],
)
def test_lemmas_of_tokens(text, expected):
    assert [token.lemma for token in tokenize(text)] == expected


@given(st.text(max_size=60))
@settings(deadline=None)
def test_offsets_point_into_any_text(text):
    tokens = tokenize(text)
    assert all(text[token.start : token.end].lower().replace("ё", "е") == token.form for token in tokens)
    assert all(one.end <= two.start for one, two in zip(tokens, tokens[1:], strict=False))
    assert all(token.lemmas for token in tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Школа учит детей разного возраста. Учитель ведёт журнал каждый день.", 2),
        ("Основание: п. 5 Правил и ст. 16 закона об образовании.", 1),
        ("обеспечивать доступ к журналу; проверять работы учеников", 2),
        ("Одно предложение без точки", 1),
        ("", 1),
    ],
)
def test_sentences(text, expected):
    spans = sentences(text)
    assert len(spans) == expected
    assert all(0 <= start <= end <= len(text) for start, end in spans)


def test_vectors_are_of_unit_length_and_near_for_near_texts():
    one, near, far = (sif(tokenize(text)) for text in ("Учитель ведёт урок", "Педагог проводит занятие", "Столовая варит суп"))
    assert one.shape == (DIMENSIONS,)
    assert np.linalg.norm(one) == pytest.approx(1.0, abs=1e-5)
    assert one @ near > one @ far + 0.2


@pytest.mark.parametrize("text", ["", "№ 5", "ыыыщщщ"])
def test_text_without_known_words_is_a_zero_vector(text):
    assert not sif(tokenize(text)).any()


@pytest.mark.parametrize(("word", "expected"), [("данные", "дать"), ("данные", "данные"), ("учёт", "учет"), ("сферуме", None)])
def test_lemmas_keep_homonyms_and_drop_yo(word, expected):
    forms = lemmas(word)
    assert 1 <= len(forms) <= 3
    assert expected is None or expected in forms
    assert all("ё" not in form for form in forms)


@pytest.mark.parametrize(("word", "expected"), [("журнал", True), ("ЖУРНАЛ", True), ("жрнал", False)])
def test_is_known(word, expected):
    assert is_known(word) is expected


@pytest.mark.parametrize(
    ("word", "expected"), [("ведёт", True), ("прекращена", True), ("можно", True), ("вести", False), ("группа", False), ("созданные", False)]
)
def test_is_predicate(word, expected):
    assert is_predicate(word) is expected
