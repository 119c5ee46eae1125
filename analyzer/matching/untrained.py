"""Requirements without training data: what their own texts and aspects tell about a clause.

The probability is a fixed logistic of three figures, the same for every requirement::

    p = 1 / (1 + exp(-(-5.5 + 2.0 * topic + 2.5 * required + 7.0 * likeness)))

``topic`` (0 or 1): the first aspect is held, by the clause or by the heading or lead-in above it: by
convention it says what the requirement is about. ``required``: share of the required aspects that the clause
holds. ``likeness``: cosine of the sets of lemmas, each weighing what it weighs in a SIF vector, with the
likest of title, norm and good example. A clause that holds every required aspect and shares anything at
all with the norm passes; a clause without the topic must repeat the norm.

The weights are those of a logistic regression on 1,500 corpus clauses against pp-1678, each of its
requirements taken as untrained (-6.5, 2.0, 2.35, 9.3: F1 0.51 on requirements left out), moved towards the
aspects, which here are written to decide. On the same clauses they find 59 % with 39 % right: a hint for a
person, not the trained model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from analyzer.language.patterns import find_any, prepare
from analyzer.language.vectors import word_weight
from analyzer.law.checklist import Requirement
from analyzer.matching.aspects import held, lacking_share
from analyzer.matching.features import content_lemmas

BIAS, TOPIC, REQUIRED, LIKENESS = -5.5, 2.0, 2.5, 7.0
THRESHOLD = 0.3
# Nothing was learned of full and partial either: the required aspects alone tell them apart.
_WHOLE, _PART = 0.9, 0.1


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause on a requirement.

    Attributes:
        score: Probability that the clause is about the requirement.
        full: Probability that it covers the whole of it.
        aspects: Names of the aspects held.
    """

    score: float
    full: float
    aspects: tuple[str, ...]


def judge_clause(requirement: Requirement, text: str, context: str) -> Judged:
    """What a clause under its heading or lead-in is to a requirement."""
    topic, own = requirement.aspects[0], held(requirement, text)
    required = sum(aspect.required for aspect in requirement.aspects)
    names = own
    # A heading may name the topic of a clause that settles the rest; alone it settles nothing.
    if topic.name not in own and own and required > topic.required and find_any(topic.patterns, context):
        names = (topic.name, *own)
    lacking = lacking_share(requirement, names)
    margin = (
        BIAS
        + TOPIC * (topic.name in names)
        + REQUIRED * (1.0 - lacking)
        + LIKENESS * likeness(requirement, text)
    )
    return Judged(1.0 / (1.0 + math.exp(-margin)), _PART if lacking else _WHOLE, names)


def likeness(requirement: Requirement, text: str) -> float:
    """Likeness of a text with the likest of the requirement's own texts, 0 to 1."""
    lemmas, weight = _profile(text)
    own = (requirement.title, requirement.norm, requirement.example_good)
    return max(
        (
            sum(map(word_weight, lemmas & known)) / math.sqrt(weight * length)
            for known, length in map(_profile, own)
            if weight and length
        ),
        default=0.0,
    )


@lru_cache(maxsize=4096)
def _profile(text: str) -> tuple[frozenset[str], float]:
    """Lemmas of a text and their weight together."""
    lemmas = frozenset(content_lemmas(prepare(text)))
    return lemmas, sum(map(word_weight, lemmas))
