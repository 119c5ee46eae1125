"""A clause as numbers: one implementation for training and for use, so that the two can never differ."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzer.language.patterns import Text, prepare
from analyzer.language.vectors import sif

# Words without which a duty turns into its opposite stay; the rest of the function words only make noise.
# Quoted one by one they would take fifty lines.
STOP = frozenset(
    "и в во на с со к ко о об обо от до из за по под при для а но же ли бы то это этот тот который что "  # noqa: SIM905
    "как так также или либо у его ее их свой он она они мы быть".split()
)
_CHAR_SIZES = (3, 4, 5)
_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[а-яё]\))\s+")


@dataclass(frozen=True, slots=True)
class ClauseFeatures:
    """Sparse features by block and the sentence vector.

    Attributes:
        counts: Name of the feature → weight before IDF; the first letter is the block: ``w`` lemmas and their
            pairs, ``c`` character n-grams, ``h`` lemmas of heading and lead-in, ``k`` classes and shape.
        vector: SIF vector of the clause (300,), unit length.
        context_vector: SIF vector of heading and lead-in (300,).
    """

    counts: dict[str, float]
    vector: NDArray[np.float32]
    context_vector: NDArray[np.float32]


def clause_features(text: str, context: str) -> ClauseFeatures:
    """Features of a clause under its heading or lead-in.

    Args:
        text: The clause; a leading number is left out.
        context: Section heading and lead-in, or "".
    """
    text = _NUMBER.sub("", text)
    prepared, heading = prepare(text), prepare(_NUMBER.sub("", context))
    counts: Counter[str] = Counter()
    counts.update(_lemma_features(prepared))
    counts.update(_char_features(text))
    counts.update(f"h:{lemma}" for lemma in content_lemmas(heading))
    weights = {name: 1.0 + math.log(count) for name, count in counts.items()}
    for name, count in _shape(prepared).items():
        weights[name] = count
    return ClauseFeatures(weights, sif(prepared.tokens), sif(heading.tokens))


def content_lemmas(text: Text) -> list[str]:
    """Lemmas of the words and numbers that carry meaning, in order."""
    return [
        token.lemma
        for token in text.tokens
        if (token.is_word or token.form[0].isdigit()) and token.lemma not in STOP
    ]


def _lemma_features(text: Text) -> Iterator[str]:
    lemmas = content_lemmas(text)
    for index, lemma in enumerate(lemmas):
        yield f"w:{lemma}"
        if index + 1 < len(lemmas):
            yield f"w:{lemma} {lemmas[index + 1]}"
        if index + 2 < len(lemmas):
            yield f"w:{lemma} * {lemmas[index + 2]}"


def _char_features(text: str) -> Iterator[str]:
    for word in re.findall(r"[\w-]+", text.lower().replace("ё", "е")):
        padded = f" {word} "
        for size in _CHAR_SIZES:
            for start in range(max(1, len(padded) - size + 1)):
                yield f"c:{padded[start : start + size]}"


def _shape(text: Text) -> dict[str, float]:
    """Classes found (terms, persons, services …) and the length, each between 0 and 1."""
    found: dict[str, float] = {}
    for names in text.classes:
        for name in names:
            found[f"k:{name}"] = 1.0
    words = sum(token.is_word for token in text.tokens)
    found["k:длина"] = min(1.0, words / 60)
    if words < 8:
        found["k:коротко"] = 1.0
    return found
