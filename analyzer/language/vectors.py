"""Word vectors that natasha ships (navec) and sentence vectors by smooth inverse frequency (SIF)."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from navec import Navec
from numpy.typing import NDArray

from analyzer.language.tokens import Token
from analyzer.once import once

DIMENSIONS = 300
_FILE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
_SMOOTHING = 1e-3  # a of Arora et al. 2017, «A simple but tough-to-beat baseline for sentence embeddings»
_KEPT = frozenset({"не", "без", "вправе", "обязан", "исключительно"})

Vector = NDArray[np.float32]


@once
def _navec() -> Navec:
    # Found, not imported: natasha's own models are no business of the vectors, and take 0.1 s to load.
    natasha = find_spec("natasha")
    if natasha is None or natasha.origin is None:
        raise ModuleNotFoundError("natasha")
    return Navec.load(str(Path(natasha.origin).parent / _FILE))


@lru_cache(maxsize=1)
def _total() -> float:
    return float(np.sum(_navec().vocab.counts))


@lru_cache(maxsize=100_000)
def _word(lemma: str) -> tuple[Vector, float] | None:
    """Vector and SIF weight of a word; None out of vocabulary."""
    navec = _navec()
    vector = navec.get(lemma)
    if vector is None:
        return None
    probability = float(navec.vocab.counts[navec.vocab[lemma]]) / _total()
    weight = 1.0 if lemma in _KEPT else _SMOOTHING / (_SMOOTHING + probability)
    return np.asarray(vector, dtype=np.float32), weight


def word_weight(lemma: str) -> float:
    """How much a word tells: near 0 for the commonest, 1 for what the vectors do not know."""
    known = _word(lemma)
    return known[1] if known else 1.0


def sif(tokens: tuple[Token, ...]) -> Vector:
    """Sentence vector, unit length: weighted mean of the words' vectors; zeros when no word is known."""
    total = np.zeros(DIMENSIONS, dtype=np.float32)
    for token in tokens:
        if token.is_word and (known := _word(token.lemma)) is not None:
            total += known[0] * np.float32(known[1])
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length > 0 else total
